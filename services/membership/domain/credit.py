"""The credit record of a society (信用记录): the classes that reviews put it into, and their sanctions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CreditKind(StrEnum):
    """What an entry records."""

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


def current_class(entries: Sequence[CreditEntry]) -> CreditEntry | None:
    """The class that binds: of the review of the latest day, and of several of one day the last recorded."""
    classes = [entry for entry in entries if entry.kind is CreditKind.CLASS]
    return max(classes, key=lambda one: (one.as_of or date.min, one.recorded_on, one.event), default=None)


def sanctions(entries: Sequence[CreditEntry], day: date | None = None) -> list[CreditEntry]:
    """The sanctions, or those in force on a day: recorded by then, and without an end or not past it."""
    imposed = [entry for entry in entries if entry.kind is CreditKind.SANCTION]
    if day is None:
        return imposed
    return [one for one in imposed if one.recorded_on <= day and (one.until is None or day <= one.until)]
