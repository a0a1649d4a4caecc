"""What a document says, whatever it is written with: titles, facts, tables, closing lines, Chinese first."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.language import Phrase, translate


def both(msgid: Phrase, **values: object) -> str:
    """A text in both languages, Chinese first."""
    return f"{translate(msgid, 'zh', **values)} {translate(msgid, 'en', **values)}"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, its headings with their share of the width, its rows."""

    title: str
    headings: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to print; `seal` is where the association's stamp goes, `proof` how it can be checked."""

    title: tuple[str, str]
    facts: Sequence[tuple[str, str]]
    grids: Sequence[Grid]
    seal: str
    proof: Sequence[str]
