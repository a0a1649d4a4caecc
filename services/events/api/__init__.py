"""What events answers over HTTP."""

from services.events.api import activities, journals

routers = (activities.routes, journals.routes)
