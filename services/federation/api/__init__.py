"""What federation answers over HTTP."""

from services.federation.api import federations, joint_activities

routers = (federations.routes, joint_activities.routes)
