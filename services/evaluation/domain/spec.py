"""The shape of a policy file: what must be in it, and what each part may be."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, model_validator

from chassis.language import N_
from contracts.values import PolicyId, PolicyVersion
from services.evaluation.domain.classing import BY_COMPLETENESS, Classes, Ties
from services.evaluation.domain.clocks import AnyClock
from services.evaluation.domain.conditions import Condition
from services.evaluation.domain.declared import Registered
from services.evaluation.domain.derived import Figure, figures
from services.evaluation.domain.examples import Example
from services.evaluation.domain.folds import AnyFold
from services.evaluation.domain.part import Id, Part
from services.evaluation.domain.points import Exact, Pay, Share, Units
from services.evaluation.domain.scores import AnyScore
from services.evaluation.domain.texts import Line, Text
from services.evaluation.domain.validity import Validity

GRADE_FORM = r"^[0-9A-Za-z][0-9A-Za-z_-]{0,39}$"

GradeId = Annotated[str, Field(pattern=GRADE_FORM)]

Word = Annotated[str, Field(min_length=1, max_length=80)]


AnyFigure = Annotated[Figure, Registered("figure", figures)]
"""A figure of any kind, as a policy writes it."""


class Period(Part):
    """From a day on, until a day, both included; without an end, until further notice (施行日期)."""

    begins: Annotated[date, Field(alias="from")]
    ends: Annotated[date | None, Field(alias="until")] = None

    @model_validator(mode="after")
    def _in_order(self) -> "Period":
        if self.ends is not None and self.ends < self.begins:
            raise ValueError(N_("The dates cross: until lies before from"))
        return self

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.begins <= day and (self.ends is None or day <= self.ends)


class Source(Text):
    """The document that the policy puts into rules (政策依据); many a table has no number, and says no day."""

    number: str | None = None
    issued: date | None = None


class SocietySource(Part):
    """The event by which a society comes on the books, and its fields for the name and the peer group."""

    event: str
    name: str
    peer_group: str


class Extras(Part):
    """What may come on top of full marks (加分): at most ``up_to``, and beyond full marks only if ``over_full``."""

    up_to: Units | None = None
    over_full: StrictBool = False


class Group(Text):
    """A section of indicators (一级、二级指标), perhaps ``within`` another: its points, or its weight in that one.

    Without either it has what its indicators have.
    """

    within: Id | None = None
    full: Annotated[Units | None, Field(alias="points")] = None
    weight: Share | None = None
    extras: Extras | None = None


class Indicator(Part):
    """One thing that earns points (指标): its clause in the source, how it is scored, why, and what to do about it.

    It has ``points``, or a ``weight`` in its group; an ``extra`` one comes on top of full marks, or off them. ``ours``
    says which numbers are this file's and not the source's.
    """

    id: Id
    group: str
    clause: Line
    title: Text
    reason: Text
    remedy: Text
    ours: Text | None = None
    full: Annotated[Units, Field(alias="points")] = 0
    weight: Share | None = None
    extra: StrictBool = False
    applies_when: Condition | None = None
    score: AnyScore

    @model_validator(mode="after")
    def _has_points_or_a_weight(self) -> "Indicator":
        if ("full" in self.model_fields_set) == (self.weight is not None):
            raise ValueError(N_("an indicator has either points or a weight"))
        if self.extra and self.weight is not None:
            raise ValueError(N_("an extra indicator has points, no weight"))
        return self


class Zeroed(Part):
    """Whose points a veto takes: those of some indicators, of whole groups, or all."""

    indicators: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    whole: StrictBool = False


class Caps(Part):
    """What a veto takes away: grades better than the one named, so many grades, the classes named, points."""

    grade: str | None = None
    lower: Annotated[StrictInt, Field(ge=0)] = 0
    classes: tuple[str, ...] = ()
    zero: Zeroed = Zeroed()


class Veto(Part):
    """A condition that no points outweigh (一票否决)."""

    id: Id
    clause: Line
    title: Text
    ours: Text | None = None
    when: Condition
    caps: Caps


class Requirement(Part):
    """What must hold for a society to be assessed at all (参评资格); unknown does not bar."""

    id: Id
    clause: Line
    title: Text
    ours: Text | None = None
    when: Condition


class Falsity(Part):
    """False evidence (虚假材料): so many false answers take an indicator's points, so many such indicators take all.

    An answer counts once, however many marked it; a mark that is withdrawn never was.
    """

    clause: Line
    ours: Text | None = None
    answers: Annotated[StrictInt, Field(ge=1)] = 3
    indicators: Annotated[StrictInt, Field(ge=1)] = 3


class GroupWorth(Part):
    """What a section is worth under a profile: points, or a weight in the one above."""

    full: Annotated[Units | None, Field(alias="points")] = None
    weight: Share | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "GroupWorth":
        if (self.full is None) == (self.weight is None):
            raise ValueError(N_("under a profile a group has points or a weight"))
        return self


class Profile(Part):
    """Other points for some societies (分类评价), by the first profile that holds; no points: not applicable.

    ``points`` and ``weights`` are those of indicators. What lies within a group that is given another worth, and is not
    named itself, keeps its part of it. ``full`` are full marks of its own, for a class whose table adds up to another
    sum: everybody is compared by the share of the points that apply.
    """

    id: Id
    title: Text
    clause: Line
    when: Condition
    full: Annotated[Units | None, Field(gt=0)] = None
    points: Mapping[str, Units] = Field(default_factory=lambda: MappingProxyType({}))
    weights: Mapping[str, Share] = Field(default_factory=lambda: MappingProxyType({}))
    groups: Mapping[str, GroupWorth] = Field(default_factory=lambda: MappingProxyType({}))

    @model_validator(mode="after")
    def _changes_something(self) -> "Profile":
        if not (self.points or self.weights or self.groups):
            raise ValueError(N_("a profile changes points or weights of indicators, or groups"))
        if self.points.keys() & self.weights.keys():
            raise ValueError(N_("an indicator has either points or a weight"))
        return self


class SizeClass(Part):
    """A class of size from this value on, below the next one's."""

    id: Id
    title: Text
    at_least: Exact
    below: Exact | None = None


class Sizes(Part):
    """Who is compared with whom by size (规模分组): inside the peer group, or ``across`` all of them."""

    clause: Line
    measure: str
    across: StrictBool = False
    classes: Annotated[tuple[SizeClass, ...], Field(min_length=1)]


class Grade(Part):
    """A grade from so many points of the whole on, or such a share of it, below the next better one's (等级)."""

    id: GradeId
    title: Text
    at_least: Pay


class PolicySpec(Part):
    """A whole policy file."""

    id: Annotated[PolicyId, Field(alias="policy")]
    version: PolicyVersion
    title: Text
    source: Source
    in_force: Period
    succeeds: PolicyId | None = None
    note: Text | None = None
    full: Annotated[Units, Field(alias="points")]
    society: SocietySource
    groups: Mapping[str, Group]
    extras: Extras = Extras(over_full=True)
    measures: Mapping[Id, AnyFold]
    figures: Mapping[Id, AnyFigure] = Field(default_factory=lambda: MappingProxyType({}))
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    profiles: tuple[Profile, ...] = ()
    sizes: Sizes | None = None
    eligibility: tuple[Requirement, ...] = ()
    falsity: Falsity | None = None
    vetoes: tuple[Veto, ...] = ()
    clocks: tuple[AnyClock, ...] = ()
    grades: tuple[Grade, ...] = ()
    validity: Validity | None = None
    classes: Classes = Classes()
    ties: Ties = BY_COMPLETENESS
    examples: tuple[Example, ...] = ()
    words: Mapping[Word, Text] = Field(default_factory=lambda: MappingProxyType({}))
