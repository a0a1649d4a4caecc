"""Conditions on measures: true, false, or unknown, because a value they need is."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel, Discriminator, Field, StrictInt, Tag, model_validator

from chassis.language import N_
from services.evaluation.domain.clocks.duty import State
from services.evaluation.domain.clocks.standing import Standing
from services.evaluation.domain.limits import BY_ORDER, Limits
from services.evaluation.domain.points import Number, Said, Share, number_text
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence

Truth = bool | None
"""True, false, or None: it cannot be told (Kleene's strong logic of three values)."""


def both(truths: Iterable[Truth]) -> Truth:
    """All of them: false if one is false, else unknown if one is unknown."""
    held = list(truths)
    return False if False in held else None if None in held else True


def either(truths: Iterable[Truth]) -> Truth:
    """Any of them: true if one is true, else unknown if one is unknown."""
    held = list(truths)
    return True if True in held else None if None in held else False


class Conditional(Protocol):
    """Anything that stands under a condition."""

    @property
    def when(self) -> "Condition":
        """The condition."""


C = TypeVar("C", bound=Conditional)


def candidates(cases: Iterable[C], values: Values) -> tuple[list[C], bool]:
    """The cases of which one may be the first that holds, in their order, and whether perhaps none of them holds."""
    found = []
    for case in cases:
        truth = case.when.holds(values)
        if truth is not False:
            found.append(case)
        if truth:
            return found, False
    return found, True


_COMPARED = {
    ("least", ""): N_("{title} at least {least}"),
    ("more", ""): N_("{title} more than {more}"),
    ("", "most"): N_("{title} at most {most}"),
    ("", "less"): N_("{title} less than {less}"),
    ("least", "most"): N_("{title} from {least} to {most}"),
    ("least", "less"): N_("{title} from {least} to less than {less}"),
    ("more", "most"): N_("{title} more than {more}, at most {most}"),
    ("more", "less"): N_("{title} more than {more}, less than {less}"),
}


class Compare(Limits, frozen=True, extra="forbid"):
    """A measure against constants; all comparisons given must hold."""

    measure: str
    equals: Said | None = None
    one_of: Annotated[tuple[Said, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _compares(self) -> "Compare":
        if len(self.model_fields_set) == 1:
            raise ValueError(N_("a comparison needs at_least, at_most, more_than, less_than, equals or one_of"))
        return self

    def holds(self, values: Values) -> Truth:
        """Whether the measure is as asked."""
        value = values[self.measure]
        if value is None or (self.by_order and isinstance(value, str)):
            return None
        if not isinstance(value, str) and not self.within(value):
            return False
        return (self.equals is None or value == self.equals) and (self.one_of is None or value in self.one_of)

    def words(self, sheet: Sheet) -> Sentence:
        """The condition in words."""
        title = sheet.titles[self.measure]
        if self.by_order:
            return self.limits_in_words(_COMPARED, title=title)
        found = self.one_of or (() if self.equals is None else (self.equals,))
        if self.measure in sheet.wording.flags and found in {(0,), (1,)}:
            return Sentence.of(N_("{title}: yes") if found[0] else N_("{title}: no"), title=title)
        wanted = [sheet.said(self.measure, said) for said in found]
        return Sentence.of(N_("{title} is one of: {wanted}"), title=title, wanted=wanted)


_SHARES = {
    "at_least": N_("{part} at least {share} of {whole}"),
    "at_most": N_("{part} at most {share} of {whole}"),
    "more_than": N_("{part} more than {share} of {whole}"),
    "less_than": N_("{part} less than {share} of {whole}"),
}


class Proportion(BaseModel, frozen=True, extra="forbid"):
    """A part against a share of a whole, compared by multiplication; unknown if the whole is nothing."""

    part: str
    whole: str
    at_least: Share | None = None
    at_most: Share | None = None
    more_than: Share | None = None
    less_than: Share | None = None

    @model_validator(mode="after")
    def _compares(self) -> "Proportion":
        if sum(getattr(self, name) is not None for name in _SHARES) != 1:
            raise ValueError(N_("a proportion needs one of at_least, at_most, more_than, less_than"))
        return self

    @property
    def share(self) -> Fraction:
        """The share it compares with."""
        return self._asked[1]

    @property
    def _asked(self) -> tuple[str, Fraction]:
        return next((name, share) for name in _SHARES if (share := getattr(self, name)) is not None)

    def holds(self, values: Values) -> Truth:
        """Whether the part is as large, or as small, as asked."""
        known = numbers(values, self.part, self.whole)
        if known is None or known[1] <= 0:
            return None
        how, share = self._asked
        return BY_ORDER[how](known[0] * share.denominator, known[1] * share.numerator)

    def words(self, sheet: Sheet) -> Sentence:
        """The condition in words."""
        how, share = self._asked
        said = {"part": sheet.titles[self.part], "whole": sheet.titles[self.whole]}
        return Sentence.of(_SHARES[how], **said, share=str(share))


class Kept(BaseModel, frozen=True, extra="forbid"):
    """So many duties of a clock in a state: fulfilled, due, breached, or late (合规义务的状态); one if nothing is said.

    It is never unknown: what is not on record did not happen.
    """

    clock: str
    state: State
    at_least: Annotated[StrictInt, Field(ge=1)] = 1

    @property
    def standing(self) -> Standing:
        """The duties it counts."""
        return Standing(self.clock, self.state)

    def holds(self, values: Values) -> Truth:
        """Whether so many duties are in the state."""
        known = numbers(values, self.standing.name)
        return None if known is None else known[0] >= self.at_least

    def words(self, sheet: Sheet) -> Sentence:
        """The condition in words."""
        title = sheet.titles[self.standing.name]
        return Sentence.of(N_("{title} at least {least}"), title=title, least=number_text(self.at_least))


class Every(BaseModel, frozen=True, extra="forbid"):
    """All of the conditions."""

    all: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def holds(self, values: Values) -> Truth:
        """Whether all hold."""
        return both(condition.holds(values) for condition in self.all)

    def words(self, sheet: Sheet) -> Sentence:
        """The conditions in words."""
        return Sentence.of(N_("all of ({conditions})"), conditions=[each.words(sheet) for each in self.all])


class Some(BaseModel, frozen=True, extra="forbid"):
    """At least one of the conditions."""

    any: Annotated[tuple["Condition", ...], Field(min_length=1)]

    def holds(self, values: Values) -> Truth:
        """Whether one holds."""
        return either(condition.holds(values) for condition in self.any)

    def words(self, sheet: Sheet) -> Sentence:
        """The conditions in words."""
        return Sentence.of(N_("any of ({conditions})"), conditions=[each.words(sheet) for each in self.any])


class Negation(BaseModel, frozen=True, extra="forbid", populate_by_name=True):
    """The condition does not hold."""

    negated: "Condition" = Field(alias="not")

    def holds(self, values: Values) -> Truth:
        """The opposite; unknown stays unknown."""
        truth = self.negated.holds(values)
        return None if truth is None else not truth

    def words(self, sheet: Sheet) -> Sentence:
        """The condition in words."""
        return Sentence.of(N_("not ({condition})"), condition=self.negated.words(sheet))


def _form(data: Any) -> Literal["<compare>", "<proportion>", "<all>", "<any>", "<not>", "<clock>"]:
    keys = data if isinstance(data, dict) else ()
    if "all" in keys:
        return "<all>"
    if "any" in keys:
        return "<any>"
    if "not" in keys:
        return "<not>"
    if "clock" in keys:
        return "<clock>"
    return "<proportion>" if "part" in keys or "whole" in keys else "<compare>"


Condition = Annotated[
    Annotated[Compare, Tag("<compare>")]
    | Annotated[Proportion, Tag("<proportion>")]
    | Annotated[Every, Tag("<all>")]
    | Annotated[Some, Tag("<any>")]
    | Annotated[Negation, Tag("<not>")]
    | Annotated[Kept, Tag("<clock>")],
    Discriminator(_form),
]
"""A condition as a policy writes it: by its keys measure, part and whole, clock, all, any, or not."""

for _form_of_condition in (Every, Some, Negation):
    _form_of_condition.model_rebuild()


class Mention(NamedTuple):
    """A measure that a declaration names: where, whether it must be a number, what it is expected to say.

    `limits` are those it is compared with. `standing` is there where it is the number of a clock's duties in a state.
    """

    path: tuple[str | int, ...]
    measure: str
    number: bool = False
    words: tuple[Number | str, ...] = ()
    standing: Standing | None = None
    limits: Limits | None = None


def mentions(condition: Condition, path: tuple[str | int, ...] = ()) -> Iterator[Mention]:
    """Every measure inside a condition that stands at the path."""
    match condition:
        case Compare():
            words = condition.one_of or (() if condition.equals is None else (condition.equals,))
            yield Mention((*path, "measure"), condition.measure, condition.by_order, words, limits=condition)
        case Proportion():
            yield Mention((*path, "part"), condition.part, number=True)
            yield Mention((*path, "whole"), condition.whole, number=True)
        case Kept():
            found = condition.standing
            yield Mention((*path, "clock"), found.name, number=True, standing=found)
        case Every():
            for index, each in enumerate(condition.all):
                yield from mentions(each, (*path, "all", index))
        case Some():
            for index, each in enumerate(condition.any):
                yield from mentions(each, (*path, "any", index))
        case Negation():
            yield from mentions(condition.negated, (*path, "not"))
