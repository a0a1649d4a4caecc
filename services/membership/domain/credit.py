"""The credit record of a society (信用记录): the classes that reviews proposed and gave, and their sanctions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CreditKind(StrEnum):
    """What an entry records: a class that a review proposed, one that it assigned, a sanction."""

    PROPOSAL = "proposal"
    CLASS = "class"
    SANCTION = "sanction"


@dataclass(frozen=True, slots=True)
class CreditEntry:
    """One finding of a review; `value` is the class, or the sanction, `until` the day on which a sanction ends."""

    event: str
    kind: CreditKind
    review: str
    value: str
    as_of: date | None
    recorded_on: date
    until: date | None = None


def recorded_by(entries: Sequence[CreditEntry], day: date | None) -> list[CreditEntry]:
    """The record as it stood at the end of a day; as it stands now without one."""
    return [entry for entry in entries if day is None or entry.recorded_on <= day]


def current_class(entries: Sequence[CreditEntry]) -> CreditEntry | None:
    """The class that binds: of the review of the latest day, and of several of one day the last recorded."""
    return _last(entry for entry in entries if entry.kind is CreditKind.CLASS)


def proposed_class(entries: Sequence[CreditEntry]) -> CreditEntry | None:
    """The class that a review has published and not assigned yet; it binds nobody."""
    decided = {entry.review for entry in entries if entry.kind is CreditKind.CLASS}
    return _last(one for one in entries if one.kind is CreditKind.PROPOSAL and one.review not in decided)


def sanctions(entries: Sequence[CreditEntry], day: date | None = None) -> list[CreditEntry]:
    """The sanctions, or those in force on a day: without an end, or not past it."""
    imposed = [entry for entry in entries if entry.kind is CreditKind.SANCTION]
    return [one for one in imposed if day is None or one.until is None or day <= one.until]


def _last(entries: Iterable[CreditEntry]) -> CreditEntry | None:
    return max(entries, key=lambda one: (one.as_of or date.min, one.recorded_on, one.event), default=None)
