"""The shapes of values in records, narrower than in events: what fits a column, a form and the calendar."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.days import Day
from chassis.forms import PRINTABLE
from contracts.values import ImpactFactor, Share, Year, YesNo

__all__ = ["Count", "Day", "ImpactFactor", "Reason", "Several", "Share", "Title", "Year", "YesNo"]

EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"
_MOST = 1_000_000_000

Count = Annotated[int, Field(ge=0, le=_MOST, strict=True)]
Several = Annotated[int, Field(ge=1, le=_MOST, strict=True)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=PRINTABLE)]
