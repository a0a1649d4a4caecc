"""Every transition of a review, and every one that is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from chassis.refusals import Refusal
from contracts.evaluation import ClassProposed
from contracts.vocabulary import PanelVote, RecusalReason, ReviewSanction
from services.evaluation.domain.review import closing, objections, opening, panel, refusals
from services.evaluation.domain.review.panel import Post
from services.evaluation.domain.review.state import Phase, Review
from tests.unit.evaluation.histories import hubei
from tests.unit.evaluation.review.reviews import (
    FIRST,
    KNOWN,
    SECOND,
    SOCIETIES,
    Story,
    assigned,
    at,
    confirmed,
    decided,
    facts,
    frozen,
    objected,
    objection,
    opened,
    published,
    revised,
    sealed,
    sent,
    voted,
)

TEN = [f"p-{number}" for number in range(1, 11)]


def test_each_phase_follows_the_one_before() -> None:
    stories = [opened(), frozen(), published(), confirmed(), assigned(), sealed()]

    assert [story.review.phase for story in stories] == list(Phase)


def freeze(review: Review) -> object:
    return opening.freeze(review, frozen().standings(), known_at=KNOWN, positions={}, at=at(0))


def assign(review: Review) -> object:
    return closing.assign(review, frozen().standings(), hubei(), at=at(9))


STEPS: dict[str, tuple[Callable[[Review], object], set[Phase]]] = {
    "freeze": (freeze, {Phase.OPENED}),
    "publish": (lambda review: opening.publish(review, frozen().standings(), hubei(), at=at(1)), {Phase.FROZEN}),
    "seat": (
        lambda review: panel.seat(review, TEN, at=at(1)),
        {Phase.OPENED, Phase.FROZEN, Phase.PUBLISHED, Phase.CONFIRMED},
    ),
    "object": (lambda review: objection(_of(review)), {Phase.PUBLISHED}),
    "confirm": (lambda review: closing.confirm(review, at=at(8)), {Phase.PUBLISHED}),
    "seal": (lambda review: closing.seal(review, at=at(10)), {Phase.ASSIGNED}),
}
FURTHER = {Phase.OPENED: opened, Phase.FROZEN: frozen, Phase.PUBLISHED: published, Phase.CONFIRMED: confirmed}
FURTHER |= {Phase.ASSIGNED: assigned, Phase.SEALED: sealed}


def _of(review: Review) -> Story:
    story = Story()
    story.review = review
    return story


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("phase", FURTHER)
def test_a_step_is_taken_in_its_phase_and_refused_in_every_other(step: str, phase: Phase) -> None:
    do, allowed = STEPS[step]
    review = FURTHER[phase]().review

    if phase in allowed:
        do(review)
        return
    with pytest.raises(refusals.WrongPhase) as refused:
        do(review)
    assert (refused.value.field, refused.value.value) == ("review", "review-2025")


@pytest.mark.parametrize("phase", [Phase.OPENED, Phase.FROZEN, Phase.CONFIRMED, Phase.ASSIGNED, Phase.SEALED])
def test_the_committee_and_the_decisions_belong_to_the_time_of_publicity(phase: Phase) -> None:
    review = FURTHER[phase]().review
    acts: list[Callable[[], object]] = [
        lambda: panel.recuse(review, FIRST, "p-1", RecusalReason.OTHER, at=at(2)),
        lambda: panel.vote(review, FIRST, "p-1", PanelVote.UPHOLD, posts=(), at=at(2)),
        lambda: panel.decide(review, FIRST, posts={}, at=at(2)),
        lambda: objections.send_decision(review, FIRST, at=at(2)),
        lambda: closing.admissible(review, FIRST, facts(), [facts()[-1].id]),
    ]
    for act in acts:
        with pytest.raises(refusals.WrongPhase):
            act()


def opening_with(**changes: Any) -> object:
    terms = {"as_of": date(2025, 11, 30), "publish_by": date(2025, 12, 15)} | changes
    return opening.open_review(
        "review-1", hubei(), terms.pop("as_of"), **terms, objection_days=7, answer_days=9, at=at(0)
    )


def objecting(story: Story, **changes: Any) -> object:
    terms: dict[str, Any] = {"objector": "A-01", "about": "B-01", "indicator": None, "at": at(1)} | changes
    known = {"societies": {"A-01", "B-01"}, "indicators": {"salons"}}
    return objections.raise_objection(story.review, SECOND, text="x", **known, **terms)


REFUSED: dict[str, tuple[Callable[[], object], type[Refusal], str, object]] = {
    "a day to come": (
        lambda: opening_with(as_of=date(2025, 12, 2)), refusals.RatedInTheFuture, "as_of", date(2025, 12, 2)
    ),
    "published before it opened": (
        lambda: opening_with(publish_by=date(2025, 11, 30)),
        refusals.PublicationBeforeOpening, "publish_by", date(2025, 11, 30),
    ),
    "nobody to freeze": (
        lambda: opening.freeze(opened().review, [], known_at=KNOWN, positions={}, at=at(0)),
        refusals.NothingToReview, "as_of", date(2025, 11, 30),
    ),
    "the window is over": (
        lambda: objecting(published(), at=at(8)), refusals.WindowClosed, "review", date(2025, 12, 9)
    ),
    "a stranger objects": (lambda: objecting(published(), objector="C-01"), refusals.UnknownParty, "objector", "C-01"),
    "about a stranger": (lambda: objecting(published(), about="C-01"), refusals.UnknownParty, "about", "C-01"),
    "no such figure": (
        lambda: objecting(published(), indicator="charm"), refusals.UnknownIndicator, "indicator", "charm"
    ),
    "the same again": (lambda: objecting(objected(), about="A-01"), refusals.AlreadyObjected, "objector", "A-01"),
    "six members": (lambda: panel.seat(published().review, TEN[:6], at=at(1)), refusals.PanelSize, "members", 6),
    "twenty-six members": (
        lambda: panel.seat(published().review, [f"p-{n}" for n in range(26)], at=at(1)),
        refusals.PanelSize, "members", 26,
    ),
    "a member twice": (
        lambda: panel.seat(published().review, [*TEN, "p-3"], at=at(1)), refusals.MemberTwice, "members", "p-3"
    ),
    "another committee in mid-vote": (
        lambda: panel.seat(voted(7, 1).review, TEN, at=at(3)), refusals.VoteUnderWay, "members", FIRST
    ),
    "no such objection": (
        lambda: panel.decide(objected().review, SECOND, posts={}, at=at(3)),
        refusals.UnknownObjection, "objection", SECOND,
    ),
    "not on the committee": (
        lambda: panel.vote(objected().review, FIRST, "p-8", PanelVote.UPHOLD, posts=(), at=at(3)),
        refusals.NotAMember, "member", "p-8",
    ),
    "a second vote": (
        lambda: panel.vote(voted(7, 1).review, FIRST, "p-1", PanelVote.DISMISS, posts=(), at=at(3)),
        refusals.AlreadyVoted, "member", "p-1",
    ),
    "recused after voting": (
        lambda: panel.recuse(voted(7, 1).review, FIRST, "p-1", RecusalReason.INTEREST, at=at(3)),
        refusals.AlreadyVoted, "member", "p-1",
    ),
    "decided twice": (
        lambda: panel.decide(decided().review, FIRST, posts={}, at=at(5)), refusals.ObjectionClosed, "objection", FIRST
    ),
    "sent undecided": (
        lambda: objections.send_decision(objected().review, FIRST, at=at(3)), refusals.NotDecided, "objection", FIRST
    ),
    "sent twice": (
        lambda: objections.send_decision(sent().review, FIRST, at=at(6)), refusals.AlreadySent, "objection", FIRST
    ),
    "revised undecided": (
        lambda: closing.admissible(voted(7, 1).review, FIRST, facts(), []), refusals.NotDecided, "objection", FIRST
    ),
    "revised though dismissed": (
        lambda: closing.admissible(decided(upheld=False).review, FIRST, facts(), []),
        refusals.NotUpheld, "objection", FIRST,
    ),
    "revised twice": (
        lambda: closing.admissible(revised().review, FIRST, facts(), []), refusals.AlreadyRevised, "objection", FIRST
    ),
    "a record of before the snapshot": (
        lambda: closing.admissible(sent().review, FIRST, facts(), [facts()[0].id]),
        refusals.NotARecordToAdmit, "admitted", facts()[0].id,
    ),
    "revised by nothing": (
        lambda: closing.admissible(sent().review, FIRST, facts(), []), refusals.NothingToAdmit, "admitted", []
    ),
    "put right by itself": (
        lambda: closing.admissible(sent().review, FIRST, facts(), [], FIRST),
        refusals.NotPutRight, "put_right_by", FIRST,
    ),
    "ratings that moved": (
        lambda: closing.assign(confirmed().review, frozen().standings(), hubei(), at=at(9)),
        refusals.RatingsMoved, "review", frozen().review.hash,
    ),
    "confirmed on the last day for objections": (
        lambda: closing.confirm(revised().review, at=at(7, 23)), refusals.WindowOpen, "review", date(2025, 12, 8)
    ),
    "a sanction though dismissed": (
        lambda: closing.sanction(sent(upheld=False).review, FIRST, ReviewSanction.WARNING, None, at=at(6)),
        refusals.NotUpheld, "objection", FIRST,
    ),
    "a rectification without an end": (
        lambda: closing.sanction(sent().review, FIRST, ReviewSanction.RECTIFICATION, None, at=at(6)),
        refusals.WrongTerm, "until", None,
    ),
    "a rectification that ends today": (
        lambda: closing.sanction(sent().review, FIRST, ReviewSanction.RECTIFICATION, date(2025, 12, 7), at=at(6)),
        refusals.WrongTerm, "until", date(2025, 12, 7),
    ),
    "a warning with an end": (
        lambda: closing.sanction(sent().review, FIRST, ReviewSanction.WARNING, date(2026, 6, 7), at=at(6)),
        refusals.WrongTerm, "until", date(2026, 6, 7),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_refused_with_its_field_and_value(case: str) -> None:
    act, kind, field, value = REFUSED[case]

    with pytest.raises(kind) as refused:
        act()

    assert (refused.value.field, refused.value.value) == (field, value)
    assert refused.value.explained("zh") != refused.value.explained("en")


@pytest.mark.parametrize(
    ("story", "pending"),
    [(objected, "undecided"), (decided, "unsent"), (sent, "unrevised")],
)
def test_results_are_confirmed_when_every_objection_is_dealt_with(story: Callable[[], Story], pending: str) -> None:
    with pytest.raises(refusals.ObjectionsPending) as refused:
        closing.confirm(story().review, at=at(8))

    assert refused.value.values[pending] == [FIRST]


def test_a_dismissed_objection_needs_no_revision() -> None:
    story = sent(upheld=False)

    assert story.then(closing.confirm(story.review, at=at(8))).review.phase is Phase.CONFIRMED


def test_the_last_day_for_objections_is_the_seventh_after_publication() -> None:
    story = published()

    assert story.review.objections_until == date(2025, 12, 8)
    assert objecting(story, at=at(7, 23))


def test_a_revision_takes_in_what_was_named_and_moves_nobody_else() -> None:
    before, after = sent(), revised()

    (revision,) = after.review.revisions
    assert revision.society == "A-01"
    assert float(revision.total_after) > float(revision.total_before)
    assert after.review.hash != before.review.hash
    totals = [{one.rating.society: one.rating.total for one in story.standings(story.review.admitted)}
              for story in (before, after)]  # fmt: skip
    assert {society for society in totals[0] if totals[0][society] != totals[1][society]} == {"A-01"}


def test_a_sanction_is_imposed_once_for_what_was_upheld() -> None:
    story = sent()
    story.then(closing.sanction(story.review, FIRST, ReviewSanction.RECTIFICATION, date(2026, 6, 7), at=at(6)))

    assert story.steps[-1].subject == "A-01"
    with pytest.raises(refusals.AlreadySanctioned):
        closing.sanction(story.review, FIRST, ReviewSanction.WARNING, None, at=at(6))


def test_publication_proposes_a_class_to_every_society_that_binds_nobody() -> None:
    story = published()
    proposed = [step for step in story.steps if isinstance(step, ClassProposed)]

    assert {step.subject: step.category for step in proposed} == dict.fromkeys(SOCIETIES, "restructure")
    assert story.review.proposed == {step.subject: step.category for step in proposed}
    assert (story.review.phase, story.review.classes) == (Phase.PUBLISHED, {})


def test_only_the_frozen_ratings_are_published() -> None:
    story = frozen()

    with pytest.raises(refusals.RatingsMoved):
        opening.publish(story.review, story.standings([facts()[-1].id]), hubei(), at=at(0, 12))


def test_every_society_gets_one_class_and_the_rule_outweighs_the_quota() -> None:
    review = assigned().review

    assert review.classes == {"A-01": "restructure", "A-02": "restructure", "B-01": "restructure"}


@pytest.mark.parametrize(
    ("left_on", "day", "binds"),
    [
        (None, date(2025, 12, 3), True),
        (date(2023, 12, 4), date(2025, 12, 3), True),
        (date(2023, 12, 3), date(2025, 12, 3), False),
        (date(2024, 2, 29), date(2026, 2, 28), True),
        (date(2024, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_a_post_binds_until_two_years_after_it_was_left(left_on: date | None, day: date, binds: bool) -> None:
    assert Post("A-01", left_on).binds(day) is binds


@pytest.mark.parametrize(("society", "kept_out"), [("A-01", True), ("A-02", True), ("B-01", False)])
def test_a_post_in_either_party_keeps_a_member_out(society: str, kept_out: bool) -> None:
    review = objected(objector="A-02", about="A-01").review
    posts = [Post(society, None)]

    if not kept_out:
        assert panel.vote(review, FIRST, "p-1", PanelVote.UPHOLD, posts=posts, at=at(2))
        return
    with pytest.raises(refusals.MustRecuse) as refused:
        panel.vote(review, FIRST, "p-1", PanelVote.UPHOLD, posts=posts, at=at(2))
    assert refused.value.values["society"] == society


def test_a_recusal_that_nobody_recorded_is_recorded_with_the_decision() -> None:
    story = voted(7, uphold=4, dismiss=1)
    steps = panel.decide(story.review, FIRST, posts={"p-7": [Post("A-01", date(2025, 1, 1))]}, at=at(4))

    decision = story.then(*steps).review.objections[FIRST].decision
    assert decision is not None
    assert story.review.objections[FIRST].recused == {"p-7": RecusalReason.FORMER_POST}
    assert (decision.members, decision.present, decision.recused) == (7, 5, 1)


def test_a_recused_member_does_not_vote() -> None:
    story = objected()
    story.then(panel.recuse(story.review, FIRST, "p-2", RecusalReason.INTEREST, at=at(2)))

    with pytest.raises(refusals.AlreadyRecused):
        panel.vote(story.review, FIRST, "p-2", PanelVote.UPHOLD, posts=(), at=at(2))
    with pytest.raises(refusals.AlreadyRecused):
        panel.recuse(story.review, FIRST, "p-2", RecusalReason.OTHER, at=at(2))
