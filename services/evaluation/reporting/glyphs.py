"""The glyphs of a paper: of the font that ships with us, and for what it lacks of the fonts that the machine has.

Whatever no font has is printed as 〓, so that nothing vanishes unseen.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

FONT = Path(__file__).parent / "fonts" / "NotoSansCJKsc-Regular.ttf"
INSTALLED = Path("/usr/share/fonts")
GETA = "〓"
"""Stands for a character that no font has (缺字符号)."""

_MOST_ERROR = 1.0
_NO_CHARACTER = ("Cc", "Cf", "Cn", "Co", "Cs")
_IDEOGRAPHS = frozenset({57, 59, 61})
"""Bits of OS/2: characters beyond the first plane, ideographs, ideographs of compatibility."""


def shown(text: str) -> str:
    """The text with a mark for every character that no font has."""
    return "".join(each if each == "\n" or width(each) is not None else GETA for each in text)


@lru_cache(maxsize=16_384)
def ems(text: str) -> float:
    """How wide a shown text is, in sizes of its font."""
    return sum(width(each) or 0.0 for each in text)


def width(character: str) -> float | None:
    """How wide a character is, in sizes of its font; None where no font has it."""
    own = _advances().get(ord(character))
    if own is not None:
        return own
    found = _elsewhere(ord(character))
    return None if found is None else _advance(found, ord(character))


@lru_cache(maxsize=4)
def font_of(characters: frozenset[str]) -> bytes:
    """A font with these characters alone, which a font each has: parsing the whole one takes longer than writing."""
    options = subset.Options(notdef_outline=True, hinting=False, layout_features=[])
    reducer, out = subset.Subsetter(options), BytesIO()
    reducer.populate(text="".join(characters))
    with TTFont(FONT, lazy=True, recalcBBoxes=False) as font:
        reducer.subset(font)
        lacking = sorted(ord(each) for each in characters if ord(each) not in _advances())
        if lacking:
            _find_beyond_the_first_plane(font)
        for code in lacking:
            _borrow(font, code)
        font.save(out)
    return out.getvalue()


@cache
def _advances() -> dict[int, float]:
    with TTFont(FONT, lazy=True) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


def _find_beyond_the_first_plane(font: TTFont) -> None:
    """Gives the font a table of characters that has room for those of every plane."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = font.getBestCmap()
    font["cmap"].tables = [table]


def _borrow(font: TTFont, code: int) -> None:
    """Draws the glyph of a character from another font, in the size of this one's."""
    other = _elsewhere(code)
    if other is None:
        return
    em, pen = font["head"].unitsPerEm, TTGlyphPen(None)
    scale, name = em / other["head"].unitsPerEm, f"u{code:X}"
    quadratic: Any = pen if "glyf" in other else Cu2QuPen(pen, _MOST_ERROR, reverse_direction=True)
    other.getGlyphSet()[other.getBestCmap()[code]].draw(TransformPen(quadratic, (scale, 0, 0, scale, 0, 0)))
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (round(_advance(other, code) * em), glyph.xMin)
    font.getBestCmap()[code] = name


def _advance(font: TTFont, code: int) -> float:
    return float(font["hmtx"][font.getBestCmap()[code]][0] / font["head"].unitsPerEm)


@lru_cache(maxsize=1024)
def _elsewhere(code: int) -> TTFont | None:
    """The first font of the machine that has the character, by name of its file."""
    if unicodedata.category(chr(code)) in _NO_CHARACTER:
        return None
    return next((font for font in _installed() if code in (font.getBestCmap() or ())), None)


@cache
def _installed() -> tuple[TTFont, ...]:
    return tuple(font for file in sorted(INSTALLED.rglob("*.[ot]t[fc]")) for font in _opened(file))


def _opened(file: Path) -> Iterator[TTFont]:
    """A font of many scripts; of a collection the first face, since the others have the same characters."""
    try:
        font = TTFont(file, fontNumber=0, lazy=True)
        if ("glyf" in font or "CFF " in font) and font["OS/2"].getUnicodeRanges() & _IDEOGRAPHS:
            yield font
    except (TTLibError, OSError):
        return
