"""Notices of the limit of age, told once each: when the day turns, or at once when the record comes late."""

from datetime import date

from chassis.work import Work
from contracts.membership import LeaderLimitApproaching
from services.membership.domain.leaders import Leader, notices
from services.membership.store import supervision as store


async def tell(leader: Leader, day: date, work: Work) -> None:
    """Says what is to be told of a leader by that day, and keeps that it was."""
    for notice in notices(leader, day):
        work.say(notice)
        told = "warned" if isinstance(notice, LeaderLimitApproaching) else "reached"
        await store.update_leader(work.conn, leader.id, **{told: True})
