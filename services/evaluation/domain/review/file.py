"""The file of a review (案卷): its steps, each sealing all before it, in whatever order and however often they came."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from contracts.calendar import instant
from contracts.evaluation.reviews import ReviewStep
from services.evaluation.domain.review.state import Review
from services.evaluation.domain.review.steps import begun, followed

BEGINNING = "sha256:" + hashlib.sha256(b"").hexdigest()
"""What the first step seals: nothing."""

S = TypeVar("S", bound=ReviewStep)


class BrokenFile(ValueError):  # noqa: N818 — what is the matter with the file
    """A step does not follow from those before it: one is missing, or one was changed."""

    def __init__(self, step: int) -> None:
        self.step = step
        super().__init__(f"step {step} does not follow from those before it")


def digest(step: ReviewStep) -> str:
    """What seals a step, and by its ``chain`` all before it."""
    said = {"type": step.type, "subject": step.subject, "time": instant(step.happened_at), "data": step.data()}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def apply(review: Review | None, step: ReviewStep) -> Review:
    """The review after one step more.

    Raises:
        BrokenFile: the step does not follow.
    """
    chain = digest(step)
    if review is None:
        if (step.step, step.chain) != (1, BEGINNING):
            raise BrokenFile(step.step)
        return begun(step, chain)
    if (step.step, step.chain) != (review.steps + 1, review.chain):
        raise BrokenFile(step.step)
    return followed(review, step, chain)


def replay(steps: Iterable[ReviewStep]) -> Review:
    """The review that the steps make, whatever their order and however often one comes.

    Raises:
        BrokenFile: a step is missing, or was changed.
        ValueError: there are no steps.
    """
    review, broken_at = proven(steps)
    if broken_at is not None:
        raise BrokenFile(broken_at)
    return review


def proven(steps: Iterable[ReviewStep]) -> tuple[Review, int | None]:
    """The review as far as its steps follow from each other, and the number of the first that does not.

    Raises:
        ValueError: there are no steps, or the first does not begin a review.
    """
    known = in_order(steps)
    if not known:
        raise ValueError("a review begins with its opening")
    review = apply(None, known[0])
    for step in known[1:]:
        try:
            review = apply(review, step)
        except BrokenFile:
            return review, review.steps + 1
    return review, None


def in_order(steps: Iterable[ReviewStep]) -> list[ReviewStep]:
    """The steps by number, each once; two different ones of one number stay, for the chain to tell which is false."""
    unique = {(step.step, digest(step)): step for step in steps}
    return [unique[key] for key in sorted(unique)]


def write(review: Review, kind: type[S], at: datetime, *, subject: str | None = None, **fields: Any) -> S:
    """The next step of a review; its subject is the review unless a society is named."""
    place = {"review": review.id, "step": review.steps + 1, "chain": review.chain}
    return kind(subject=subject or review.id, happened_at=at, **place, **fields)
