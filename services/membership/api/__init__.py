"""What membership answers over HTTP."""

from services.membership.api import filings, governance, meetings, members, societies

routers = (societies.routes, members.routes, governance.routes, meetings.routes, filings.routes)
