"""The 210 real societies the demo is about, as their public list has them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

DISCIPLINES = {
    "理科": "science",
    "工科": "engineering",
    "农科": "agriculture",
    "医科": "medicine",
    "交叉学科": "interdisciplinary",
}


@dataclass(frozen=True, slots=True)
class Society:
    """A society (学会) by its code and its name; two of them share a name, and E-31 does not exist."""

    code: str
    name: str
    discipline: str


def societies() -> tuple[Society, ...]:
    """All rows of societies.csv in its order, as they are: duplicates and gaps included."""
    return tuple(_read())


def _read() -> Iterator[Society]:
    text = (files("societas.demo") / "data" / "societies.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield Society(row["code"], row["name"], DISCIPLINES[row["discipline_class"].strip()])
