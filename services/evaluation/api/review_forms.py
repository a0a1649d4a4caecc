"""The shapes of what is asked of a review, and of what it answers."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.forms import PRINTABLE_LINES
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.event import EventId, ReviewId
from contracts.values import Digest
from services.evaluation.domain.review.state import Phase, Review

EXAMPLE_ID = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"

Told = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=PRINTABLE_LINES),
]
"""What an objection says, in some lines; it stays in the service."""


class NotPublished(Refusal):
    """Results are read once they are published."""

    slug = "results-not-published"
    status = 409
    title = N_("The results are not published")
    detail = N_("The results of review {value} can be read once they are published.")


class Form(BaseModel):
    """A request body: nothing in it that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Stepped(BaseModel):
    """The review after what was done: how far it is, its last step and seal, and the events that tell of it."""

    review: ReviewId = Field(examples=["review-2025"])
    phase: Phase
    step: int = Field(examples=[3])
    chain: Digest
    events: list[EventId] = Field(examples=[[EXAMPLE_ID]])


def stepped(done: tuple[Review, list[EventId]]) -> Stepped:
    """The answer to a step."""
    review, events = done
    return Stepped(review=review.id, phase=review.phase, step=review.steps, chain=review.chain, events=events)
