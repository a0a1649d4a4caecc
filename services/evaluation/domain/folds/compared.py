"""Records that count only where a number of theirs reaches a share of another measure, as that was on their day."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pydantic import BaseModel, model_validator

from chassis.language import N_, Phrase
from services.evaluation.domain.limits import BY_ORDER
from services.evaluation.domain.points import Number, Share, number_text
from services.evaluation.domain.texts import Sentence, Text

if TYPE_CHECKING:
    from services.evaluation.domain.folds.fold import Cells, Fold, Value

NAMES = frozenset({
    N_("approved"), N_("attendance"), N_("count"), N_("delegates"), N_("entitled"), N_("front_line"), N_("in_favour"),
    N_("papers"), N_("participants"), N_("present"), N_("recommended"), N_("reviewed"), N_("seats"), N_("served"),
    N_("trained"), N_("young"),
})  # fmt: skip
"""Fields with numbers that a record is asked for, as they are on the wire."""

UNTOLD: Any = object()
"""What a measure says while nobody can tell whether one of its records counts."""

_SHORT = {
    "at_least": N_("{field} is {said}; it counts from {share} of {title} on, which was {whole} on that day"),
    "more_than": N_("{field} is {said}; it counts above {share} of {title}, which was {whole} on that day"),
    "at_most": N_("{field} is {said}; it counts up to {share} of {title}, which was {whole} on that day"),
    "less_than": N_("{field} is {said}; it counts below {share} of {title}, which was {whole} on that day"),
}


_MET = N_("{field} is {said}; {title} was {whole} on that day")
_UNTOLD = N_("{title} cannot be told as of that day, so it is not known whether the record counts")
_NOTHING = N_("{title} was {whole} on that day, so it is not known whether the record counts")


class Against(BaseModel, frozen=True, extra="forbid"):
    """A share of a measure that a record's number is held against: the measure at the end of the record's day."""

    of: str
    at_least: Share | None = None
    at_most: Share | None = None
    more_than: Share | None = None
    less_than: Share | None = None

    @model_validator(mode="after")
    def _compares(self) -> "Against":
        if sum(getattr(self, name) is not None for name in BY_ORDER) != 1:
            raise ValueError(N_("a comparison with a measure needs one of at_least, at_most, more_than, less_than"))
        return self

    @property
    def asked(self) -> tuple[str, Share]:
        """How it is compared, and with which share."""
        return next((name, share) for name in BY_ORDER if (share := getattr(self, name)) is not None)

    def holds(self, part: Number, whole: "Value") -> bool | None:
        """Whether the number is as asked, by multiplication; unknown if the measure is, or if it comes to nothing."""
        if whole is None or isinstance(whole, str) or whole <= 0:
            return None
        how, share = self.asked
        return BY_ORDER[how](part * share.denominator, whole * share.numerator)

    def short(self, **said: Text | str) -> Sentence:
        """Why a record does not count."""
        how, share = self.asked
        return Sentence.of(_SHORT[how], share=_text(share), **said)


class Compared(NamedTuple):
    """A contribution with the numbers of its record that are held against measures, in the order declared."""

    parts: tuple[Number, ...]
    entry: Any


def _text(share: Share) -> str:
    """A share as it is written: in per cent where that is a whole number."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(share)


OnDay = Callable[[str, int], "Value"]
"""What a measure says as of the end of a day."""


def verdict(compared: Mapping[str, Against], found: Compared, day: int, on_day: OnDay) -> bool | None:
    """Whether a contribution counts: all comparisons must hold; false if one does not, else unknown if one is."""
    told = [one.holds(part, on_day(one.of, day)) for one, part in zip(compared.values(), found.parts, strict=True)]
    return False if False in told else None if None in told else True


class ComparedCells:
    """Contributions by day, each with what it is held against; what counts is worked out when it is asked for."""

    __slots__ = ("_entries", "_fold", "_on_day")

    def __init__(self, fold: "Fold", on_day: OnDay) -> None:
        self._fold, self._on_day = fold, on_day
        self._entries: list[tuple[int, Compared]] = []

    def put(self, day: int, entry: Compared) -> None:
        """Keeps a contribution."""
        self._entries.append((day, entry))

    def read(self, first: int, last: int) -> "Value":
        """What the contributions of the days come to that count; UNTOLD while that cannot be told of one of them."""
        inside: Cells = self._fold.cells()
        for day, found in self._entries:
            if first <= day <= last:
                counts = verdict(self._fold.compared, found, day, self._on_day)
                if counts is None:
                    return cast("Value", UNTOLD)
                if counts:
                    inside.put(day, found.entry)
        return inside.read(first, last)


def parts_of(fields: Sequence[str], numbers: Callable[[object], Number | None], data: Mapping[str, Any]) -> Any:
    """The numbers of a record under these fields; None if one of them is none."""
    found = tuple(numbers(data.get(field)) for field in fields)
    return None if None in found else found


class Held(NamedTuple):
    """What records are held against: the measures as of any day, and what people call them."""

    on_day: OnDay
    titles: Mapping[str, Text]

    def seen(self, compared: Mapping[str, Against], found: Compared, day: int) -> "Seen":
        """What became of a contribution of that day when it was held against the measures."""
        met, short, untold = [], [], []
        for (field, against), part in zip(compared.items(), found.parts, strict=True):
            whole, title = self.on_day(against.of, day), self.titles[against.of]
            said: dict[str, Any] = {"field": Phrase(field), "said": number_text(part), "title": title}
            holds = against.holds(part, whole)
            if whole is None or isinstance(whole, str):
                untold.append(Sentence.of(_UNTOLD, title=title))
            elif holds is None:
                untold.append(Sentence.of(_NOTHING, title=title, whole=number_text(whole)))
            elif holds:
                met.append(Sentence.of(_MET, **said, whole=number_text(whole)))
            else:
                short.append(against.short(**said, whole=number_text(whole)))
        code = "short" if short else "untold" if untold else None
        return Seen(code, short or untold or met)


class Seen(NamedTuple):
    """Whether a contribution is kept out, by code, and in words what it was held against on its day."""

    code: str | None
    said: list[Sentence]
