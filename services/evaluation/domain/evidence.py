"""Which facts made a measure what it is, and which did not count, and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from chassis.language import N_
from services.evaluation.domain.amendments import Amendments
from services.evaluation.domain.explanation import Evidence, SetAside
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.folds.compared import Compared, Held, Seen
from services.evaluation.domain.folds.extremes import Best
from services.evaluation.domain.folds.records import DaysUntil, Latest
from services.evaluation.domain.points import exact
from services.evaluation.domain.sheet import Wording
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.turned_away import is_candidate, is_filtered, refused
from services.evaluation.domain.windows import BEGINNING, Span, span_of

_REASONS = {
    "withdrawn": N_("The record was withdrawn"),
    "corrected": N_("The record was corrected; the correction stands in its place"),
    "out-of-window": N_("It happened before {first}, where the window begins"),
    "after-as-of": N_("It happened after {last}, the day asked about"),
    "after-window": N_("It happened after {final}, where the window ends"),
    "superseded": N_("A later record decides"),
    "preceded": N_("An earlier record decides"),
    "bettered": N_("A better record decides"),
    "repeated": N_("What it tells of is counted already"),
    "trimmed": N_("It is among the highest or the lowest, which are left out"),
}
_PLAIN = Wording()
_REFUSED = "refused"
_KEPT = Seen(None, [])
_FEW = 5
"""How many of the records that a filter keeps out are named; most are of another kind, and nobody looks for them."""


class History:
    """A society's facts, each once, newest first, and what amends them."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """The facts come in any order, told any number of times."""
        once = {fact.id: fact for fact in facts}
        self.amendments = Amendments(once.values())
        self._by_type: dict[str, list[Fact]] = {}
        for fact in sorted(once.values(), key=_order, reverse=True):
            self._by_type.setdefault(fact.type, []).append(fact)

    def of(self, types: Sequence[str]) -> Sequence[Fact]:
        """The facts of some types, newest first."""
        if len(types) == 1:
            return self._by_type.get(types[0], [])
        found = chain.from_iterable(self._by_type.get(each, ()) for each in types)
        return sorted(found, key=_order, reverse=True)


class Sifted(NamedTuple):
    """The facts of one measure, newest first: those that made its value, those set aside, and how many more."""

    evidence: list[Evidence]
    set_aside: list[SetAside]
    more: int


class _Put(NamedTuple):
    fact: Fact
    code: str
    by: str | None = None
    reason: Sentence | None = None


def sift(  # noqa: PLR0917 — what is gone through, and how it is said
    history: History, name: str, fold: Fold, last: int, cap: int, wording: Wording = _PLAIN, held: Held | None = None
) -> Sifted:
    """Goes through the history as the fold does, and keeps what became of every fact that is its business.

    Named are the newest that were set aside, `cap` at most, and after them a few that a filter keeps out.
    """
    first, final = span_of(fold.window, last)
    where, _ = fold.filters
    readers = {event: fold.reader(event) for _, event in fold.events_at()}
    inside: list[tuple[Fact, Any]] = []
    aside: list[_Put] = []
    filtered: list[_Put] = []
    against: dict[str, Seen] = {}
    for fact in history.of(tuple(readers)):
        reader, standing = readers[fact.type], history.amendments.standing(fact)
        amended = standing is not fact and reader(fact) is not None
        if amended:
            aside.append(_amended(history, fact))
        if standing is None:
            continue
        entry, named = reader(standing), _under_its_correction(history, standing)
        seen = _KEPT
        if held is not None and isinstance(entry, Compared):
            seen, entry = held.seen(fold.compared, entry, standing.day), entry.entry
        if entry is None:
            if not amended and is_candidate(where, standing):
                (filtered if is_filtered(where, standing.data) else aside).append(_Put(named, _REFUSED))
        elif first <= standing.day <= final:
            if seen.code is None:
                inside.append((named, entry))
                against[named.id] = seen
            else:
                aside.append(_Put(named, seen.code, reason=seen.said[0]))
        else:
            aside.append(_Put(named, _where_it_lies(standing.day, final, last)))
    outdone = fold.outdone(inside)
    aside += [_Put(fact, *outdone[fact.id]) for fact, _ in inside if fact.id in outdone]
    aside.sort(key=lambda put: _order(put.fact), reverse=True)
    words = _Words(name, fold, (first, final), last, wording)
    return Sifted(
        [words.evidence(fact, entry, against[fact.id]) for fact, entry in inside if fact.id not in outdone],
        [words.of(put) for put in (*aside[:cap], *filtered[:_FEW])],
        max(0, len(aside) - cap) + max(0, len(filtered) - _FEW),
    )


class _Words:
    """Says of one measure what a fact contributed to it, or why it is set aside."""

    def __init__(self, name: str, fold: Fold, span: Span, last: int, wording: Wording) -> None:
        self._name, self._fold, self._filters, self._wording = name, fold, fold.filters, wording
        self._speaks = isinstance(fold, Best | Latest) and not isinstance(fold, DaysUntil)
        days = {"first": span[0], "final": span[1], "last": last}
        self._days = {key: date.fromordinal(max(day, BEGINNING)).isoformat() for key, day in days.items()}

    def evidence(self, fact: Fact, entry: Any, seen: Seen) -> Evidence:
        shown, against = self._fold.shown(entry), tuple(seen.said)
        if not self._speaks or not isinstance(shown, str) or exact(shown) is not None:
            return Evidence(fact, self._name, shown, against=against)
        said = self._wording.word(shown, listed=self._name in self._wording.listed)
        return Evidence(fact, self._name, shown, said, against)

    def of(self, put: _Put) -> SetAside:
        fact, code, by, reason = put
        if reason is not None:
            return SetAside(fact, (self._name,), code, reason, by)
        if code == _REFUSED:
            code, reason = refused(*self._filters, fact, self._wording)
        else:
            template = _REASONS[code]
            reason = Sentence.of(template, **{key: day for key, day in self._days.items() if f"{{{key}}}" in template})
        return SetAside(fact, (self._name,), code, reason, by)


def _where_it_lies(day: int, final: int, last: int) -> str:
    return "after-as-of" if day > last else "after-window" if day > final else "out-of-window"


def _under_its_correction(history: History, standing: Fact) -> Fact:
    correction = history.amendments.correction(standing.id)
    return standing if correction is None else standing._replace(id=correction.id, recorded=correction.recorded)


def _amended(history: History, fact: Fact) -> _Put:
    withdrawal = history.amendments.withdrawal(fact.id)
    by = withdrawal or history.amendments.correction(fact.id)
    return _Put(fact, "withdrawn" if withdrawal else "corrected", by.id if by else None)


def _order(fact: Fact) -> tuple[int, str, str, str]:
    return fact.day, fact.time, fact.recorded, fact.id
