"""What must be true of every policy that comes with the platform."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain import Book, Fact, check_policy, explain, rate, rate_history
from services.evaluation.shipped import DEFAULT, SHIPPED, text_of
from tests.unit.evaluation.histories import SOCIETY, TODAY, histories
from tests.unit.evaluation.shipped import shipped

FEW = settings(max_examples=15)
ALL = pytest.mark.parametrize("policy", SHIPPED)


def test_four_policies_come_with_the_platform() -> None:
    assert sorted(SHIPPED) == ["assessment-2011", "assessment-2026", DEFAULT, "journal-2009"]


@ALL
def test_each_is_a_policy_under_its_own_name_whose_points_add_up(policy: str) -> None:
    checked = check_policy(text_of(policy))

    assert not isinstance(checked, list), checked
    assert checked.id == policy
    assert sum(one.full for one in checked.indicators if not one.extra) == checked.full


@ALL
def test_every_measure_and_figure_is_used(policy: str) -> None:
    text = text_of(policy)
    spec = shipped(policy).spec

    # Once where it is declared, and once more where something reads it.
    assert [name for name in (*spec.measures, *spec.figures) if len(_words(text, name)) < 2] == []


def _words(text: str, name: str) -> list[str]:
    return [word for line in text.splitlines() for word in line.translate(_PUNCTUATION).split() if word == name]


_PUNCTUATION = str.maketrans("{}[]:,()'\"", " " * 10)


@ALL
@FEW
@given(facts=histories(), data=st.data())
def test_points_are_exact_whatever_the_order_and_every_one_is_explained(
    policy: str, facts: Sequence[Fact], data: st.DataObject
) -> None:
    by = shipped(policy)
    shuffled = data.draw(st.permutations([*facts, *facts[:3]]))
    explanation = explain(facts, by, TODAY, society=SOCIETY)
    rating = explanation.rating

    assert rating == rate_history(shuffled, by, TODAY, society=SOCIETY)
    assert rating.total == sum(found.points for found in rating.findings)
    assert all(type(found.points) is int and 0 <= found.points <= found.max for found in rating.findings)
    for told in explanation.indicators:
        assert all(isinstance(read.value, int | str | Fraction | None) for read in told.measures)
        assert "{" not in told.arithmetic.say("zh") + told.arithmetic.say("en")


@ALL
@FEW
@given(facts=histories(), size=st.integers(1, 5), day=st.dates(date(2016, 1, 1), date(2020, 12, 31)))
def test_the_live_rating_is_the_one_made_from_scratch(policy: str, facts: Sequence[Fact], size: int, day: date) -> None:
    by = shipped(policy)
    book = Book(by)
    for start in range(0, len(facts), size):
        heard = facts[: start + size]
        for society in book.fold(facts[start : start + size]).stale:
            book.refold(society, heard)
        if SOCIETY in book.ledgers:
            assert rate(book.ledgers[SOCIETY], day) == rate_history(heard, by, day, society=SOCIETY)
