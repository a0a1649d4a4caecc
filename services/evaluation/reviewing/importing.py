"""What an import may bring of reviews: a file from its opening on, or what follows from the steps that are here."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import log
from chassis.importing import ImportRule
from chassis.language import N_
from chassis.lines import BadLine
from chassis.wire import Heard
from contracts.evaluation.reviews import ReviewStep
from services.evaluation.domain.review.file import STEPS, BrokenFile, apply
from services.evaluation.domain.review.state import Review

_DOES_NOT_FOLLOW = N_(
    "Step {value} of {review} does not follow. A review is imported with its whole file: from its opening on, each "
    "step sealing the one before it, each where the procedure has its place; the last that follows is step {last}."
)


async def _faults(conn: AsyncConnection, lines: Sequence[tuple[int, Heard]]) -> list[BadLine]:
    """The lines whose steps do not follow from those in the log, which has these lines already."""
    new = {heard.id: line for line, heard in lines}
    touched = {heard.data["review"] for _, heard in lines}
    files: dict[str, list[tuple[int, int, ReviewStep]]] = defaultdict(list)
    for heard in await log.of_types(conn, STEPS):
        if heard.data["review"] in touched:
            step = cast("ReviewStep", heard.event())
            files[step.review].append((step.step, new.get(heard.id, 0), step))
    faults = [fault for file in files.values() for fault in _of_file(file)]
    return sorted(faults, key=lambda one: one.line or 0)


def _of_file(file: list[tuple[int, int, ReviewStep]]) -> list[BadLine]:
    faults, review = [], cast("Review | None", None)
    # Of two versions of one step the one that was here before comes first.
    for number, line, step in sorted(file, key=lambda one: one[:2]):
        try:
            review = apply(review, step)
        except BrokenFile:
            if line:
                last = review.steps if review else 0
                told = {"review": step.review, "last": last}
                faults.append(BadLine(line, "data.step", number, _DOES_NOT_FOLLOW, **told))
    return faults


RULE = ImportRule(STEPS, _faults)
"""What evaluation asks of the steps of reviews in an import."""
