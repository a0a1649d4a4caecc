"""Equals where a class by quota ends: a review cannot assign before the committee's choice is on record."""

from datetime import date

import pytest

from chassis.refusals import Refusal
from services.evaluation.domain import Policy, Standing, rank, rate_everyone
from services.evaluation.domain.review import closing, opening, panel, refusals, ties
from services.evaluation.domain.review.file import replay
from services.evaluation.domain.review.reasons import reasons
from tests.unit.evaluation.histories import TODAY, admitted, told
from tests.unit.evaluation.review.reviews import KNOWN, Story, at
from tests.unit.evaluation.test_equals_at_the_cut import by

OF = by("committee", 1)
FACTS = [
    fact
    for code in ("A-01", "A-02", "A-03")
    for fact in (
        told("membership.society-registered", society=code, name=code, discipline="science"),
        admitted(number=5, society=code),
    )
]


def standings(story: Story, policy: Policy = OF) -> list[Standing]:
    return rank(rate_everyone(FACTS, policy, TODAY), policy, story.review.chosen)


def confirmed() -> Story:
    terms = {"publish_by": date(2025, 12, 15), "objection_days": 7, "answer_days": 30}
    story = Story().then(opening.open_review("review-x", OF, TODAY, **terms, at=at(0)))
    story.then(opening.freeze(story.review, standings(story), known_at=KNOWN, positions={}, at=at(0)))
    story.then(panel.seat(story.review, [f"p-{number}" for number in range(1, 8)], at=at(0)))
    story.then(*opening.publish(story.review, standings(story), OF, at=at(1)))
    return story.then(closing.confirm(story.review, at=at(9)))


def decide(story: Story, *chosen: str, votes: tuple[int, int] = (7, 4)) -> Story:
    before = standings(story)
    edge = ties.open_edge(before, "q0", chosen)
    picked = ties.choose(story.review, edge, chosen, votes)
    after = rank(rate_everyone(FACTS, OF, TODAY), OF, {"q0": frozenset(picked)})
    return story.then(ties.decided(story.review, edge, picked, votes, before=before, after=after, at=at(10)))


def test_no_class_is_assigned_while_the_committee_has_still_to_choose() -> None:
    story = confirmed()

    with pytest.raises(refusals.TiesOpen) as refused:
        closing.assign(story.review, standings(story), OF, at=at(9))
    assert "A-01, A-02, A-03" in str(refused.value)


def test_whom_the_committee_chose_gets_the_class_and_the_file_proves_it() -> None:
    story = decide(confirmed(), "A-02")
    story.then(*closing.assign(story.review, standings(story), OF, at=at(11)))

    assert dict(story.review.classes) == {"A-01": "rest", "A-02": "q0", "A-03": "rest"}
    again = replay(reversed(story.steps))
    assert again == story.review
    assert [len(again.after(count).ties) for count in range(len(again.hashes))] == [0, 1]


@pytest.mark.parametrize(
    ("chosen", "votes", "refusal"),
    [
        (("A-01", "A-02"), (7, 4), refusals.WrongNumberChosen),
        (("A-01",), (4, 4), refusals.NoQuorum),
        (("A-01",), (8, 4), refusals.NoQuorum),
        (("A-01",), (7, 3), refusals.NotCarried),
        (("A-01",), (5, 6), refusals.NotCarried),
        (("B-01",), (7, 4), refusals.NoTie),
    ],
)
def test_a_choice_that_is_none_is_refused(
    chosen: tuple[str, ...], votes: tuple[int, int], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        decide(confirmed(), *chosen, votes=votes)


def test_what_was_chosen_is_not_chosen_again() -> None:
    with pytest.raises(refusals.NoTie):
        decide(decide(confirmed(), "A-02"), "A-01")


def test_a_notice_says_that_the_place_was_among_equals_and_how_it_was_decided() -> None:
    def decisive(story: Story, society: str) -> str:
        row = next(one.as_json() for one in standings(story) if one.rating.society == society)
        return reasons(row, OF, TODAY, [fact for fact in FACTS if fact.subject == society]).decisive.say("en")

    open_, chosen = confirmed(), decide(confirmed(), "A-02")

    assert decisive(open_, "A-01").endswith("by the policy the committee decides, and it has not yet")
    assert decisive(chosen, "A-01").endswith("by the policy the committee decides; it chose others")
    assert decisive(chosen, "A-02").endswith("by the policy the committee decides; it chose this society")
