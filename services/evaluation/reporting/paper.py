"""What a document says, whatever it is written with: titles, facts, tables, closing lines, Chinese first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chassis.language import Phrase, translate

Cell = str | int | Decimal
"""What stands in a table: a text, or a number that can be reckoned with."""


def both(msgid: Phrase, **values: object) -> str:
    """A text in both languages, Chinese first."""
    return f"{translate(msgid, 'zh', **values)} {translate(msgid, 'en', **values)}"


def titled(msgid: Phrase) -> tuple[str, str]:
    """A title in Chinese and in English."""
    return translate(msgid, "zh"), translate(msgid, "en")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title in Chinese and in English, its headings with their share of the width, its rows."""

    title: tuple[str, str]
    headings: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to print; `seal` is where the association's stamp goes, `proof` how it can be checked.

    `alphabet` has the characters that papers of its kind use: a font that is reduced to them serves all of them.
    """

    title: tuple[str, str]
    facts: Sequence[tuple[str, Cell]]
    grids: Sequence[Grid]
    seal: str
    proof: Sequence[str]
    alphabet: frozenset[str] = frozenset()

    @property
    def characters(self) -> frozenset[str]:
        """Every character it says."""
        cells = [*self.facts, *(row for grid in self.grids for row in grid.rows)]
        heads = [text for grid in self.grids for text in (*grid.title, *(heading for heading, _ in grid.headings))]
        said = [str(cell) for row in cells for cell in row]
        return frozenset("".join([*self.title, *heads, *said, self.seal, *self.proof]))
