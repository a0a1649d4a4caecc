"""Records held against a measure of their day: in any order, the value is that of the definition."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.evaluation.domain import Book, Fact, Policy, SocietyLedger
from tests.unit.evaluation.histories import SOCIETY, corrected, told, withdrawn
from tests.unit.evaluation.little import indicator, policy

MEETING, ADMITTED, ENDED = "membership.meeting-held", "membership.members-admitted", "membership.members-ended"
HALF = Fraction(1, 2)
FIRST = date(2018, 1, 1)
DAYS = st.integers(0, 12).map(lambda days: FIRST + timedelta(days))
MEMBERS = {"fold": "sum", "plus": {f"{ADMITTED}.v1": "count"}, "minus": {f"{ENDED}.v1": "count"}}
GOOD = {
    "events": [f"{MEETING}.v1"],
    "compared": {"present": {"at_least": "50%", "of": "members"}},
    "window": {"days": 6},
}
MEASURES: dict[str, Any] = {
    "good": {"fold": "count", **GOOD},
    "best": {"fold": "maximum", "field": "present", **GOOD},
    "members": MEMBERS | {"absent": "unknown"},
}
BY: Policy = policy(MEASURES, indicator({"kind": "linear", "measure": "good", "full_at": 2}))


def by_definition(facts: Iterable[Fact], as_of: date) -> dict[str, Any]:
    """The measures as the manual words them, worked out the long way round."""
    amended = {fact.data[how]: fact for how in ("withdraws", "corrects") for fact in facts if how in fact.data}
    gone = {id_ for id_, fact in amended.items() if "withdraws" in fact.data}
    real = [_right(fact, amended) for fact in facts if not {"withdraws", "corrects"} & fact.data.keys()]
    real = [fact for fact in real if fact.id not in gone]
    verdicts = [
        (_verdict(fact, real), int(fact.data["present"]))
        for fact in real
        if fact.type == f"{MEETING}.v1" and as_of - timedelta(6) < fact.on <= as_of
    ]
    unknown = any(verdict is None for verdict, _ in verdicts)
    counted = [present for verdict, present in verdicts if verdict]
    return {
        "good": None if unknown else len(counted),
        "best": None if unknown else max(counted, default=0),
        "members": _members(real, as_of),
    }


def _right(fact: Fact, amended: dict[str, Fact]) -> Fact:
    by = amended.get(fact.id)
    return fact if by is None or "withdraws" in by.data else fact._replace(day=by.day, data=by.data)


def _members(real: Sequence[Fact], day: date) -> int | None:
    found = [fact for fact in real if fact.on <= day and fact.type != f"{MEETING}.v1"]
    signed = [fact.data["count"] * (1 if fact.type == f"{ADMITTED}.v1" else -1) for fact in found]
    return sum(signed) if signed else None


def _verdict(fact: Fact, real: Sequence[Fact]) -> bool | None:
    whole = _members(real, fact.on)
    return None if whole is None or whole <= 0 else fact.data["present"] >= HALF * whole


@st.composite
def _events(draw: st.DrawFn) -> Fact:
    event, on, id_ = draw(st.sampled_from([MEETING, MEETING, ADMITTED, ENDED])), draw(DAYS), str(draw(st.uuids()))
    number = draw(st.integers(1, 8))
    if event == MEETING:
        return told(event, on, id_=id_, organ="council", entitled=8, present=number)
    return told(event, on, id_=id_, kind="individual", batch="b", count=number)


@st.composite
def _histories(draw: st.DrawFn) -> list[Fact]:
    facts = draw(st.lists(_events(), min_size=1, max_size=10, unique_by=lambda fact: fact.id))
    wrong = draw(st.lists(st.sampled_from(facts), max_size=3, unique_by=lambda fact: fact.id))
    return [*facts, *(draw(_amendments(fact)) for fact in wrong)]


@st.composite
def _amendments(draw: st.DrawFn, fact: Fact) -> Fact:
    id_ = str(draw(st.uuids()))
    if draw(st.booleans()):
        return withdrawn(fact, id_=id_)
    name = "present" if fact.type == f"{MEETING}.v1" else "count"
    return corrected(fact, on=draw(DAYS), id_=id_, **{name: draw(st.integers(1, 8))})


@settings(max_examples=200)
@given(_histories(), DAYS, st.data())
def test_any_order_comes_to_what_the_manual_says(facts: list[Fact], as_of: date, data: st.DataObject) -> None:
    order = data.draw(st.permutations([*facts, *data.draw(st.lists(st.sampled_from(facts), max_size=3))]))

    assert SocietyLedger.of(BY, SOCIETY, order).values(as_of) == by_definition(facts, as_of)


class Evaluation(RuleBasedStateMachine):
    """Events come late, twice, withdrawn and corrected, amendments before what they amend, and days turn both ways."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(BY)
        self.heard: dict[str, Fact] = {}
        self.coming: list[Fact] = []
        self.amended: set[str] = set()
        self.as_of = FIRST

    def hear(self, fact: Fact) -> None:
        """Takes a fact in as evaluation does."""
        self.heard[fact.id] = fact
        for society in self.book.fold([fact]).stale:
            self.book.refold(society, list(self.heard.values()))

    @rule(fact=_events())
    def event(self, fact: Fact) -> None:
        """Something is recorded."""
        self.hear(fact)

    @rule(fact=_events(), data=st.data())
    def late(self, fact: Fact, data: st.DataObject) -> None:
        """An amendment comes before what it amends."""
        self.amended.add(fact.id)
        self.coming.append(fact)
        self.hear(data.draw(_amendments(fact)))

    @precondition(lambda self: self.coming)
    @rule()
    def arrives(self) -> None:
        """What was amended already comes at last."""
        self.hear(self.coming.pop())

    @precondition(lambda self: self.heard)
    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        """Something comes twice."""
        self.hear(data.draw(st.sampled_from(list(self.heard.values()))))

    @rule(data=st.data())
    def amend(self, data: st.DataObject) -> None:
        """A record was wrong."""
        plain = [one for one in self.heard.values() if not {"withdraws", "corrects"} & one.data.keys()]
        right = [one for one in plain if one.id not in self.amended]
        if right:
            fact = data.draw(st.sampled_from(right))
            self.amended.add(fact.id)
            self.hear(data.draw(_amendments(fact)))

    @rule(day=DAYS)
    def look(self, day: date) -> None:
        """Another day is asked about."""
        self.as_of = day

    @invariant()
    def the_values_are_those_of_the_definition(self) -> None:
        """Step by step, from scratch, and by the definition it is the same."""
        facts = list(self.heard.values())
        wanted = by_definition(facts, self.as_of)
        if SOCIETY in self.book.ledgers:
            assert self.book.ledgers[SOCIETY].values(self.as_of) == wanted
        assert SocietyLedger.of(BY, SOCIETY, facts).values(self.as_of) == wanted


TestEvaluation = Evaluation.TestCase
TestEvaluation.settings = settings(max_examples=60, stateful_step_count=30)
