"""The measured values of one society, and what people call them."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from chassis.language import N_, Phrase, translate
from services.evaluation.domain.folds.fold import Value
from services.evaluation.domain.points import Number, exact, number_text
from services.evaluation.domain.texts import Sentence, Text

Values = Mapping[str, Value]
Entry = TypeVar("Entry")
Said = str | Text | Sentence | Phrase

YES, NO = Sentence.of(N_("yes")), Sentence.of(N_("no"))
_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_TITLES: Mapping[str, Text] = MappingProxyType({})


class Wording(NamedTuple):
    """How values are said: the author's titles of words, which measures are yes or no, which say the platform's words.

    ``behind`` are the measures that a figure is worked out of; ``again`` works all figures out from other measures.
    """

    words: Mapping[str, Text] = _NO_TITLES
    flags: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    behind: Mapping[str, tuple[str, ...]] = _NOTHING
    again: Callable[[Values], Values] = dict

    def word(self, word: str, *, listed: bool = False) -> Said:
        """A word by its author's title; without one as it stands, unless it is one of the platform's lists."""
        return self.words.get(word) or (Phrase(word) if listed else word)


class Sheet(NamedTuple):
    """The values of the measures with their titles, for those who have to put them in words."""

    values: Values
    titles: Mapping[str, Text]
    wording: Wording = Wording()

    def number(self, measure: str) -> Number:
        """A measure's value for arithmetic in words; 0 if it cannot be told."""
        value = self.values[measure]
        return value if isinstance(value, int | Fraction) else 0

    def shown(self, measure: str) -> Said:
        """A measure's value as people read it; a dash if it cannot be told."""
        value = self.values[measure]
        return "–" if value is None else self.said(measure, value)

    def said(self, measure: str, value: Number | str) -> Said:
        """A value that a measure has, or might have, as people read it."""
        if isinstance(value, str):
            return self.wording.word(value, listed=measure in self.wording.listed)
        if measure in self.wording.flags and value in {0, 1}:
            return YES if value else NO
        return number_text(value)


def in_both(said: Said) -> dict[str, str]:
    """A value in both languages: an author's title, a word of the platform's, or as it stands."""
    if isinstance(said, Phrase):
        return {"zh": translate(said, "zh"), "en": translate(said, "en")}
    return {"zh": said, "en": said} if isinstance(said, str) else said.as_json()


def numbers(values: Values, *measures: str) -> list[Number] | None:
    """The measures as numbers; None if one of them cannot be told."""
    found = [values[measure] for measure in measures]
    known = [value for value in found if isinstance(value, int | Fraction)]
    return known if len(known) == len(found) else None


def looked_up(table: Mapping[str, Entry], value: Number | str, otherwise: Entry) -> Entry:
    """What a table says of a word, or of a number that is written in it in any way."""
    if isinstance(value, Fraction):
        return next((entry for word, entry in table.items() if exact(word) == value), otherwise)
    return table.get(str(value), otherwise)
