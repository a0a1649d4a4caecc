"""The file of a review (案卷): its steps, each sealing all before it, in whatever order and however often they came."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from contracts.calendar import instant
from contracts.catalogue import CATALOGUE
from contracts.evaluation.reviews import ReviewStep
from services.evaluation.domain.review.state import Review
from services.evaluation.domain.review.steps import begun, followed

BEGINNING = "sha256:" + hashlib.sha256(b"").hexdigest()
"""What the first step seals: nothing."""

STEPS = frozenset(name for name, event in CATALOGUE.items() if issubclass(event, ReviewStep))
"""The types of the events that are steps of a review."""

S = TypeVar("S", bound=ReviewStep)


class BrokenFile(ValueError):  # noqa: N818 — what is the matter with the file
    """A step does not follow from those before it: one is missing, or one was changed."""

    def __init__(self, step: int) -> None:
        self.step = step
        super().__init__(f"step {step} does not follow from those before it")


def digest(step: ReviewStep) -> str:
    """What seals a step, and by its ``chain`` all before it."""
    return digest_of(step.type, step.subject, instant(step.happened_at), step.data())


def digest_of(type_: str, subject: str, time: str, data: Mapping[str, Any]) -> str:
    """What seals a step as it travelled."""
    said = {"type": type_, "subject": subject, "time": time, "data": data}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def apply(review: Review | None, step: ReviewStep) -> Review:
    """The review after one step more.

    Raises:
        BrokenFile: the step does not follow: by its number, its seal, or what there is at this point of a review.
    """
    chain = digest(step)
    expected = (1, BEGINNING) if review is None else (review.steps + 1, review.chain)
    if (step.step, step.chain) != expected:
        raise BrokenFile(step.step)
    try:
        return begun(step, chain) if review is None else followed(review, step, chain)
    except (ValueError, KeyError) as error:
        raise BrokenFile(step.step) from error


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
        ValueError: there are no steps.
        BrokenFile: the first does not begin a review.
    """
    known = in_order(steps)
    if not known:
        raise ValueError("a review begins with its opening")
    review: Review | None = None
    for step in known:
        try:
            review = apply(review, step)
        except BrokenFile:
            if review is None:
                raise
            return review, review.steps + 1
    return cast("Review", review), None


def in_order(steps: Iterable[ReviewStep]) -> list[ReviewStep]:
    """The steps by number, each once; two different ones of one number stay, for the chain to tell which is false."""
    unique = {(step.step, digest(step)): step for step in steps}
    return [unique[key] for key in sorted(unique)]


def write(review: Review, kind: type[S], at: datetime, *, subject: str | None = None, **fields: Any) -> S:
    """The next step of a review; its subject is the review unless a society is named."""
    place = {"review": review.id, "step": review.steps + 1, "chain": review.chain}
    return kind(subject=subject or review.id, happened_at=at, **place, **fields)
