"""A policy ready for use: checked, frozen, and wired from events to measures to indicators."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from services.evaluation.domain.classing import Classes, Ties
from services.evaluation.domain.clocks import Clock
from services.evaluation.domain.clocks.docket import types_of
from services.evaluation.domain.clocks.standing import Standing
from services.evaluation.domain.conditions import Condition, mentions
from services.evaluation.domain.derived import Figure, in_order
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.marked_yaml import read
from services.evaluation.domain.mentioned import counting_false, false_answers, measures_in, measures_of, mentions_of
from services.evaluation.domain.points import Number, decimal_text, whole_or_exact
from services.evaluation.domain.profiles import full_under, fulls_under
from services.evaluation.domain.routes import Route, routes_to
from services.evaluation.domain.sections import Sections, in_points, with_all_within
from services.evaluation.domain.shapes import Shape, bilingual
from services.evaluation.domain.sheet import Values, numbers
from services.evaluation.domain.spec import (
    Grade,
    Group,
    Indicator,
    Period,
    PolicySpec,
    SizeClass,
    SocietySource,
    Source,
    Veto,
    Zeroed,
)
from services.evaluation.domain.texts import Text
from services.evaluation.domain.windows import Span, span_of


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
    def groups(self) -> Mapping[str, Group]:
        """The groups of indicators, which may lie within one another."""
        return self.spec.groups

    @cached_property
    def measures(self) -> Mapping[str, Fold]:
        """The measures by name, with those that count the false answers of each indicator."""
        if self.spec.falsity is None:
            return self.spec.measures
        return {**self.spec.measures, **{false_answers(one): counting_false(one) for one in self.spec.indicators}}

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures by name, each after those it looks at."""
        declared = self.spec.figures
        return {name: declared[name] for name in in_order(declared)}

    @cached_property
    def looks_at(self) -> Mapping[str, frozenset[str]]:
        """For each figure what it looks at, measures and figures."""
        return {name: frozenset(told.measure for told in one.mentions()) for name, one in self.figures.items()}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators in the order of the file, each with its points, also where the file gives a weight."""
        fulls = Sections(self.spec).fulls()
        return tuple(one.model_copy(update={"full": fulls[one.id]}) for one in self.spec.indicators)

    @cached_property
    def profiled(self) -> Mapping[str, tuple[int, ...]]:
        """For each profile the points of the indicators, by their places, in units."""
        return {profile.id: tuple(fulls_under(self.spec, profile)) for profile in self.spec.profiles}

    def full_under(self, profile: str | None) -> int:
        """Full marks of a society with this profile, or without one, in units."""
        return full_under(self.spec, next((one for one in self.spec.profiles if one.id == profile), None))

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
        return tuple(sorted(self.spec.grades, key=lambda grade: -in_points(grade.at_least, self.full)))

    @cached_property
    def grade_floors(self) -> tuple[Number, ...]:
        """Where the grades begin, best first, in units of full marks."""
        return tuple(whole_or_exact(in_points(grade.at_least, self.full)) for grade in self.grades)

    @cached_property
    def grade_caps(self) -> Mapping[str, int]:
        """For each veto the place of the best grade it leaves, best first."""
        places = {grade.id: place for place, grade in enumerate(self.grades)}
        return {veto.id: places[veto.caps.grade] if veto.caps.grade else 0 for veto in self.vetoes}

    @cached_property
    def lowered(self) -> Mapping[str, int]:
        """For each veto by how many grades it lowers."""
        return {veto.id: veto.caps.lower for veto in self.vetoes}

    @cached_property
    def zeroed(self) -> Mapping[str, frozenset[int]]:
        """For each veto the indicators whose points it takes, by their places."""
        return {veto.id: frozenset(self._zeroed_by(veto.caps.zero)) for veto in self.vetoes}

    def _zeroed_by(self, zero: Zeroed) -> Iterator[int]:
        groups = with_all_within(self.groups, zero.groups)
        for place, one in enumerate(self.indicators):
            if zero.whole or one.id in zero.indicators or one.group in groups:
                yield place

    @cached_property
    def inside(self) -> Mapping[str, frozenset[str]]:
        """For each group itself and the groups that lie within it."""
        return {name: with_all_within(self.groups, [name]) for name in self.groups}

    @cached_property
    def has_extras(self) -> bool:
        """Whether points may come on top of full marks, or off them."""
        return any(one.extra for one in self.indicators)

    def peer_group(self, field: str, values: Values) -> str:
        """Who a society is compared with: by the field of its registration, by its size, or by both."""
        sizes = self.spec.sizes
        if sizes is None:
            return field
        reached = self.size_class(values)
        size = NO_SIZE if reached is None else reached.id
        return size if sizes.across else f"{field}/{size}"

    def size_class(self, values: Values) -> SizeClass | None:
        """The class of size; None if the policy has none, it cannot be told, or the society is below every one."""
        sizes = self.spec.sizes
        known = None if sizes is None else numbers(values, sizes.measure)
        if sizes is None or known is None:
            return None
        reached = [one for one in sizes.classes if one.at_least <= known[0]]
        return max(reached, key=lambda one: one.at_least, default=None)

    @cached_property
    def titles(self) -> Mapping[str, Text]:
        """What people call the measures, the figures, and the numbers of duties."""
        of_figures = {name: figure.title for name, figure in self.figures.items()}
        called = {clock.id: clock.title for clock in self.clocks}
        of_duties = {name: standing.title(called[standing.clock]) for name, standing in self.standings.items()}
        return {name: fold.title for name, fold in self.measures.items()} | of_figures | of_duties

    @cached_property
    def order(self) -> tuple[tuple[str, Fold], ...]:
        """The measures with their names, by the place that routes give."""
        return tuple(self.measures.items())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The places of the measures by their names."""
        return {name: place for place, name in enumerate(self.measures)}

    @cached_property
    def compared(self) -> tuple[tuple[int, int], ...]:
        """The places of measures and of those whose records are held against them."""
        pairs = ((one.of, place) for place, (_, fold) in enumerate(self.order) for one in fold.compared.values())
        return tuple((self.places[name], place) for name, place in pairs)

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """The dispatch table: an event that nobody measures costs one look into it."""
        return routes_to(dict(self.order))

    @cached_property
    def spans(self) -> Callable[[int], tuple[Span, ...]]:
        """From the ordinal of a day to the days that the measures look at when asked about it."""
        windows = [fold.window for _, fold in self.order]
        return lru_cache(maxsize=64)(lambda as_of: tuple(span_of(window, as_of) for window in windows))

    @cached_property
    def affected(self) -> Mapping[str, tuple[int, ...]]:
        """For each measure the indicators that look at it, by their places."""
        looks: dict[str, set[int]] = {name: set() for name in self.titles}
        for place, indicator in enumerate(self.indicators):
            for name in measures_of(indicator):
                looks[name].add(place)
        return MappingProxyType({name: tuple(sorted(places)) for name, places in looks.items()})

    @property
    def _rules(self) -> list[Condition]:
        """What is asked whatever the points."""
        rules = () if self.classes.rule is None else (self.classes.rule,)
        return [one.when for one in (*rules, *self.vetoes, *self.spec.eligibility, *self.spec.profiles)]

    @cached_property
    def decisive(self) -> frozenset[str]:
        """The measures that vetoes, eligibility, profiles, sizes, falsity and the rule of restructuring look at."""
        named = [name for condition in self._rules for name in measures_in(condition)]
        sizes = [] if self.spec.sizes is None else [self.spec.sizes.measure]
        return frozenset([*named, *sizes, *self.measures.keys() - self.spec.measures.keys()])

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The compliance clocks, in the order of the file."""
        return self.spec.clocks

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """The numbers of duties that anything looks at, by name; none where no condition names a clock."""
        named = [mention for one in self.indicators for mention in mentions_of(one)]
        named += [mention for figure in self.figures.values() for mention in figure.mentions()]
        named += [mention for condition in self._rules for mention in mentions(condition)]
        return {one.measure: one.standing for one in named if one.standing is not None}

    @cached_property
    def clocked(self) -> frozenset[str]:
        """The types of events that the clocks look at."""
        return types_of(self.clocks)

    @cached_property
    def listens_to(self) -> frozenset[str]:
        """The types of events that can change a rating, those that withdraw or correct apart."""
        return frozenset({*self.routes, *self.clocked, self.society.event})

    @cached_property
    def hash(self) -> str:
        """Digest of the text, ``sha256:…``."""
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.in_force.covers(day)

    def as_json(self) -> dict[str, Any]:
        """The whole policy as a document, points as decimal texts.

        Every indicator and section has its points, also where the file gives a weight or leaves them to be added up.
        """
        document: dict[str, Any] = _plain(bilingual(Shape(PolicySpec), read(self.text).value))
        fulls = {one.id: decimal_text(one.full) for one in self.indicators}
        sums = {name: decimal_text(self._worth(name)) for name in self.groups}
        return {
            **document,
            "points": decimal_text(self.full),
            "groups": {name: {**group, "points": sums[name]} for name, group in document["groups"].items()},
            "indicators": [{**one, "points": fulls[one["id"]]} for one in document["indicators"]],
            "classes": {**document.get("classes", {}), "rest": self.classes.rest.model_dump()},
            "hash": self.hash,
        }

    def _worth(self, group: str) -> int:
        """What a section is worth, in units: what its indicators are that make up full marks."""
        inside = self.inside[group]
        return sum(one.full for one in self.indicators if one.group in inside and not one.extra)


NO_SIZE = "unknown"
"""The size of a society of which it cannot be told, or that is below every class."""


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
