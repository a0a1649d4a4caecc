"""The file of a review: any order, any repetition, and no change that is not seen."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.evaluation.reviews import ReviewStep
from services.evaluation.domain.review.file import BrokenFile, digest, replay
from tests.unit.evaluation.review.reviews import sealed

SEALED = sealed()


@given(st.data())
@settings(max_examples=60)
def test_any_order_and_any_repetition_of_the_steps_makes_the_same_review(data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(SEALED.steps), max_size=10))
    heard = data.draw(st.permutations([*SEALED.steps, *again]))

    assert replay(heard) == SEALED.review


def test_what_was_sealed_is_the_digest_of_the_last_step() -> None:
    assert SEALED.review.chain == digest(SEALED.steps[-1])
    assert [step.step for step in SEALED.steps] == list(range(1, SEALED.review.steps + 1))


@given(st.integers(0, len(SEALED.steps) - 2))
def test_a_missing_step_is_noticed(place: int) -> None:
    with pytest.raises((BrokenFile, ValueError)):
        replay([*SEALED.steps[:place], *SEALED.steps[place + 1 :]])


def _changed(step: ReviewStep) -> ReviewStep:
    field = next(name for name in type(step).model_fields if name not in {"subject", "happened_at", "step", "review"})
    other: dict[str, Any] = {"chain": "sha256:" + "0" * 64}
    value = other.get(field, getattr(step, field))
    return step.model_copy(update={field: value, "happened_at": step.happened_at.replace(second=59)})


@given(st.integers(0, len(SEALED.steps) - 2))
def test_a_changed_step_is_noticed_by_the_next(place: int) -> None:
    steps = [*SEALED.steps]
    steps[place] = _changed(steps[place])

    with pytest.raises(BrokenFile):
        replay(steps)


@given(st.integers(0, len(SEALED.steps) - 2))
def test_a_second_version_of_a_step_is_noticed(place: int) -> None:
    with pytest.raises(BrokenFile):
        replay([*SEALED.steps, _changed(SEALED.steps[place])])


def test_a_file_begins_with_its_opening() -> None:
    with pytest.raises(ValueError, match="begins with its opening"):
        replay([])
