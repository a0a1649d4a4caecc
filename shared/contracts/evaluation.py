"""What evaluation says: the turn of the day, the policy in use, and ratings that changed."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.event import Event, SocietyEvent
from contracts.values import Day, Grade, Points, PolicyId, PolicyVersion, Share


class DayTurned(Event, type="evaluation.day-turned.v1"):
    """A new day began in the platform's calendar (日切). Told once per day, in order; compliance clocks run on it."""

    subject: Literal["calendar"] = "calendar"
    day: Day


class PolicyActivated(Event, type="evaluation.policy-activated.v1"):
    """Societies are rated by another policy from now on (启用评价办法). Told once each time.

    The ``hash`` seals the file that was filed under the policy's id and version.
    """

    subject: Literal["policy"] = "policy"
    policy: PolicyId
    version: PolicyVersion
    hash: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class RatingChanged(SocietyEvent, type="evaluation.rating-changed.v1"):
    """A society's live rating is not what it was (评价变动). Told at most once per society and turned day.

    ``total`` of ``max`` points; ``completeness``, from 0 to 1, is the part of the points whose outcome is known; the
    ``grade`` is null where the policy gives none, ``previous_total`` on the first rating. A class takes a review.
    """

    policy: PolicyId
    version: PolicyVersion
    total: Points
    max: Points
    completeness: Share
    grade: Grade | None
    previous_total: Points | None
    as_of: Day
