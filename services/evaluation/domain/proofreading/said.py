"""What a measure or a figure can say, and whether that can ever be what is asked of it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.derived import Figure
from services.evaluation.domain.filters import FLAG, NUMBER, TEXT, WORD
from services.evaluation.domain.folds.distinct import Distinct
from services.evaluation.domain.folds.extremes import Best
from services.evaluation.domain.folds.fold import Fold
from services.evaluation.domain.folds.members import Present
from services.evaluation.domain.folds.records import DaysSince, DaysUntil, Latest
from services.evaluation.domain.folds.tally import Count
from services.evaluation.domain.folds.years import YearsRunning
from services.evaluation.domain.limits import Limits
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.points import Number, exact, number_text
from services.evaluation.domain.proofreading.proof import CLOCK, MEASURE, Proof, nowhere
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import FieldKind


class Says(NamedTuple):
    """What may be said: numbers, from and to where they end; words of a list; texts, of a form if they have one."""

    numbers: bool = True
    least: Number | None = None
    most: Number | None = None
    words: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def is_word(self) -> bool:
        """Whether it may say something that cannot be compared with numbers."""
        return bool(self.words or self.texts)

    @property
    def is_flag(self) -> bool:
        """Whether it is yes or no."""
        return (self.least, self.most) == (0, 1) and not self.is_word

    def may_be(self, wanted: Number | str) -> bool:
        """Whether it can ever be so."""
        number = exact(wanted) if isinstance(wanted, str) else wanted
        if number is not None and self.numbers and self._reaches(number):
            return True
        return str(wanted) in self.words or any(re.search(form, str(wanted)) for form in self.texts)

    def _reaches(self, number: Number) -> bool:
        return (self.least is None or number >= self.least) and (self.most is None or number <= self.most)


YES_OR_NO = Says(least=0, most=1)
_NOT_BELOW_NOTHING = (Count, Distinct, Present, DaysSince)


def of_fold(proof: Proof, fold: Fold) -> Says:
    """What a measure can say."""
    if isinstance(fold, YearsRunning):
        return Says(least=0, most=fold.up_to)
    if isinstance(fold, Best):
        return Says(fold.absent == "zero", 0, 0, words=fold.ranking)
    if isinstance(fold, Latest) and not isinstance(fold, DaysUntil):
        fields = (proof.vocabulary.get(event, {}).get(fold.field) for _, event in fold.events_at())
        return _of_fields([field for field in fields if field is not None], zero=fold.absent == "zero")
    return Says(least=0) if isinstance(fold, _NOT_BELOW_NOTHING) else Says()


def _of_fields(fields: list[FieldKind], *, zero: bool) -> Says:
    kinds = {field.kind for field in fields}
    words = tuple(word for field in fields if field.kind == WORD for word in field.words)
    texts = tuple(field.pattern or "" for field in fields if field.kind == TEXT)
    if NUMBER in kinds or not kinds:
        return Says(words=words, texts=texts)
    if FLAG in kinds:
        return YES_OR_NO._replace(words=words, texts=texts)
    return Says(zero, 0, 0, words, texts)


def of_figure(figure: Figure) -> Says:
    """What a figure can say."""
    said = figure.said()
    if not said:
        return Says()
    numbers = [one for one in said if not isinstance(one, str)]
    words = tuple(one for one in said if isinstance(one, str))
    return Says(bool(numbers), min(numbers, default=None), max(numbers, default=None), words)


def of_name(proof: Proof, name: str) -> Says | None:
    """What a measure or a figure of this name can say; None if there is none."""
    if name in proof.spec.measures:
        return of_fold(proof, proof.spec.measures[name])
    figure = proof.spec.figures.get(name)
    return None if figure is None else of_figure(figure)


def condition_flaws(proof: Proof, path: Path, condition: Condition) -> Iterator[Flaw]:
    """What a condition names that is not there, and what it asks that can never be."""
    for mention in mentions(condition):
        yield from mention_flaws(proof, path, mention)


def mention_flaws(proof: Proof, path: Path, mention: Mention) -> Iterator[Flaw]:
    """What is wrong with a measure, a figure or a clock that is named somewhere."""
    where = (*path, *mention.path)
    if mention.standing is not None:
        known = [clock.id for clock in proof.spec.clocks]
        if mention.standing.clock not in known:
            yield Flaw(where, nowhere(CLOCK, mention.standing.clock, known))
        return
    says = of_name(proof, mention.measure)
    if says is None:
        yield Flaw(where, _unknown(proof, mention))
        return
    for sentence in _misfits(mention.measure, says, mention):
        yield Flaw(where, sentence)


def _unknown(proof: Proof, mention: Mention) -> Sentence:
    known = (*proof.spec.measures, *proof.spec.figures)
    if mention.path[-1:] == ("formula",):
        meant = next(
            (name for name in known if mention.measure in name.split("-")[:-1] or mention.measure == name), None
        )
        if meant is not None:
            template = N_("There is no measure {name}; {meant} cannot stand in a formula: write it with underscores")
            return Sentence.of(template, name=mention.measure, meant=meant)
    return nowhere(MEASURE, mention.measure, known)


def _misfits(measure: str, says: Says, mention: Mention) -> Iterator[Sentence]:
    if mention.number and says.is_word:
        yield Sentence.of(N_("{measure} is a word, where a number is needed"), measure=measure)
        return
    if mention.limits is not None:
        yield from _out_of_reach(measure, says, mention.limits)
    for wanted in mention.words:
        if not says.may_be(wanted):
            yield _never(measure, says, wanted)


def _never(measure: str, says: Says, wanted: Number | str) -> Sentence:
    word = wanted if isinstance(wanted, str) else number_text(wanted)
    if says.words:
        return Sentence.of(N_("{word} is not one of: {known}"), word=word, known=says.words)
    if says.texts:
        template = N_("{measure} can never be {word}: it has the form {pattern}")
        return Sentence.of(template, measure=measure, word=word, pattern=says.texts[0])
    if says.is_flag:
        return Sentence.of(
            N_("{measure} is yes or no, which are 1 and 0, and never {word}"), measure=measure, word=word
        )
    if isinstance(wanted, str) and exact(wanted) is None:
        return Sentence.of(N_("{measure} is a number, and never {word}"), measure=measure, word=word)
    return _beyond(measure, says)


def _out_of_reach(measure: str, says: Says, limits: Limits) -> Iterator[Sentence]:
    """Limits that what is measured can never be within."""
    most, least = says.most, says.least
    over = most is not None and (
        (limits.at_least is not None and limits.at_least > most)
        or (limits.more_than is not None and limits.more_than >= most)
    )
    under = least is not None and (
        (limits.at_most is not None and limits.at_most < least)
        or (limits.less_than is not None and limits.less_than <= least)
    )
    if over or under:
        yield _beyond(measure, says)


def _beyond(measure: str, says: Says) -> Sentence:
    if says.least is None or says.most is None:
        template = N_("this can never hold: {measure} is never less than {least}")
        if says.least is None:
            template = N_("this can never hold: {measure} is never more than {most}")
    else:
        template = N_("this can never hold: {measure} lies from {least} to {most}")
    ends = {"least": says.least, "most": says.most}
    said = {name: number_text(number) for name, number in ends.items() if number is not None}
    return Sentence.of(template, measure=measure, **said)


def running_flaws(proof: Proof, path: Path, name: str, fold: Fold) -> Iterator[Flaw]:
    """What is asked of each year that a year can never be."""
    if not isinstance(fold, YearsRunning):
        return
    words = () if fold.equals is None else (fold.equals,)
    asked = Mention(("each",), name, fold.by_order, words, limits=fold)
    says = of_fold(proof, fold.each)
    for sentence in _misfits(f"each of {name}", says, asked):
        yield Flaw((*path, "equals" if words else "each"), sentence)


def all_mentions(proof: Proof, path: Path, found: Iterable[Mention]) -> Iterator[Flaw]:
    """What is wrong with any of several mentions."""
    for mention in found:
        yield from mention_flaws(proof, path, mention)
