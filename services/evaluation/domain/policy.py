"""A policy ready for use: checked, frozen, and wired from events to measures to indicators."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from services.evaluation.domain.conditions import Condition, mentions
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.marked_yaml import Document, Unreadable, read, without_tags
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.problems import PolicyError, PolicyRefused, mistakes, placed
from services.evaluation.domain.proofreading import Proof, flaws
from services.evaluation.domain.routes import Route, routes_to
from services.evaluation.domain.salvage import salvage
from services.evaluation.domain.spec import (
    Classes,
    Grade,
    Indicator,
    Period,
    PolicySpec,
    SocietySource,
    Source,
    Ties,
    Veto,
)
from services.evaluation.domain.texts import Text
from services.evaluation.domain.vocabulary import Vocabulary, published
from services.evaluation.domain.windows import first_day


@dataclass(frozen=True)
class Policy:
    """An evaluation policy (评价办法). Everything derived is derived once; nothing in it ever changes."""

    spec: PolicySpec
    text: str

    @property
    def id(self) -> str:
        """Its identifier, in every version the same."""
        return self.spec.id

    @property
    def version(self) -> str:
        """Its version, a text."""
        return self.spec.version

    @property
    def title(self) -> Text:
        """What people call it."""
        return self.spec.title

    @property
    def source(self) -> Source:
        """The document it puts into rules (政策依据)."""
        return self.spec.source

    @property
    def full(self) -> int:
        """Full marks, in units of 1/10000 point."""
        return self.spec.full

    @property
    def in_force(self) -> Period:
        """When it is in force (施行日期)."""
        return self.spec.in_force

    @property
    def society(self) -> SocietySource:
        """How a society comes on the books."""
        return self.spec.society

    @property
    def groups(self) -> Mapping[str, Text]:
        """The groups of indicators."""
        return self.spec.groups

    @property
    def measures(self) -> Mapping[str, Fold]:
        """The measures by name."""
        return self.spec.measures

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators, in the order of the file."""
        return self.spec.indicators

    @property
    def vetoes(self) -> tuple[Veto, ...]:
        """The vetoes, in the order of the file."""
        return self.spec.vetoes

    @property
    def classes(self) -> Classes:
        """The classes of 分类管理."""
        return self.spec.classes

    @property
    def ties(self) -> Ties:
        """Who goes first among equals."""
        return self.spec.ties

    @cached_property
    def grades(self) -> tuple[Grade, ...]:
        """The grades, best first."""
        return tuple(sorted(self.spec.grades, key=lambda grade: -grade.at_least))

    @cached_property
    def grade_caps(self) -> Mapping[str, int]:
        """For each veto the place of the best grade it leaves, best first."""
        places = {grade.id: place for place, grade in enumerate(self.grades)}
        return {veto.id: places[veto.caps.grade] if veto.caps.grade else 0 for veto in self.vetoes}

    @cached_property
    def titles(self) -> Mapping[str, Text]:
        """What people call the measures."""
        return {name: fold.title for name, fold in self.measures.items()}

    @cached_property
    def order(self) -> tuple[tuple[str, Fold], ...]:
        """The measures with their names, by the place that routes give."""
        return tuple(self.measures.items())

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """The dispatch table: an event that nobody measures costs one look into it."""
        return routes_to(dict(self.order))

    @cached_property
    def first_days(self) -> Callable[[int], tuple[int, ...]]:
        """From the ordinal of a day to the first days that the measures look at when asked about it."""
        windows = [fold.window for _, fold in self.order]
        return lru_cache(maxsize=64)(lambda last: tuple(first_day(window, last) for window in windows))

    @cached_property
    def affected(self) -> Mapping[str, tuple[int, ...]]:
        """For each measure the indicators that look at it, by their places."""
        looks: dict[str, set[int]] = {name: set() for name in self.measures}
        for place, indicator in enumerate(self.indicators):
            for name in measures_of(indicator):
                looks[name].add(place)
        return MappingProxyType({name: tuple(sorted(places)) for name, places in looks.items()})

    @cached_property
    def decisive(self) -> frozenset[str]:
        """The measures that vetoes and the rule of restructuring look at."""
        rule = () if self.classes.rule is None else measures_in(self.classes.rule.when)
        return frozenset([*rule, *(name for veto in self.vetoes for name in measures_in(veto.when))])

    @cached_property
    def listens_to(self) -> frozenset[str]:
        """The types of events that can change a rating, those that withdraw or correct apart."""
        return frozenset({*self.routes, self.society.event})

    @cached_property
    def hash(self) -> str:
        """Digest of the text, ``sha256:…``."""
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.in_force.covers(day)

    def as_json(self) -> dict[str, Any]:
        """The whole policy as a document, points as decimal texts."""
        document: dict[str, Any] = read(self.text).value
        return {**_plain(document), "points": decimal_text(self.full), "hash": self.hash}


def measures_of(indicator: Indicator) -> list[str]:
    """The measures an indicator looks at, each once, in the order it names them."""
    named = [mention.measure for mention in indicator.score.mentions()]
    if indicator.applies_when is not None:
        named += measures_in(indicator.applies_when)
    return list(dict.fromkeys(named))


def measures_in(condition: Condition) -> list[str]:
    """The measures a condition looks at."""
    return [mention.measure for mention in mentions(condition)]


def check_policy(text: str, vocabulary: Vocabulary | None = None) -> Policy | list[PolicyError]:
    """The policy that a text of YAML is, or everything that is wrong with it, by line.

    Names are looked up among the published events unless another vocabulary is given.
    """
    try:
        document = read(text)
    except Unreadable as unreadable:
        return [PolicyError(".".join(map(str, slip.path)), slip.line, slip.sentence) for slip in unreadable.slips]
    try:
        spec = PolicySpec.model_validate(document.value)
    except ValidationError as error:
        return _by_line([*mistakes(document, error), *_rest(document, error, vocabulary or published())])
    found = [placed(document, flaw.path, flaw.sentence) for flaw in flaws(Proof(spec, vocabulary or published()))]
    return _by_line(found) or Policy(spec, text)


def load_policy(text: str) -> Policy:
    """The policy that a text is.

    Raises:
        PolicyRefused: with everything that is wrong with it.
    """
    checked = check_policy(text)
    if isinstance(checked, list):
        raise PolicyRefused(checked)
    return checked


def _rest(document: Document, error: ValidationError, vocabulary: Vocabulary) -> list[PolicyError]:
    """What else is wrong, as far as it can be told."""
    salvaged = salvage(document.value, error, without_tags)
    if salvaged is None:
        return []
    found = [flaw for flaw in flaws(Proof(salvaged.spec, vocabulary)) if salvaged.concerns(flaw)]
    return [placed(document, flaw.path, flaw.sentence) for flaw in found]


def _by_line(errors: list[PolicyError]) -> list[PolicyError]:
    return sorted(dict.fromkeys(errors), key=lambda error: (error.line, error.path))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
