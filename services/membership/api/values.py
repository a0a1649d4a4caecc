"""The shapes of values in requests, narrower than on the bus: what fits a column and a form."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.forms import PRINTABLE
from contracts.event import EventId

EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"

Line = Annotated[str, StringConstraints(pattern=PRINTABLE)]
"""Text without control characters, which PostgreSQL would not take either."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE)]
"""A name in one line; blanks around it are dropped, as in lists copied from elsewhere."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=PRINTABLE)]
"""Why, in a sentence; it stays in the service."""

Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=PRINTABLE)]
"""A society's own register number of a member (会员登记号)."""

Some = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
Several = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]


class Form(BaseModel):
    """A request body: nothing in it that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """The id of the event that tells of what was recorded."""

    event: EventId = Field(examples=[EXAMPLE_ID])
