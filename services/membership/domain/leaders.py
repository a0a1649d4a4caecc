"""A society's leaders 负责人. Their day of birth is known here and nowhere else: others are told a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chassis.days import check_day
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import midnight
from contracts.event import EventId, LeaderId, SocietyId
from contracts.membership import (
    LeaderElected,
    LeaderExempted,
    LeaderLeft,
    LeaderLimitApproaching,
    LeaderLimitReached,
)
from contracts.vocabulary import LeaderLimit, LeaderPost
from services.membership.domain.societies import Society

AGE_LIMIT = 70
"""Years that chair, deputies and secretary-general may have reached (charter template 章程示范文本)."""

OF_AGE = 18
_AHEAD = timedelta(days=180)
_DECEMBER = 12


class NotOfAge(Refusal):
    """Only who is of age can lead a society."""

    slug = "not-of-age"
    title = N_("Not of age")
    detail = N_("Whoever is elected must be eighteen or older on that day.")


class UnknownLeader(Refusal):
    """The society has no such leader."""

    slug = "unknown-leader"
    status = 404
    title = N_("Unknown leader")
    detail = N_("The society has no leader {value}.")


class NotElected(Refusal):
    """Nothing can be recorded of a leader whose election was withdrawn: there was none."""

    slug = "not-elected"
    status = 409
    title = N_("This election was withdrawn")
    detail = N_(
        "The election of leader {value} was withdrawn on {withdrawn_on}; there is nobody in this post to record of."
    )


class LeaderRecorded(Refusal):
    """One person is elected to a post once a day."""

    slug = "leader-recorded"
    status = 409
    title = N_("This election is already recorded")
    detail = N_("The same election to this post on {value} is already recorded by event {clashes_with}.")


class LeftBeforeElection(Refusal):
    """A leader leaves after the election."""

    slug = "left-before-election"
    title = N_("Left before the election")
    detail = N_("A leader elected on {elected_on} cannot have left on {value}.")


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody in a post, and whether the others were told of the age limit: that it is near, that it is reached.

    `withdrawn_on`: when the record of the election was withdrawn.
    """

    id: LeaderId
    society: SocietyId
    post: LeaderPost
    born_on: date
    elected_on: date
    left_on: date | None = None
    warned: bool = False
    reached: bool = False
    term_number: int | None = None
    withdrawn_on: date | None = None

    @property
    def counts_from(self) -> date:
        """The first day of the month after the one in which the limit of age is reached."""
        year, month = self.born_on.year + AGE_LIMIT, self.born_on.month
        return date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)


def elect(
    society: Society, leader: Leader, term_number: int, *, recorded: EventId | None, today: date
) -> LeaderElected:
    """Records an election to a post; age and terms beyond the limits are findings for evaluation, no faults.

    `recorded` is the event that told of the same person's election, if one did.

    Raises:
        LeaderRecorded: it is there already.
        NotOfAge, InTheFuture, BeforeRegistration: not on that day.
    """
    elected_on, born = leader.elected_on, leader.born_on
    check_day("elected_on", elected_on, registered_on=society.registered_on, today=today)
    if (born.year + OF_AGE, born.month, born.day) > (elected_on.year, elected_on.month, elected_on.day):
        raise NotOfAge(field="born_on", value=None)
    if recorded is not None:
        raise LeaderRecorded(field="elected_on", value=elected_on, clashes_with=recorded)
    return LeaderElected(
        subject=society.code,
        happened_at=midnight(elected_on),
        leader=leader.id,
        post=leader.post,
        term_number=term_number,
        elected_on=elected_on,
    )


def leave(society: Society, leader: Leader, left_on: date, *, today: date) -> LeaderLeft:
    """Records that a leader left the post.

    Raises:
        NotElected: the election was withdrawn.
        LeftBeforeElection, InTheFuture: not on that day.
    """
    _check_elected(leader)
    check_day("left_on", left_on, registered_on=society.registered_on, today=today)
    if left_on < leader.elected_on:
        raise LeftBeforeElection(field="left_on", value=left_on, elected_on=leader.elected_on)
    return LeaderLeft(subject=society.code, happened_at=midnight(left_on), leader=leader.id, left_on=left_on)


def exempt(society: Society, leader: Leader, exceeds: LeaderLimit, approved_on: date, *, today: date) -> LeaderExempted:
    """Records that supervisor and registry let a leader exceed a limit.

    Raises:
        NotElected: the election was withdrawn.
        InTheFuture, BeforeRegistration: not on that day.
    """
    _check_elected(leader)
    check_day("approved_on", approved_on, registered_on=society.registered_on, today=today)
    return LeaderExempted(
        subject=society.code,
        happened_at=midnight(approved_on),
        leader=leader.id,
        exceeds=exceeds,
        approved_on=approved_on,
    )


def notices(leader: Leader, day: date) -> Iterator[LeaderLimitApproaching | LeaderLimitReached]:
    """What is to be told of the age limit by that day and was not; dated when it began, not when it was noticed."""
    counts_from = leader.counts_from
    approaching, reached = max(counts_from - _AHEAD, leader.elected_on), max(counts_from, leader.elected_on)
    if not leader.warned and _in_office(leader, approaching) and approaching <= day:
        yield LeaderLimitApproaching(
            subject=leader.society, happened_at=midnight(approaching), leader=leader.id, counts_from=counts_from
        )
    if not leader.reached and _in_office(leader, reached) and reached <= day:
        yield LeaderLimitReached(
            subject=leader.society, happened_at=midnight(reached), leader=leader.id, counts_from=counts_from
        )


def _check_elected(leader: Leader) -> None:
    if leader.withdrawn_on is not None:
        raise NotElected(field="leader", value=leader.id, withdrawn_on=leader.withdrawn_on)


def _in_office(leader: Leader, day: date) -> bool:
    if leader.withdrawn_on is not None:
        return False
    return leader.left_on is None or leader.left_on >= day
