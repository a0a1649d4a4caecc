"""Which day a reader asks about, and by what was known when."""

from datetime import date
from typing import Annotated, NamedTuple

from fastapi import Depends, Query


class NoDay(Exception):  # noqa: N818 - a state of affairs
    """A reader asks for a day that is none."""

    def __init__(self, text: str) -> None:
        """`text` is what stands where a date should."""
        self.text = text
        super().__init__(text)


class Moment(NamedTuple):
    """A day, and the last day whose records count; empty is today, and everything known."""

    as_of: str = ""
    known: str = ""

    @property
    def query(self) -> dict[str, str]:
        """How evaluation is asked; nothing for the live board."""
        known = f"{self.known}T23:59:59.999999+08:00" if self.known else ""
        return {name: value for name, value in (("as_of", self.as_of), ("known_at", known)) if value}

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What the reader asked for, to be asked again."""
        return [(name, value) for name, value in self._asdict().items() if value]


def moment(
    as_of: Annotated[str, Query(description="the day, YYYY-MM-DD")] = "",
    known: Annotated[str, Query(description="only what was recorded up to this day")] = "",
) -> Moment:
    """The moment of a request; raises NoDay."""
    return Moment(_day(as_of), _day(known))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise NoDay(text[:40]) from None


When = Annotated[Moment, Depends(moment)]
