"""Which day a reader asks about, and by what was known when."""

from datetime import date, datetime
from typing import Annotated, NamedTuple

from fastapi import Depends, Query

from chassis.language import N_
from chassis.refusals import Refusal


class NoMoment(Refusal):
    """What was sent is neither a day nor an instant."""

    slug = "no-moment"
    title = N_("No such day")
    detail = N_("{value} is no day; days are written like 2025-12-05.")


class Moment(NamedTuple):
    """A day, and the last day, or the instant, whose records count; empty is today, and everything known."""

    as_of: str = ""
    known_at: str = ""

    @property
    def query(self) -> dict[str, str]:
        """How evaluation is asked; nothing for the live board. Of a day everything counts that was recorded on it."""
        whole_day = self.known_at and _is_day(self.known_at)
        known = f"{self.known_at}T23:59:59.999999+08:00" if whole_day else self.known_at
        return {name: value for name, value in (("as_of", self.as_of), ("known_at", known)) if value}

    @property
    def known_on(self) -> str:
        """The day of what is known, as a field for a day shows it."""
        return self.known_at[:10]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What the reader asked for, to be asked again."""
        return [(name, value) for name, value in self._asdict().items() if value]


def moment(
    as_of: Annotated[str, Query(description="the day, YYYY-MM-DD")] = "",
    known_at: Annotated[
        str, Query(description="only what was recorded up to the end of this day, or to an instant")
    ] = "",
) -> Moment:
    """The moment of a request; an empty field asks for nothing.

    Raises:
        NoMoment: one of them is neither a day nor, of what is known, an instant with its offset.
    """
    if as_of and not _is_day(as_of):
        raise NoMoment(field="as_of", value=as_of)
    if known_at and not (_is_day(known_at) or _is_instant(known_at)):
        raise NoMoment(field="known_at", value=known_at)
    return Moment(as_of, known_at)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


When = Annotated[Moment, Depends(moment)]
