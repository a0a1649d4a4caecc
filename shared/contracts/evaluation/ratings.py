"""Ratings that changed, and the classes they point to."""

from contracts.event import SocietyEvent
from contracts.values import ClassId, Day, Grade, Points, PolicyId, PolicyVersion, Share


class RatingChanged(SocietyEvent, type="evaluation.rating-changed.v1"):
    """A society's live rating is not what it was (评价变动). Told at most once per society and turned day.

    ``total`` of ``max`` points; ``completeness``, from 0 to 1, is the part of the points whose outcome is known; the
    ``grade`` is null where the policy gives none, ``previous_total`` on the first rating by a policy; a change of the
    policy is told like any other. A class takes a review.
    """

    policy: PolicyId
    version: PolicyVersion
    total: Points
    max: Points
    completeness: Share
    grade: Grade | None
    previous_total: Points | None
    as_of: Day


class ClassOutlookChanged(SocietyEvent, type="evaluation.class-outlook-changed.v1"):
    """A society's provisional class, or its way to another, is not what it was (暂定分类变动).

    Told at most once per society and turned day. It holds the class ``category`` since ``since``; ``previous`` is null
    at first. Its rank that day was in ``range``; ``candidate_since`` is the day on which its rank left the class it
    holds, null while it has not. Provisional: a class that binds is assigned by a review.
    """

    policy: PolicyId
    version: PolicyVersion
    category: ClassId
    previous: ClassId | None
    since: Day
    range: ClassId
    candidate_since: Day | None
    as_of: Day
