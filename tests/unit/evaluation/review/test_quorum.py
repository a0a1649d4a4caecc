"""Quorum and majority on both sides of every boundary, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.vocabulary import ObjectionOutcome
from services.evaluation.domain.review import panel
from services.evaluation.domain.review.quorum import carried, least_present, least_votes, quorate
from services.evaluation.domain.review.refusals import NoQuorum
from tests.unit.evaluation.review.reviews import FIRST, at, objected, voted


@pytest.mark.parametrize(
    ("members", "present", "votes"),
    [(7, 5, 4), (8, 6, 5), (9, 6, 5), (10, 7, 6), (24, 16, 13), (25, 17, 13)],
)
def test_two_thirds_must_be_present_and_more_than_half_of_all_must_agree(
    members: int, present: int, votes: int
) -> None:
    assert (least_present(members), least_votes(members)) == (present, votes)
    assert [quorate(number, members) for number in (present - 1, present)] == [False, True]
    assert [carried(number, members) for number in (votes - 1, votes)] == [False, True]


@given(st.integers(7, 25), st.integers(0, 25))
def test_the_least_numbers_are_the_boundaries_of_the_rules(members: int, number: int) -> None:
    assert quorate(number, members) == (number >= least_present(members))
    assert carried(number, members) == (number >= least_votes(members))


@pytest.mark.parametrize(
    ("members", "uphold", "dismiss", "abstain", "upheld"),
    [
        (7, 4, 1, 0, True),
        (7, 3, 2, 0, False),
        (7, 3, 0, 4, False),
        (8, 4, 4, 0, False),
        (8, 5, 3, 0, True),
        (9, 5, 4, 0, True),
        (9, 4, 0, 2, False),
        (25, 13, 12, 0, True),
        (25, 12, 0, 5, False),
        (25, 13, 0, 4, True),
    ],
)
def test_an_objection_is_upheld_by_more_than_half_of_all_members(
    members: int, uphold: int, dismiss: int, abstain: int, upheld: bool
) -> None:
    story = voted(members, uphold, dismiss, abstain)
    decision = story.then(*panel.decide(story.review, FIRST, posts={}, at=at(4))).review.objections[FIRST].decision

    assert decision is not None
    assert (decision.outcome is ObjectionOutcome.UPHELD) is upheld
    assert (decision.members, decision.present) == (members, uphold + dismiss + abstain)
    assert (decision.uphold, decision.dismiss) == (uphold, dismiss)


@pytest.mark.parametrize(("members", "voting"), [(7, 4), (9, 5), (25, 16)])
def test_fewer_than_two_thirds_decide_nothing_even_if_all_agree(members: int, voting: int) -> None:
    with pytest.raises(NoQuorum) as refused:
        panel.decide(voted(members, voting).review, FIRST, posts={}, at=at(4))

    assert (refused.value.field, refused.value.value) == ("objection", voting)
    assert refused.value.values["least"] == voting + 1


def test_recusals_reduce_neither_number() -> None:
    # 9 members, 4 recused: 5 of 5 who may vote agree, which is more than half of 9, but 6 must be present.
    posts = {f"p-{number}": [panel.Post("A-01", None)] for number in range(6, 10)}

    with pytest.raises(NoQuorum):
        panel.decide(voted(9, 5).review, FIRST, posts=posts, at=at(4))


def test_no_committee_decides_nothing() -> None:
    story = objected()
    with pytest.raises(NoQuorum):
        panel.decide(story.review, FIRST, posts={}, at=at(4))
