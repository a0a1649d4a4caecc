"""The elected organs of a society: council 理事会, standing council 常务理事会, supervisors 监事会."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chassis.days import faults_of_day
from chassis.language import N_
from chassis.refusals import Refusal, refuse
from contracts.calendar import midnight
from contracts.event import EventId
from contracts.membership import CouncilElected
from contracts.vocabulary import Organ
from services.membership.domain.societies import Society

LONGEST_TERM = 5
"""Years; the charter template says four, five at most."""


class FrontLineExceedsSeats(Refusal):
    """Front-line workers (基层一线科技工作者) are counted among the seats."""

    slug = "front-line-exceeds-seats"
    title = N_("Too many front-line members")
    detail = N_("Front-line members ({front_line}) cannot outnumber the seats ({seats}).")


class YoungExceedsSeats(Refusal):
    """The young and middle-aged (中青年) are counted among the seats."""

    slug = "young-exceeds-seats"
    title = N_("Too many young members")
    detail = N_("Young and middle-aged members ({young}) cannot outnumber the seats ({seats}).")


class TermEndsTooEarly(Refusal):
    """A term (任期) ends after the election."""

    slug = "term-ends-too-early"
    title = N_("The term ends before it begins")
    detail = N_("The term must end after the election on {elected_on}, not on {value}.")


class TermTooLong(Refusal):
    """A term is five years at most (charter template 章程示范文本; a deferral 延期换届 is no longer term)."""

    slug = "term-too-long"
    title = N_("The term is too long")
    detail = N_("A term lasts at most {years} years; elected on {elected_on}, it cannot end on {value}.")


class ElectionRecorded(Refusal):
    """One organ is elected once a day."""

    slug = "election-recorded"
    status = 409
    title = N_("This election is already recorded")
    detail = N_("The election of this organ on {value} is already recorded by event {clashes_with}.")


@dataclass(frozen=True, slots=True)
class Election:
    """Who was elected, in numbers: one person may be both front-line and young. The term ends on `term_ends_on`."""

    organ: Organ
    seats: int
    front_line: int
    young: int
    elected_on: date
    term_ends_on: date


def elect(society: Society, election: Election, *, recorded: EventId | None, today: date) -> CouncilElected:
    """Records an election (换届); that its mix falls short of 3/4, 2/3 or 1/3 is a finding for evaluation, no fault.

    Raises:
        ElectionRecorded: the organ's election of that day is there already.
        FrontLineExceedsSeats, YoungExceedsSeats, TermEndsTooEarly, TermTooLong, InTheFuture, BeforeRegistration:
            of several, all are named (SeveralFaults).
    """
    refuse(list(_faults(society, election, today)))
    if recorded is not None:
        raise ElectionRecorded(field="elected_on", value=election.elected_on, clashes_with=recorded)
    return CouncilElected(
        subject=society.code,
        happened_at=midnight(election.elected_on),
        organ=election.organ,
        seats=election.seats,
        front_line=election.front_line,
        young=election.young,
        elected_on=election.elected_on,
        term_ends_on=election.term_ends_on,
    )


def _faults(society: Society, election: Election, today: date) -> Iterator[Refusal]:
    front_line, young, seats = election.front_line, election.young, election.seats
    if front_line > seats:
        yield FrontLineExceedsSeats(field="front_line", value=front_line, front_line=front_line, seats=seats)
    if young > seats:
        yield YoungExceedsSeats(field="young", value=young, young=young, seats=seats)
    yield from faults_of_day("elected_on", election.elected_on, registered_on=society.registered_on, today=today)
    yield from _faults_of_term(election.elected_on, election.term_ends_on)


def _faults_of_term(elected_on: date, term_ends_on: date) -> Iterator[Refusal]:
    if term_ends_on <= elected_on:
        yield TermEndsTooEarly(field="term_ends_on", value=term_ends_on, elected_on=elected_on)
    elif _longer_than(LONGEST_TERM, elected_on, term_ends_on):
        yield TermTooLong(field="term_ends_on", value=term_ends_on, elected_on=elected_on, years=LONGEST_TERM)


def _longer_than(years: int, start: date, end: date) -> bool:
    # Compared by parts: 29 February has no anniversary in most years, and the year 9999 has no successor.
    return (end.year - years, end.month, end.day) > (start.year, start.month, start.day)
