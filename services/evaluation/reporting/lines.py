"""Breaking a text into lines: at spaces and between Chinese characters, never inside a word that fits."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

_OPENING, _CLOSING = "（《「『【〔“‘", "），。；：、！？》」』】〕”’"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNITS = re.compile(rf"\s+|[{_OPENING}]*[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+[{_CLOSING}]*")

Measure = Callable[[str], float]
"""How wide a text is."""


def lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text, each at most so wide; what cannot be broken and is wider is cut where it must be.

    No line begins with closing punctuation, nor ends with an opening bracket. A line break in the text stays one.
    """
    return [line for part in text.split("\n") for line in _broken(part, width, measure)]


def _broken(text: str, width: float, measure: Measure) -> list[str]:
    found, line, filled, gap = list[str](), "", 0.0, ""
    for unit in _units(text):
        if unit.isspace():
            gap = " " if line else ""
            continue
        needed = measure(gap) + measure(unit)
        if line and filled + needed > width:
            found.append(line)
            line, filled, gap = "", 0.0, ""
            needed = measure(unit)
        *whole, unit_left = _cut(unit, width, measure) if needed > width else [unit]
        found += whole
        line, filled = line + gap + unit_left, filled + (needed if not whole else measure(unit_left))
        gap = ""
    return [*found, line] if line or not found else found


@lru_cache(maxsize=4096)
def _units(text: str) -> tuple[str, ...]:
    return tuple(_UNITS.findall(text))


def _cut(unit: str, width: float, measure: Measure) -> Iterator[str]:
    part = ""
    for character in unit:
        if part and measure(part + character) > width:
            yield part
            part = ""
        part += character
    yield part
