"""How long a grade is valid, and when it may be asked for anew."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictInt, model_validator

from chassis.language import N_
from services.evaluation.domain.texts import Line

Years = Annotated[StrictInt, Field(ge=1, le=50)]


class Validity(BaseModel, frozen=True, extra="forbid"):
    """A grade is valid for so many years (有效期), from its announcement or from 1 January after it.

    It may be asked for anew in the first ``again_in_first`` years, or in the last ``again_in_last``; always if neither
    is said, and whenever it is valid no more.
    """

    clause: Line
    years: Years
    begins: Literal["announcement", "next-january"]
    again_in_first: Years | None = None
    again_in_last: Years | None = None

    @model_validator(mode="after")
    def _one_time(self) -> "Validity":
        if self.again_in_first is not None and self.again_in_last is not None:
            raise ValueError(N_("a grade is asked for anew in the first years or in the last, not both"))
        return self

    def period(self, announced: date) -> tuple[date, date]:
        """The first and the last day of a grade announced on a day."""
        first = announced if self.begins == "announcement" else date(announced.year + 1, 1, 1)
        return first, _anniversary(first, self.years) - timedelta(days=1)

    def as_json(self, announced: date) -> dict[str, str]:
        """Of a grade announced on a day: when it is valid, and when another may be applied for meanwhile."""
        days = (*self.period(announced), *self.again(announced))
        names = ("valid_from", "valid_until", "again_from", "again_until")
        return {"clause": self.clause, **{name: day.isoformat() for name, day in zip(names, days, strict=True)}}

    def again(self, announced: date) -> tuple[date, date]:
        """The first and the last day, within its validity or before it, on which another may be applied for."""
        first, last = self.period(announced)
        if self.again_in_first is not None:
            return announced, _anniversary(first, self.again_in_first) - timedelta(days=1)
        if self.again_in_last is not None:
            return _anniversary(first, self.years - self.again_in_last), last
        return announced, last


def _anniversary(day: date, years: int) -> date:
    """The same day so many years later; 29 February is 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
