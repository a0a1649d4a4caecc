"""Objecting to published figures (异议), one's own or another society's."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from contracts.calendar import day_of
from contracts.evaluation import DecisionSent, ObjectionRaised
from services.evaluation.domain.review.file import write
from services.evaluation.domain.review.phases import expect, objection_of
from services.evaluation.domain.review.refusals import (
    AlreadyObjected,
    AlreadySent,
    NotDecided,
    UnknownIndicator,
    UnknownParty,
    WindowClosed,
)
from services.evaluation.domain.review.state import Phase, Review


def raise_objection(
    review: Review,
    id_: str,
    *,
    objector: str,
    about: str,
    indicator: str | None,
    text: str,
    societies: Collection[str],
    indicators: Collection[str],
    at: datetime,
) -> ObjectionRaised:
    """A society objects, in writing, while the results are published (order 39, art. 20); the text stays here.

    `societies` are those in the results, `indicators` those of the policy.

    Raises:
        WrongPhase: the results are not published, or confirmed already.
        WindowClosed: the last day for objections has passed.
        UnknownParty, UnknownIndicator: there is no such society or figure.
        AlreadyObjected: the same objection is not decided yet.
    """
    expect(review, Phase.PUBLISHED)
    until = review.objections_until
    if until is not None and day_of(at) > until:
        raise WindowClosed(field="review", value=day_of(at), until=until)
    for field, society in (("objector", objector), ("about", about)):
        if society not in societies:
            raise UnknownParty(field=field, value=society)
    if indicator is not None and indicator not in indicators:
        raise UnknownIndicator(field="indicator", value=indicator, known=sorted(indicators))
    for one in review.objections.values():
        if (one.objector, one.about, one.indicator) == (objector, about, indicator) and one.decision is None:
            raise AlreadyObjected(field="objector", value=objector, objection=one.id, clashes_with=one.id)
    return write(
        review,
        ObjectionRaised,
        at,
        objection=id_,
        objector=objector,
        about=about,
        indicator=indicator,
        text_hash=text_hash(text),
    )


def send_decision(review: Review, objection: str, *, at: datetime) -> DecisionSent:
    """The decision goes to the objector (送达); it is due within 15 days of being made.

    Raises:
        WrongPhase, UnknownObjection: there is nothing to send.
        NotDecided, AlreadySent: not yet, or not again.
    """
    expect(review, Phase.PUBLISHED)
    one = objection_of(review, objection)
    if one.decision is None:
        raise NotDecided(field="objection", value=objection)
    if one.sent_on is not None:
        raise AlreadySent(field="objection", value=objection, sent_on=one.sent_on)
    return write(review, DecisionSent, at, objection=objection)


def text_hash(text: str) -> str:
    """What seals the text of an objection."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
