"""Two objections to one fault: what the first revision took in puts right the second, too."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from contracts.vocabulary import PanelVote
from services.evaluation.domain.review import closing, objections, panel, refusals
from services.evaluation.domain.review.state import Phase
from tests.unit.evaluation.review.reviews import FIRST, SECOND, Story, at, facts, objection, sent


def twice_about_one_fault() -> Story:
    """A second society objects to what the first did; both are upheld, and the first was put right."""
    story = sent()
    story.then(objection(story, objector="B-01", about="A-01", id_=SECOND))
    for number in range(1, 6):
        story.then(panel.vote(story.review, SECOND, f"p-{number}", PanelVote.UPHOLD, posts=(), at=at(5)))
    story.then(*panel.decide(story.review, SECOND, posts={}, at=at(5)))
    story.then(objections.send_decision(story.review, SECOND, at=at(5)))
    return _revised(story, FIRST, [facts()[-1].id])


def _revised(story: Story, id_: str, wanted: Sequence[str], put_right_by: str | None = None) -> Story:
    admitted = closing.admissible(story.review, id_, facts(), wanted, put_right_by)
    before = story.standings(story.review.admitted)
    after = story.standings(story.review.admitted | set(admitted))
    return story.then(closing.revise(story.review, id_, admitted, before=before, after=after, at=at(6)))


@pytest.mark.parametrize(("wanted", "named"), [([], FIRST), ([facts()[-1].id], None)])
def test_one_record_puts_right_two_objections_to_one_fault(wanted: list[str], named: str | None) -> None:
    story = _revised(twice_about_one_fault(), SECOND, wanted, named)

    first, second = story.review.revisions
    assert second.admitted == first.admitted == (facts()[-1].id,)
    assert (second.total_before, second.hash) == (second.total_after, first.hash)
    assert (story.review.put_right_by(first), story.review.put_right_by(second)) == ([], [FIRST])
    assert story.then(closing.confirm(story.review, at=at(8))).review.phase is Phase.CONFIRMED


def test_what_was_revised_for_another_society_puts_nothing_right_here() -> None:
    story = twice_about_one_fault()
    story.review = replace(story.review, revisions=(replace(story.review.revisions[0], society="B-01"),))

    with pytest.raises(refusals.NotPutRight) as refused:
        closing.admissible(story.review, SECOND, facts(), [], FIRST)
    assert (refused.value.field, refused.value.value) == ("put_right_by", FIRST)
