"""Activities: announced, held, cancelled, corrected, withdrawn.

An activity is told once per organising society: the subject is that society, the role is its own, the activity's id is
the same in all of them, and so are the figures, which are those of the whole activity.
"""

from contracts.event import ActivityId, Correction, SocietyEvent, Withdrawal
from contracts.values import Count, Day, DayAhead
from contracts.vocabulary import ActivityKind, ActivityLevel, CancelReason, OrganiserRole


class ActivityAnnounced(SocietyEvent, type="events.activity-announced.v1"):
    """An activity was announced (活动预告). Told once per organising society, when the plan is recorded."""

    activity: ActivityId
    kind: ActivityKind
    level: ActivityLevel
    role: OrganiserRole
    starts_on: DayAhead


class ActivityHeld(SocietyEvent, type="events.activity-held.v1"):
    """An activity took place (活动举办). Told once per organising society, announced before or not."""

    activity: ActivityId
    kind: ActivityKind
    level: ActivityLevel
    role: OrganiserRole
    attendance: Count
    papers: Count
    held_on: Day


class ActivityCancelled(SocietyEvent, type="events.activity-cancelled.v1"):
    """An announced activity will not take place (活动取消). Told once per organising society."""

    activity: ActivityId
    cancelled_on: Day
    reason: CancelReason


class ActivityWithdrawn(Withdrawal, type="events.activity-withdrawn.v1", of=ActivityHeld):
    """The record that an activity was held was withdrawn (撤销活动记录). Told once per organising society."""

    activity: ActivityId


class ActivityCorrected(Correction, type="events.activity-corrected.v1", of=ActivityHeld):
    """The record of an activity was put right (更正活动记录). Told at each correction, once per organising society."""

    activity: ActivityId
    kind: ActivityKind
    level: ActivityLevel
    role: OrganiserRole
    attendance: Count
    papers: Count
    held_on: Day
