"""The shapes of values in requests, narrower than on the bus: what fits a column and a form."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.access import may
from contracts.event import EventId
from contracts.values import Day

EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"

_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

Line = Annotated[str, StringConstraints(pattern=_PRINTABLE)]
"""Text without control characters, which PostgreSQL would not take either."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PRINTABLE)]
"""A name in one line; blanks around it are dropped, as in lists copied from elsewhere."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_PRINTABLE)]
"""Why, in a sentence; it stays in the service."""

Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=_PRINTABLE)]
"""A society's own register number of a member (会员登记号)."""

Some = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
Several = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]

RegistrationDay = Annotated[Day, Field(ge=date(1900, 1, 1))]
"""No learned society of today is older than the century before last."""

KEEPER = may("association", "society:{society}")
"""A society's records are kept by itself and by the association."""


class Form(BaseModel):
    """A request body: nothing in it that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """The id of the event that tells of what was recorded."""

    event: EventId = Field(examples=[EXAMPLE_ID])
