"""What membership answers over HTTP."""

from services.membership.api import (
    credit,
    filings,
    governance,
    leaders,
    meetings,
    members,
    records,
    societies,
    supervision,
)

routers = (
    societies.routes,
    members.routes,
    governance.routes,
    meetings.routes,
    filings.routes,
    credit.routes,
    supervision.routes,
    leaders.routes,
    records.routes,
)
