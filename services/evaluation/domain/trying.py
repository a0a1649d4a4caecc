"""Trying a policy on the examples of its own file: what each expects, and what comes of it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from contracts.calendar import instant, midnight
from contracts.evaluation import AssessmentRecorded
from services.evaluation.domain.examples import NONE, UNKNOWN, Example, Given, OfIndicator
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Finding, Findings
from services.evaluation.domain.folds import Value
from services.evaluation.domain.ledger import SocietyLedger
from services.evaluation.domain.points import UNITS, decimal_text, half_up, number_of, number_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.rating import grade_of
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.texts import Sentence, Text

SOCIETY = "EXAMPLE"


class Compared(NamedTuple):
    """One thing that an example expects: its path in `expected`, what people call it, what must come and what came.

    `arithmetic` says of an indicator how it came to its points, as far as anything is decided.
    """

    path: str
    title: Text | None
    expected: str
    got: str
    arithmetic: Sentence | None = None

    @property
    def passed(self) -> bool:
        """Whether it came out as expected."""
        return self.expected == self.got


class Tried(NamedTuple):
    """An example as it came out: which of the file it is, from 1, the day it was rated on, all that it expects."""

    number: int
    title: Text | None
    as_of: date
    compared: tuple[Compared, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return all(one.passed for one in self.compared)


def try_examples(policy: Policy, on: date) -> list[Tried]:
    """Every example of the policy; one that names no day is rated on the one given."""
    return [
        Tried(number, one.title, one.as_of or on, tuple(_compared(policy, one, one.as_of or on)))
        for number, one in enumerate(policy.spec.examples, start=1)
    ]


def _compared(policy: Policy, example: Example, as_of: date) -> Iterator[Compared]:
    came, expected = _Came(policy, example.given, as_of), example.expected
    for name, wanted in expected.indicators.items():
        yield from came.indicator(name, wanted)
    for name, value in expected.measures.items():
        yield Compared(f"measures.{name}", policy.titles[name], _shown(value), _shown(came.values[name]))
    for key, points in (("total", expected.total), ("max", expected.full)):
        if points is not None:
            yield Compared(key, None, decimal_text(points), decimal_text(came.points[key]))
    if expected.completeness is not None:
        yield Compared("completeness", None, number_text(expected.completeness), came.completeness)
    words = {"grade": came.grade, "profile": came.profile, "peer_group": came.peer_group}
    for key, word in words.items():
        if getattr(expected, key) is not None:
            yield Compared(key, None, getattr(expected, key), word)
    for key, names in (("vetoes", came.findings.judgement.vetoes), ("ineligible", came.findings.judgement.ineligible)):
        if getattr(expected, key) is not None:
            yield Compared(key, None, _listed(getattr(expected, key)), _listed(names))


class _Came:
    """What a policy makes of what an example gives."""

    def __init__(self, policy: Policy, given: Given, as_of: date) -> None:
        self.policy = policy
        ledger = SocietyLedger.of(policy, SOCIETY, facts_of(given, as_of))
        self.values = dict(ledger.values(as_of))
        if given.measures:
            self.values |= {name: _known(value) for name, value in given.measures.items()}
            for name, figure in policy.figures.items():
                self.values[name] = figure.value(self.values)
        self.findings = Findings(policy)
        self.findings.follow(list(self.values), self.values)
        self.points = {"total": self.findings.total, "max": self.findings.applicable}
        profile = ledger.profile(as_of)
        self.peer_group = policy.peer_group(profile[1], self.values) if profile else NONE

    @property
    def completeness(self) -> str:
        """The part of the points that could be told."""
        applicable = self.findings.applicable
        return decimal_text(half_up(self.findings.known * UNITS, applicable)) if applicable else "1"

    @property
    def grade(self) -> str:
        """The grade; none where it is barred or below every one."""
        judged, found = self.findings.judgement, self.findings
        if judged.ineligible:
            return NONE
        return grade_of(self.policy, found.total, found.applicable, judged.vetoes) or NONE

    @property
    def profile(self) -> str:
        """The profile under which it was rated."""
        profile = self.findings.judgement.profile
        return NONE if profile is None else profile.id

    def indicator(self, name: str, wanted: OfIndicator) -> Iterator[Compared]:
        """What is expected of an indicator beside what it came to."""
        place = next(place for place, one in enumerate(self.policy.indicators) if one.id == name)
        title, finding = self.policy.indicators[place].title, self.findings.all[place]
        came = {"points": decimal_text(finding.points), "open": decimal_text(finding.open)}
        came["outcome"] = finding.outcome.value
        asked = {"outcome": wanted.outcome and wanted.outcome.value}
        asked |= {key: None if (units := getattr(wanted, key)) is None else decimal_text(units) for key in _IN_UNITS}
        for key in ("points", "open", "outcome"):
            expected = asked[key]
            if expected is not None:
                path = f"indicators.{name}" + ("" if key == "points" else f".{key}")
                yield Compared(path, title, expected, came[key], self._arithmetic(place, finding))

    def _arithmetic(self, place: int, finding: Finding) -> Sentence | None:
        if finding.outcome is Outcome.NOT_APPLICABLE or finding.undecided or finding.zeroed_by is not None:
            return None
        indicator = self.policy.indicators[place]
        return indicator.score.words(Sheet(self.values, self.policy.titles), indicator.full)


_IN_UNITS = ("points", "open")


def facts_of(given: Given, as_of: date) -> list[Fact]:
    """The records and judgements of an example as the evaluation would hear them, each recorded after those before."""
    told = [(one.event, one.on or as_of, one.fields) for one in given.records]
    for one in given.judgements:
        data = {"item": one.item, "kind": one.kind.value, "assessor": one.assessor, "concerns": None}
        data |= {"number": None if one.number is None else number_text(one.number), "word": one.word}
        told.append((AssessmentRecorded.type, one.on or as_of, data | {"holds": one.holds, "answer": one.answer}))
    return [
        Fact.make(
            id=f"example-{number:06d}",
            type=event,
            subject=SOCIETY,
            time=instant(midnight(on)),
            recorded=f"{as_of.isoformat()}T00:00:00.{number:06d}Z",
            data={name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()},
        )
        for number, (event, on, data) in enumerate(told)
    ]


def _known(value: Value) -> Value:
    return None if value == UNKNOWN else number_of(value) if not isinstance(value, str) else value


def _shown(value: Value) -> str:
    return UNKNOWN if value is None else value if isinstance(value, str) else number_text(value)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names)) or NONE
