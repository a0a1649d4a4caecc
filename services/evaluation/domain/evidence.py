"""Which facts made a measure what it is, and which did not count, and why."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from chassis.language import N_
from services.evaluation.domain.amendments import Amendments
from services.evaluation.domain.explanation import Evidence, SetAside
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.windows import first_day

_REASONS = {
    "withdrawn": N_("The record was withdrawn"),
    "corrected": N_("The record was corrected; the correction stands in its place"),
    "out-of-window": N_("It happened before {first}, where the window begins"),
    "after-as-of": N_("It happened after {last}, the day asked about"),
    "superseded": N_("Another record decides"),
    "no-quorum": N_("Too few were present for it to count"),
}


class History(NamedTuple):
    """A society's facts, each once, and what amends them."""

    facts: tuple[Fact, ...]
    amendments: Amendments

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "History":
        """The history of facts in any order, told any number of times."""
        once = {fact.id: fact for fact in facts}
        ordered = sorted(once.values(), key=lambda fact: (fact.day, fact.time, fact.recorded, fact.id), reverse=True)
        return cls(tuple(ordered), Amendments(ordered))


class Sifted(NamedTuple):
    """The facts of one measure, newest first: those that made its value, and those set aside."""

    evidence: list[Evidence]
    set_aside: list[SetAside]


def sift(history: History, name: str, fold: Fold, last: int) -> Sifted:
    """Goes through the history as the fold does, and keeps what became of every fact that is its business."""
    first = first_day(fold.window, last)
    readers = {event: fold.reader(event) for _, event in fold.events_at()}
    inside: list[tuple[Fact, Any]] = []
    aside: list[SetAside] = list(_quorumless(history, name, fold))
    for fact in history.facts:
        reader = readers.get(fact.type)
        if reader is None:
            continue
        standing = history.amendments.standing(fact)
        if standing is not fact and reader(fact) is not None:
            aside.append(_amended(history, name, fact))
        entry = None if standing is None else reader(standing)
        if standing is None or entry is None:
            continue
        named = _under_its_correction(history, standing)
        if first <= standing.day <= last:
            inside.append((named, entry))
        else:
            aside.append(_outside(name, named, first, last))
    deciding = fold.deciding(inside)
    chosen = {fact.id for fact, _ in deciding}
    aside += [_aside(name, fact, "superseded") for fact, _ in inside if fact.id not in chosen]
    return Sifted([Evidence(fact, name, fold.shown(entry)) for fact, entry in deciding], aside)


def _quorumless(history: History, name: str, fold: Fold) -> Iterator[SetAside]:
    if fold.quorum is None:
        return
    anyway = fold.model_copy(update={"quorum": None})
    readers = {event: anyway.reader(event) for _, event in anyway.events_at()}
    for fact in history.facts:
        reader, standing = readers.get(fact.type), history.amendments.standing(fact)
        if reader and standing and reader(standing) is not None and not fold.quorum.keeps(standing.data):
            yield _aside(name, _under_its_correction(history, standing), "no-quorum")


def _under_its_correction(history: History, standing: Fact) -> Fact:
    correction = history.amendments.correction(standing.id)
    return standing if correction is None else standing._replace(id=correction.id, recorded=correction.recorded)


def _amended(history: History, name: str, fact: Fact) -> SetAside:
    withdrawal = history.amendments.withdrawal(fact.id)
    by = withdrawal or history.amendments.correction(fact.id)
    return _aside(name, fact, "withdrawn" if withdrawal else "corrected", by=by.id if by else None)


def _outside(name: str, fact: Fact, first: int, last: int) -> SetAside:
    from_to = {"first": fact.on.fromordinal(first).isoformat(), "last": fact.on.fromordinal(last).isoformat()}
    return _aside(name, fact, "after-as-of" if fact.day > last else "out-of-window", **from_to)


def _aside(name: str, fact: Fact, code: str, *, by: str | None = None, **values: object) -> SetAside:
    return SetAside(fact, name, code, Sentence.of(_REASONS[code], **values), by)
