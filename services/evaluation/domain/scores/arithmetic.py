"""Scores that are worked out: by a formula, by a part against a threshold, or as a mark that was given."""

from collections.abc import Iterator
from fractions import Fraction

from pydantic import model_validator

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.formulas import Calculation, Formula
from services.evaluation.domain.points import (
    UNITS,
    Number,
    Share,
    SignedUnits,
    decimal_text,
    number_text,
    share_of,
    whole_or_exact,
)
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, between, instead, not_full, unknown
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence, Text

_HIGHER = N_("Higher values of {titles} would earn up to {points} more points")
_LOWER = N_("Lower values of {titles} would earn up to {points} more points")
_FAR = 10**9

FULL = "full"
"""The name that stands for the indicator's points in a formula."""


class ByFormula(Score, kind="formula", frozen=True):
    """Points by a formula on measures (公式计分), cut at nothing and at the indicator's points.

    ``full`` in it is the indicator's points. A division by nothing cannot be told.
    """

    formula: Calculation

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures in the formula."""
        return tuple(name for name in self.formula.names if name != FULL)

    def mentions(self) -> Iterator[Mention]:
        """The measures in the formula."""
        for name in self.measures:
            yield Mention(("formula",), name, number=True)

    def award(self, values: Values, full: Number) -> Award:
        """What the formula comes to, cut at both ends."""
        known = numbers(values, *self.measures)
        if known is None:
            return unknown(full)
        figures = dict(zip(self.measures, known, strict=True)) | {FULL: Fraction(full) / UNITS}
        points = self.formula.value(figures)
        return unknown(full) if points is None else awarded(max(points * UNITS, 0), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The formula with every measure's title and value in place of its name."""
        template = N_("{formula}: {points} of {full} points")
        return self.told(template, sheet, full, formula=worked(self.formula, sheet, decimal_text(full)))

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The measures, figures seen through, that would earn more if they were higher, or lower: as worked out."""
        wording, now = sheet.wording, self.award(sheet.values, full).points
        moved = dict.fromkeys(one for name in self.measures for one in wording.behind.get(name, (name,)))
        gains: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for name in moved:
            for value in _around(sheet.number(name)):
                gain = self.award(wording.again({**sheet.values, name: value}), full).points - now
                side = gains[value > sheet.number(name)]
                side[name] = max(gain, side.get(name, 0))
        sentences = [
            Sentence.of(
                template, titles=[sheet.titles[name] for name in better], points=decimal_text(max(better.values()))
            )
            for template, side in ((_HIGHER, gains[True]), (_LOWER, gains[False]))
            if (better := {name: gain for name, gain in side.items() if gain > 0})
        ]
        if len(sentences) > 1:
            return Sentence.of(N_("One or more of these: {parts}"), parts=sentences)
        return sentences[0] if sentences else None


def _around(value: Number) -> Iterator[Number]:
    """Values above and below, near and far, to see which way the points go; nothing is lower than none."""
    yield from (value + 1, 2 * value + 1, 10 * value + 10, _FAR)
    yield from (lower for lower in (value - 1, Fraction(value) / 2, 0) if 0 <= lower < value)


def worked(formula: Formula, sheet: Sheet, full: str = "") -> Text:
    """A formula with titles and values where its names are."""
    zh = en = ""
    for piece, is_name in formula.pieces():
        if is_name and piece != FULL:
            title, value = sheet.titles[piece], sheet.shown(piece)
            zh, en = f"{zh}{title.zh}（{value}）", f"{en}{title.en} ({value})"
        else:
            plain = full if is_name else piece
            zh, en = zh + plain, en + plain
    return Text.model_construct(zh=zh, en=en)


class Ratio(Score, kind="ratio", frozen=True):
    """Points by the share that a part has of a whole (比率计分): all from ``full_at`` on, in proportion below it.

    ``none_at`` is the share up to which nothing is earned. A whole of nothing has no shares: unknown.
    """

    part: str
    whole: str
    none_at: Share = Fraction(0)
    full_at: Share

    @model_validator(mode="after")
    def _rises(self) -> "Ratio":
        if self.full_at <= self.none_at:
            raise ValueError(N_("full_at must be greater than none_at"))
        return self

    def mentions(self) -> Iterator[Mention]:
        """Part and whole."""
        yield Mention(("part",), self.part, number=True)
        yield Mention(("whole",), self.whole, number=True)

    def award(self, values: Values, full: Number) -> Award:
        """The part of the points that the share has covered of the way."""
        known = numbers(values, self.part, self.whole)
        if known is None or known[1] <= 0:
            return unknown(full)
        covered = share_of(known[0], known[1]) - self.none_at
        way = self.full_at - self.none_at
        return awarded(full * share_of(min(max(covered, Fraction(0)), way), way), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """Part, whole, and the shares between which points grow."""
        return self.told(
            N_("{part_title} {part} of {whole_title} {whole}, {none_at} to {full_at} asked: {points} of {full} points"),
            sheet,
            full,
            part_title=sheet.titles[self.part],
            part=sheet.shown(self.part),
            whole_title=sheet.titles[self.whole],
            whole=sheet.shown(self.whole),
            none_at=str(self.none_at),
            full_at=str(self.full_at),
        )

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """How large the part would have to be for all points, the whole staying as it is."""
        gain = self.lacks(sheet, full)
        if gain <= 0:
            return None
        template = N_("{part_title}: {needed} of {whole} instead of {part} would earn {points} more points")
        return Sentence.of(
            template,
            part_title=sheet.titles[self.part],
            needed=number_text(self.full_at * sheet.number(self.whole)),
            whole=sheet.shown(self.whole),
            part=sheet.shown(self.part),
            points=decimal_text(gain),
        )


class Range(Score, kind="range", frozen=True):
    """The measure itself, times so many points (加减分): may be negative, cut at ``least`` and ``most``.

    ``most`` is the indicator's points. It stands for marks from -10 to +10, and, with a negative ``each`` and
    ``most: 0``, for what is taken off the total.
    """

    measure: str
    each: SignedUnits = UNITS
    least: SignedUnits = 0
    most: SignedUnits

    @model_validator(mode="after")
    def _in_order(self) -> "Range":
        if self.most < self.least:
            raise ValueError(N_("most must not be less than least"))
        return self

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """A most that is not the indicator's maximum."""
        if self.most != full:
            yield Flaw(("most",), not_full(self.most, full))

    def award(self, values: Values, full: Number) -> Award:
        """The measure in points, cut at both ends; below nothing it counts as not met."""
        known = numbers(values, self.measure)
        if known is None:
            return between(self.least, self.most, full)
        return awarded(min(max(known[0] * self.each, self.least), self.most), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The value, and the two ends."""
        return self.told(
            N_("{title}: {value}, times {each} points, from {least} to {most}: {points} points"),
            sheet,
            full,
            title=sheet.titles[self.measure],
            value=sheet.shown(self.measure),
            each=decimal_text(self.each),
            least=decimal_text(self.least),
            most=decimal_text(self.most),
        )

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The value that earns the most."""
        gain = self.lacks(sheet, full, self.most)
        if gain <= 0 or self.each == 0:
            return None
        return instead(sheet, self.measure, whole_or_exact(Fraction(self.most, self.each)), gain)
