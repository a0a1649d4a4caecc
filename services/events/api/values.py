"""The shapes of values in requests, narrower than on the bus: what fits a column and a form."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.forms import PRINTABLE
from contracts.event import EventId

EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=PRINTABLE)]
"""A title in one line; blanks around it are dropped."""

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=PRINTABLE)]
"""Why, in a sentence; it stays in the service."""

Attendance = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True, examples=[251])]
"""Participants (参加人数), those on line included."""

Papers = Annotated[int, Field(ge=0, le=1_000_000, strict=True, examples=[84])]
"""Papers presented or exchanged (交流论文篇数)."""


class Form(BaseModel):
    """A request body: nothing in it that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """The id of the event that tells of what was recorded."""

    event: EventId = Field(examples=[EXAMPLE_ID])
