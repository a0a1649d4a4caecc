"""What each step makes of a review."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from contracts.calendar import day_of
from contracts.evaluation import (
    ClassAssigned,
    ClassProposed,
    DecisionSent,
    MemberRecused,
    ObjectionDecided,
    ObjectionRaised,
    PanelSeated,
    ProcedureBreached,
    RatingRevised,
    ResultsConfirmed,
    ResultsPublished,
    ReviewOpened,
    ReviewSealed,
    SanctionImposed,
    SnapshotFrozen,
    TieDecided,
    VoteRecorded,
)
from contracts.evaluation.reviews import ReviewStep
from services.evaluation.domain.review.state import (
    Decision,
    GradeGiven,
    Objection,
    Phase,
    Review,
    Revision,
    Sanction,
    Snapshot,
    Terms,
    TieDecision,
)


def begun(step: ReviewStep, chain: str) -> Review:
    """The review that its opening begins.

    Raises:
        ValueError: the step is no opening.
    """
    if not isinstance(step, ReviewOpened):
        raise ValueError(f"{step.type} opens no review")  # noqa: TRY004 — a wrong history, not a wrong call
    terms = Terms(
        policy=step.policy,
        version=step.version,
        policy_hash=step.policy_hash,
        as_of=step.as_of,
        opened_on=day_of(step.happened_at),
        publish_by=step.publish_by,
        objection_days=step.objection_days,
        answer_days=step.answer_days,
    )
    return Review(step.review, steps=step.step, chain=chain, terms=terms)


def followed(review: Review, step: ReviewStep, chain: str) -> Review:
    """The review after a step that is not its first.

    Raises:
        ValueError: there is no such step at this point of a review.
        KeyError: it is about an objection that nobody raised.
    """
    if review.phase not in _WHEN.get(type(step), _ALWAYS):
        raise ValueError(f"{step.type} cannot follow: the review is {review.phase}")
    return replace(_CHANGES[type(step)](review, step), steps=step.step, chain=chain)


def _freeze(review: Review, step: SnapshotFrozen) -> Review:
    frozen_on = day_of(step.happened_at)
    return replace(review, snapshot=Snapshot(step.known_at, dict(step.positions), step.societies, step.hash, frozen_on))


def _publish(review: Review, step: ResultsPublished) -> Review:
    return replace(review, published_on=day_of(step.happened_at), objections_until=step.objections_until)


def _seat(review: Review, step: PanelSeated) -> Review:
    return replace(review, panel=step.members)


def _object(review: Review, step: ObjectionRaised) -> Review:
    raised_on = day_of(step.happened_at)
    objection = Objection(step.objection, step.objector, step.about, step.indicator, step.text_hash, raised_on)
    return replace(review, objections={**review.objections, objection.id: objection})


def _recuse(review: Review, step: MemberRecused) -> Review:
    recused = review.objections[step.objection].recused
    return _changed(review, step.objection, recused={**recused, step.member: step.reason})


def _vote(review: Review, step: VoteRecorded) -> Review:
    votes = review.objections[step.objection].votes
    return _changed(review, step.objection, votes={**votes, step.member: step.vote})


def _decide(review: Review, step: ObjectionDecided) -> Review:
    decision = Decision(
        outcome=step.outcome,
        members=step.members,
        present=step.present,
        recused=step.recused,
        uphold=step.uphold,
        dismiss=step.dismiss,
        decided_on=day_of(step.happened_at),
    )
    return _changed(review, step.objection, decision=decision)


def _send(review: Review, step: DecisionSent) -> Review:
    return _changed(review, step.objection, sent_on=day_of(step.happened_at))


def _revise(review: Review, step: RatingRevised) -> Review:
    revision = Revision(
        objection=step.objection,
        society=step.subject,
        admitted=step.admitted,
        total_before=format(step.total_before, "f"),
        max_before=format(step.max_before, "f"),
        total_after=format(step.total_after, "f"),
        max_after=format(step.max_after, "f"),
        hash=step.hash,
    )
    return replace(review, revisions=(*review.revisions, revision))


def _confirm(review: Review, step: ResultsConfirmed) -> Review:
    return replace(review, confirmed_on=day_of(step.happened_at))


def _choose(review: Review, step: TieDecided) -> Review:
    decided = TieDecision(step.category, step.chosen, step.hash, day_of(step.happened_at))
    return replace(review, ties=(*review.ties, decided))


def _propose(review: Review, step: ClassProposed) -> Review:
    return replace(review, proposed={**review.proposed, step.subject: step.category})


def _assign(review: Review, step: ClassAssigned) -> Review:
    classes = {**review.classes, step.subject: step.category}
    if step.grade is None:
        return replace(review, classes=classes)
    given = GradeGiven(step.grade, step.valid_from, step.valid_until)
    return replace(review, classes=classes, grades={**review.grades, step.subject: given})


def _sanction(review: Review, step: SanctionImposed) -> Review:
    return _changed(review, step.objection, sanction=Sanction(step.sanction, step.until, day_of(step.happened_at)))


def _breach(review: Review, step: ProcedureBreached) -> Review:
    return replace(review, breaches={**review.breaches, (step.duty, step.objection): step.due_on})


def _seal(review: Review, step: ReviewSealed) -> Review:
    return replace(review, sealed_on=day_of(step.happened_at))


def _changed(review: Review, objection: str, **changes: Any) -> Review:
    changed = replace(review.objections[objection], **changes)
    return replace(review, objections={**review.objections, objection: changed})


_ALWAYS = frozenset(Phase)
_PUBLISHED = frozenset({Phase.PUBLISHED})
_WHEN: Mapping[type[ReviewStep], frozenset[Phase]] = {
    SnapshotFrozen: frozenset({Phase.OPENED}),
    ResultsPublished: frozenset({Phase.FROZEN}),
    PanelSeated: frozenset({Phase.OPENED, Phase.FROZEN, Phase.PUBLISHED}),
    **dict.fromkeys((ObjectionRaised, MemberRecused, VoteRecorded, ObjectionDecided, DecisionSent), _PUBLISHED),
    **dict.fromkeys((RatingRevised, ClassProposed, ResultsConfirmed), _PUBLISHED),
    ClassAssigned: frozenset({Phase.CONFIRMED}),
    SanctionImposed: frozenset({Phase.PUBLISHED, Phase.CONFIRMED, Phase.ASSIGNED}),
    ReviewSealed: frozenset({Phase.ASSIGNED}),
    ReviewOpened: frozenset(),
}
_CHANGES: Mapping[type[ReviewStep], Callable[[Review, Any], Review]] = {
    SnapshotFrozen: _freeze,
    ResultsPublished: _publish,
    PanelSeated: _seat,
    ObjectionRaised: _object,
    MemberRecused: _recuse,
    VoteRecorded: _vote,
    ObjectionDecided: _decide,
    DecisionSent: _send,
    RatingRevised: _revise,
    ResultsConfirmed: _confirm,
    TieDecided: _choose,
    ClassProposed: _propose,
    ClassAssigned: _assign,
    SanctionImposed: _sanction,
    ProcedureBreached: _breach,
    ReviewSealed: _seal,
}
