"""What events answers over HTTP."""

from services.events.api import activities, journals, records

routers = (activities.routes, journals.routes, records.routes)
