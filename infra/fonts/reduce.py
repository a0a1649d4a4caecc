"""Makes the font of the PDF papers from Noto Sans CJK: the Chinese face without Hangul, outlines as quadratic curves.

apt-get install fonts-noto-cjk
.venv/bin/python infra/fonts/reduce.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc FILE.ttf
"""

import sys
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

FACE = "Noto Sans CJK SC"
HANGUL = (
    (0x1100, 0x11FF), (0x3130, 0x318F), (0x3200, 0x321E), (0x3260, 0x327E), (0xA960, 0xA97F), (0xAC00, 0xD7FF),
    (0xFFA0, 0xFFDC),
)  # fmt: skip
MOST_ERROR = 1.0
"""How far a quadratic curve may be from the cubic one, in units of which an em has a thousand."""


def reduced(collection: str) -> TTFont:
    """The face with the characters that are wanted, without hints and layout features."""
    font = next(one for one in TTCollection(collection).fonts if one["name"].getDebugName(1) == FACE)
    options = subset.Options(
        notdef_outline=True, hinting=False, layout_features=[], drop_tables=["VORG", "vhea", "vmtx"]
    )
    reducer = subset.Subsetter(options)
    reducer.populate(unicodes=[code for code in font.getBestCmap() if not _is_hangul(code)])
    reducer.subset(font)
    return font


def _is_hangul(code: int) -> bool:
    return any(first <= code <= last for first, last in HANGUL)


def with_quadratic_outlines(font: TTFont) -> TTFont:
    """The font with a `glyf` table in place of `CFF `, as PDF writers embed it."""
    order, glyphs, cubic = font.getGlyphOrder(), dict[str, Any](), font.getGlyphSet()
    for name in order:
        pen = TTGlyphPen(None)
        cubic[name].draw(Cu2QuPen(pen, MOST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    _as_truetype(font, order)
    return font


def _as_truetype(font: TTFont, order: list[str]) -> None:
    del font["CFF "]
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = maxp.maxComponentElements = maxp.maxComponentDepth = 1
    for field in ("Points", "Contours", "CompositePoints", "CompositeContours", "TwilightPoints", "Storage"):
        setattr(maxp, f"max{field}", 0)
    for field in ("FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(maxp, f"max{field}", 0)
    maxp.numGlyphs = len(order)
    font.sfntVersion = "\000\001\000\000"


if __name__ == "__main__":
    with_quadratic_outlines(reduced(sys.argv[1])).save(sys.argv[2])
