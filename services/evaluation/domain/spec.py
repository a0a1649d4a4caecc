"""The shape of a policy file: what must be in it, and what each part may be."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, Field, GetCoreSchemaHandler, StrictInt, model_validator
from pydantic_core import CoreSchema, core_schema

from chassis.language import N_
from contracts.values import PolicyId, PolicyVersion
from services.evaluation.domain.conditions import Condition
from services.evaluation.domain.folds import Fold, folds
from services.evaluation.domain.points import Units
from services.evaluation.domain.scores import Score, scores
from services.evaluation.domain.texts import Line, Text

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]


class Registered(NamedTuple):
    """A declaration whose kind is named in it: one of those registered."""

    key: str
    kinds: Mapping[str, type[BaseModel]]

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.tagged_union_schema(
            choices={f"<{name}>": handler.generate_schema(kind) for name, kind in self.kinds.items()},
            discriminator=self._named(),
        )

    def _named(self) -> Callable[[Any], str | None]:
        return lambda data: f"<{data[self.key]}>" if isinstance(data, dict) and self.key in data else None


class Part(BaseModel, frozen=True, extra="forbid"):
    """A part of a policy file; a key it does not know is an error, never passed over."""


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


class Source(Part):
    """The document that the policy puts into rules (政策依据)."""

    zh: Line
    en: Line
    number: str
    issued: date


class SocietySource(Part):
    """The event by which a society comes on the books, and its fields for the name and the peer group."""

    event: str
    name: str
    peer_group: str


class Indicator(Part):
    """One thing that earns points (指标): its clause in the source, how it is scored, why, and what to do about it.

    ``ours`` says which numbers are this file's and not the source's.
    """

    id: Id
    group: str
    clause: Line
    title: Text
    reason: Text
    remedy: Text
    ours: Text | None = None
    full: Annotated[Units, Field(alias="points")]
    applies_when: Condition | None = None
    score: Annotated[Score, Registered("kind", scores)]


class Caps(Part):
    """What a veto takes away: grades better than the one named, and the classes named."""

    grade: str | None = None
    classes: tuple[str, ...] = ()


class Veto(Part):
    """A condition that no points outweigh (一票否决)."""

    id: Id
    clause: Line
    title: Text
    ours: Text | None = None
    when: Condition
    caps: Caps


class Grade(Part):
    """A grade from this share of a hundred points on, below the next better one's (等级)."""

    id: Id
    title: Text
    at_least: Units


class Quota(Part):
    """A class of so many societies, taken from the top (名额): 重点支持, 培育扶持."""

    id: Id
    title: Text
    clause: Line
    size: Annotated[StrictInt, Field(ge=1)]


class Named(Part):
    """The class of those in no other."""

    id: Id
    title: Text


class Rule(Part):
    """A class by condition, whatever the points: 重组淘汰."""

    id: Id
    title: Text
    clause: Line
    ours: Text | None = None
    when: Condition


class Classes(Part):
    """The classes of 分类管理: quotas from the top, one by rule, and the rest."""

    quotas: tuple[Quota, ...] = ()
    rule: Rule | None = None
    rest: Named


class Ties(Part):
    """Who goes first among equal totals when a quota ends between them: completeness, a group's points, or code."""

    note: Text
    order: tuple[str, ...]


class PolicySpec(Part):
    """A whole policy file."""

    id: Annotated[PolicyId, Field(alias="policy")]
    version: PolicyVersion
    title: Text
    source: Source
    in_force: Period
    note: Text | None = None
    full: Annotated[Units, Field(alias="points")]
    society: SocietySource
    groups: Mapping[str, Text]
    measures: Mapping[Id, Annotated[Fold, Registered("fold", folds)]]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    vetoes: tuple[Veto, ...] = ()
    grades: tuple[Grade, ...] = ()
    classes: Classes
    ties: Ties
