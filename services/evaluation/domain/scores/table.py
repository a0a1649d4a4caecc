"""Scores by a table: a word, and what it earns."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Number, Pay, decimal_text, exact, paid, rounded
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, unknown
from services.evaluation.domain.sheet import Sheet, Values, looked_up
from services.evaluation.domain.texts import Sentence


class BestOf(Score, kind="best", frozen=True):
    """Points by the word a measure says (就高计分): highest only, a word that is not in the table earns nothing."""

    measure: str
    table: Annotated[Mapping[str, Pay], Field(min_length=1)]

    def mentions(self) -> Iterator[Mention]:
        """The measure, and the words it is expected to say."""
        yield Mention(("measure",), self.measure, words=tuple(self.table))

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """A table whose best is not the indicator's maximum."""
        best = max(paid(pay, full) for pay in self.table.values())
        if best != full:
            sentence = Sentence.of(
                N_("The best of the table earns {best} points, but the indicator has {full}"),
                best=decimal_text(best),
                full=decimal_text(full),
            )
            yield Flaw(("table",), sentence)

    def award(self, values: Values, full: Number) -> Award:
        """What the word earns; a measure that says zero says no word."""
        value = values[self.measure]
        return unknown(full) if value is None else awarded(paid(looked_up(self.table, value, 0), full), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The word and what it earns."""
        value, title = sheet.values[self.measure], sheet.titles[self.measure]
        if not value:
            return self.told(N_("{title}: none: {points} of {full} points"), sheet, full, title=title)
        return self.told(
            N_("{title}: {value}: {points} of {full} points"),
            sheet,
            full,
            title=title,
            value=sheet.shown(self.measure),
        )

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The words that earn more."""
        now = self.award(sheet.values, full).points
        better = [word for word, points in self.table.items() if rounded(paid(points, full)) > now]
        if not better:
            return None
        return Sentence.of(
            N_("{title}: one of {better} would earn up to {points} more points"),
            title=sheet.titles[self.measure],
            better=[self._word(sheet, word) for word in better],
            points=decimal_text(self.lacks(sheet, full)),
        )

    def _word(self, sheet: Sheet, word: str) -> object:
        number = exact(word)
        return sheet.said(self.measure, word if number is None else number)
