"""Every part of a policy with the keys it must have and those it may have, as the code has them."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.evaluation.domain.clocks import clocks
from services.evaluation.domain.clocks.clock import Clock, Told
from services.evaluation.domain.clocks.span import Span
from services.evaluation.domain.conditions import Compare, Every, Kept, Negation, Proportion, Some
from services.evaluation.domain.derived import Figure, figures
from services.evaluation.domain.filters import Bounds, Quorum
from services.evaluation.domain.folds import folds
from services.evaluation.domain.folds.fold import Fold
from services.evaluation.domain.folds.worth import Worth
from services.evaluation.domain.points import decimal_text, number_text, signed_units_of, units_of
from services.evaluation.domain.scores import Score, scores
from services.evaluation.domain.spec import PolicySpec
from services.evaluation.domain.texts import Text
from services.evaluation.domain.windows import CalendarYears, Fixed, Rolling

SHARED: dict[str, type[BaseModel]] = {
    "when: measure": Compare,
    "when: part": Proportion,
    "when: clock": Kept,
    "when: all": Every,
    "when: any": Some,
    "when: not": Negation,
    "where: {}": Bounds,
    "quorum": Quorum,
    "window: days, months, years": Rolling,
    "window: calendar_years": CalendarYears,
    "window: from": Fixed,
    "plus, minus, field: cases": Worth,
    "within, before, at_most, exempt_first": Span,
    "told, begins, ends, part, …": Told,
}
ELSEWHERE = (*SHARED.values(), Fold, Figure, Score, Clock)
UNITS = (units_of, signed_units_of)


class Keys(NamedTuple):
    """A part, the keys it must have, and those that it may have, with what they are if nothing is said."""

    part: str
    must: tuple[str, ...]
    may: tuple[str, ...]

    @property
    def row(self) -> str:
        """The row of a table in a document."""
        return f"| `{self.part}` | {' '.join(self.must) or '–'} | {' '.join(self.may) or '–'} |"


def every_part() -> Iterator[Keys]:
    """All parts, the whole file first."""
    yield from within("policy", PolicySpec)
    for name, model in SHARED.items():
        yield from within(name, model)
    registered: list[tuple[str, type[BaseModel], Mapping[str, type[BaseModel]]]] = [
        ("fold", Fold, folds), ("figure", Figure, figures), ("kind", Score, scores), ("clock", Clock, clocks)
    ]  # fmt: skip
    for key, base, kinds in registered:
        yield keys_of(f"{key}: *", base)
        for kind, model in kinds.items():
            yield from within(f"{key}: {kind}", model, base)


def within(part: str, model: type[BaseModel], base: type[BaseModel] | None = None) -> Iterator[Keys]:
    """A part and the parts inside it."""
    yield keys_of(part, model, base)
    for name, info in model.model_fields.items():
        if base is None or name not in base.model_fields:
            for inner in models_in(info.annotation):
                yield from within(f"{'' if part == 'policy' else part + ' › '}{info.alias or name}", inner)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is not Text and not issubclass(annotation, ELSEWHERE):
            yield annotation
        return
    for each in get_args(annotation):
        yield from models_in(each)


def keys_of(part: str, model: type[BaseModel], base: type[BaseModel] | None = None) -> Keys:
    """The keys of a model; of a kind only those that are not every kind's, or that come out otherwise."""
    must, may = [], []
    for name, info in model.model_fields.items():
        if base is not None and name in base.model_fields and same(info, base.model_fields[name]):
            continue
        key = f"`{info.alias or name}`"
        if info.is_required():
            must.append(key)
        else:
            said = default(info)
            may.append(f"{key} ({said})" if said else key)
    return Keys(part, tuple(must), tuple(may))


def same(one: FieldInfo, other: FieldInfo) -> bool:
    return one.is_required() == other.is_required() and one.default == other.default


def default(info: FieldInfo) -> str:
    """What a key is if nothing is said; empty for nothing."""
    value, in_units = info.default, any(getattr(one, "func", None) in UNITS for one in info.metadata)
    match value:
        case bool():
            return str(value).lower()
        case int() if in_units:
            return decimal_text(value)
        case int() | Fraction():
            return number_text(value)
        case Enum() | str():
            return str(value)
        case date():
            return value.isoformat()
    return ""
