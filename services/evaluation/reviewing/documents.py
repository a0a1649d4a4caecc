"""What a review tells: how it stands, its results, the notice to a society, its file."""

from collections.abc import Container, Sequence
from datetime import date
from typing import Any

from contracts.event import EventId, ReviewId
from services.evaluation.domain.review.file import digest
from services.evaluation.domain.review.reasons import Reasons
from services.evaluation.domain.review.state import Objection, Phase, Review
from services.evaluation.domain.review.timetable import timetable
from services.evaluation.store.reviews import Rows, Step

BINDING = (Phase.ASSIGNED, Phase.SEALED)


def overview(review: Review, day: date, broken_at: int | None = None) -> dict[str, Any]:
    """How a review stands on a day: terms, objections and their outcomes, what is due; nobody's vote by number.

    Of a file that is not whole only what is proven is told, and the step at which it breaks.
    """
    terms, snapshot = review.terms, review.snapshot
    return {
        "review": review.id,
        "phase": review.phase.value,
        "binding": review.phase in BINDING,
        "policy": {"id": terms.policy, "version": terms.version, "hash": terms.policy_hash},
        "as_of": terms.as_of.isoformat(),
        "known_at": snapshot.known_at if snapshot else None,
        "positions": dict(snapshot.positions) if snapshot else None,
        "societies": snapshot.societies if snapshot else None,
        "hash": review.hash,
        "opened_on": terms.opened_on.isoformat(),
        "frozen_on": _day(snapshot.frozen_on if snapshot else None),
        "published_on": _day(review.published_on),
        "objections_until": _day(review.objections_until),
        "confirmed_on": _day(review.confirmed_on),
        "sealed_on": _day(review.sealed_on),
        "objection_days": terms.objection_days,
        "answer_days": terms.answer_days,
        "panel": len(review.panel),
        "objections": [_objection(review, one) for one in review.objections.values()],
        "classes": {name: list(review.classes.values()).count(name) for name in sorted(set(review.classes.values()))},
        "timetable": timetable_of(review, day),
        "steps": review.steps,
        "chain": review.chain,
        "broken_at": broken_at,
    }


def unreadable(review: ReviewId, broken_at: int) -> dict[str, Any]:
    """What can be told of a review whose file does not even begin: which it is, and that nothing follows from it."""
    nothing = dict.fromkeys(("policy", "as_of", "known_at", "hash", "published_on", "chain"))
    told = {"review": review, "phase": "broken", "binding": False, "steps": broken_at - 1, "broken_at": broken_at}
    return told | nothing | {"objections": [], "classes": {}, "timetable": []}


def timetable_of(review: Review, day: date) -> list[dict[str, Any]]:
    """What the association owes and by when; late is what was done after its day, or is undone on a later one."""
    return [
        {
            "duty": due.duty.value,
            "objection": due.objection,
            "due_on": due.due_on.isoformat(),
            "done_on": _day(due.done_on),
            "late": due.late(day),
        }
        for due in timetable(review)
    ]


def results(review: Review, rows: Rows) -> dict[str, Any]:
    """The result list: every society with rank, points and class; the class binds once it is assigned."""
    listed = [{name: value for name, value in _classed(review, row).items() if name != "indicators"} for row in rows]
    return _head(review) | {"results": listed}


def notice(review: Review, row: dict[str, Any], why: Reasons) -> dict[str, Any]:
    """The notice to one society: its result and why, the objections it raised or met, what followed."""
    concerned = [one for one in review.objections.values() if row["society"] in one.parties]
    return _head(review) | {
        "result": _classed(review, row) | _valid(review, row["society"]),
        "reasons": why.as_json(),
        "objections": [_objection(review, one) for one in concerned],
    }


def _valid(review: Review, society: str) -> dict[str, Any]:
    """The days on which the grade that a review gave is valid."""
    given = review.grades.get(society)
    return {
        "valid_from": _day(given.valid_from if given else None),
        "valid_until": _day(given.valid_until if given else None),
    }


def file(review: Review, kept: Sequence[Step], imported: Container[EventId]) -> dict[str, Any]:
    """The whole file: every step as it was said, whether it was imported, and the digest that seals it."""
    return {
        "review": review.id,
        "phase": review.phase.value,
        "chain": review.chain,
        "steps": [
            {
                "step": one.step.step,
                "event": one.event,
                "imported": one.event in imported,
                "type": one.step.type,
                "subject": one.step.subject,
                "happened_at": one.step.happened_at.isoformat(),
                "data": one.step.data(),
                "digest": digest(one.step),
            }
            for one in kept
        ],
    }


def _classed(review: Review, row: dict[str, Any]) -> dict[str, Any]:
    """A row with the class that the review assigned, or would."""
    assigned = review.classes.get(row["society"], row["range"])
    return {name: value for name, value in row.items() if name != "range"} | {"class": assigned}


def _head(review: Review) -> dict[str, Any]:
    terms, snapshot = review.terms, review.snapshot
    return {
        "review": review.id,
        "phase": review.phase.value,
        "binding": review.phase in BINDING,
        "policy": {"id": terms.policy, "version": terms.version},
        "as_of": terms.as_of.isoformat(),
        "known_at": snapshot.known_at if snapshot else None,
        "published_on": _day(review.published_on),
        "objections_until": _day(review.objections_until),
        "confirmed_on": _day(review.confirmed_on),
        "sealed_on": _day(review.sealed_on),
        "hash": review.hash,
        "chain": review.chain,
        "steps": review.steps,
    }


def _objection(review: Review, one: Objection) -> dict[str, Any]:
    decision, sanction = one.decision, one.sanction
    revision = next((each for each in review.revisions if each.objection == one.id), None)
    return {
        "objection": one.id,
        "number": review.number(one.id),
        "objector": one.objector,
        "about": one.about,
        "indicator": one.indicator,
        "raised_on": one.raised_on.isoformat(),
        "outcome": decision.outcome.value if decision else None,
        "decided_on": _day(decision.decided_on if decision else None),
        "members": decision.members if decision else None,
        "present": decision.present if decision else None,
        "recused": decision.recused if decision else None,
        "uphold": decision.uphold if decision else None,
        "dismiss": decision.dismiss if decision else None,
        "sent_on": _day(one.sent_on),
        "revision": revision
        and {
            "admitted": list(revision.admitted),
            "put_right_by": [
                {"objection": each, "number": review.number(each)} for each in review.put_right_by(revision)
            ],
            "before": {"total": revision.total_before, "max": revision.max_before},
            "after": {"total": revision.total_after, "max": revision.max_after},
            "hash": revision.hash,
        },
        "sanction": sanction and {"sanction": sanction.sanction.value, "until": _day(sanction.until)},
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
