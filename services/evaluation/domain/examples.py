"""The examples in a policy's own file: what is given, and what the policy must make of it."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StrictBool, model_validator

from chassis.language import N_
from contracts.values import ItemId
from contracts.vocabulary import AssessmentKind
from services.evaluation.domain.points import Exact, Said, SignedUnits, Units
from services.evaluation.domain.scores.score import Outcome
from services.evaluation.domain.texts import Text

UNKNOWN = "unknown"
NONE = "none"
"""What an example expects of a grade or a profile where there must be none."""


class ExamplePart(BaseModel, frozen=True, extra="forbid"):
    """A part of an example; a key it does not know is an error."""


class Record(BaseModel, frozen=True, extra="allow"):
    """A record as a service tells it: its event, its day (that of the rating if none is given), and its fields."""

    event: str
    on: date | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What the record says."""
        return dict(self.model_extra or {})


class Judged(ExamplePart):
    """What an assessor found of an item: a number, a word, or whether it holds; or an answer that is false."""

    item: ItemId
    on: date | None = None
    kind: AssessmentKind = AssessmentKind.FINDING
    assessor: str = "assessor"
    number: Exact | None = None
    word: str | None = None
    holds: StrictBool | None = None
    answer: str | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Judged":
        said = [one for one in (self.number, self.word, self.holds) if one is not None]
        if len(said) != (self.kind is not AssessmentKind.FALSE_EVIDENCE):
            raise ValueError(N_("a judgement says one of number, word, holds; a mark of false evidence says none"))
        return self


class Given(ExamplePart):
    """What is supposed of a society: records, judgements, or what measures come to, whatever the records."""

    records: tuple[Record, ...] = ()
    judgements: tuple[Judged, ...] = ()
    measures: Mapping[str, Said] = Field(default_factory=lambda: MappingProxyType({}))


def _in_full(expected: object) -> object:
    """What is expected of an indicator: its points alone, its outcome alone, or a mapping of both."""
    if isinstance(expected, dict | list | None):
        return expected
    return {"outcome" if str(expected) in set(Outcome) else "points": expected}


class OfIndicator(ExamplePart):
    """What is expected of an indicator: points that are certain, points still open, how it comes out."""

    points: SignedUnits | None = None
    open: Units | None = None
    outcome: Outcome | None = None


class Expected(ExamplePart):
    """What must come of it; what is not named is not asked."""

    total: SignedUnits | None = None
    full: Annotated[Units | None, Field(alias="max")] = None
    completeness: Exact | None = None
    grade: str | None = None
    vetoes: tuple[str, ...] | None = None
    ineligible: tuple[str, ...] | None = None
    profile: str | None = None
    peer_group: str | None = None
    indicators: Mapping[str, Annotated[OfIndicator, BeforeValidator(_in_full)]] = Field(
        default_factory=lambda: MappingProxyType({})
    )
    measures: Mapping[str, Said] = Field(default_factory=lambda: MappingProxyType({}))

    @model_validator(mode="after")
    def _expects_something(self) -> "Expected":
        if not self.model_fields_set:
            raise ValueError(N_("an example expects something: total, grade, vetoes, indicators …"))
        return self


class Example(ExamplePart):
    """An example (示例): on a day, of what is given, this must come."""

    title: Text | None = None
    as_of: date | None = None
    given: Given
    expected: Expected
