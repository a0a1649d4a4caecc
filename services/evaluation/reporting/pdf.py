"""A document as PDF, with the Chinese glyphs it uses inside."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import WrapMode
from fpdf.fonts import FontFace

from services.evaluation.reporting.paper import Grid, Paper

FONT = Path(__file__).parent / "fonts" / "NotoSansCJKsc-GB2312.otf"
GETA = "〓"
"""Stands for a character that the font does not have (缺字符号), so that nothing vanishes unseen."""

_INK, _SOFT, _SHADE = (27, 36, 48), (95, 100, 110), (240, 237, 228)
_FAMILY = "noto"


class _Sheet(FPDF):
    """A4 pages with their numbers."""

    def footer(self) -> None:
        """Writes the page number."""
        self.set_y(-12)
        self.set_font(_FAMILY, size=8)
        self.set_text_color(_SOFT)
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="C")


def pdf(paper: Paper) -> bytes:
    """The document as PDF."""
    sheet = _Sheet(format="A4")
    for style in ("", "B"):
        sheet.add_font(_FAMILY, style, FONT)
    sheet.set_title(paper.title[0])
    sheet.set_margins(16, 16)
    sheet.set_auto_page_break(auto=True, margin=18)
    sheet.add_page()
    _write(sheet, paper.title[0], 20, align="C")
    _write(sheet, paper.title[1], 10, align="C", colour=_SOFT)
    sheet.ln(4)
    _grid(sheet, [30, 70], [list(fact) for fact in paper.facts], headed=False)
    for grid in paper.grids:
        sheet.ln(5)
        if grid.title:
            _write(sheet, grid.title, 12)
        _table(sheet, grid)
    sheet.ln(14)
    _write(sheet, paper.seal, 10, align="R")
    sheet.ln(4)
    for line in paper.proof:
        _write(sheet, line, 7, colour=_SOFT)
    return bytes(sheet.output())


def _write(sheet: FPDF, text: str, size: float, *, align: str = "L", colour: tuple[int, int, int] = _INK) -> None:
    sheet.set_font(_FAMILY, size=size)
    sheet.set_text_color(colour)
    sheet.multi_cell(0, size * 0.55, shown(text), align=align, wrapmode=WrapMode.CHAR, new_x="LMARGIN", new_y="NEXT")


def _table(sheet: FPDF, grid: Grid) -> None:
    headings = [text for text, _ in grid.headings]
    _grid(sheet, [share for _, share in grid.headings], [headings, *map(list, grid.rows)], headed=True)


def _grid(sheet: FPDF, widths: list[int], rows: list[list[str]], *, headed: bool) -> None:
    sheet.set_font(_FAMILY, size=8.5)
    sheet.set_text_color(_INK)
    sheet.set_draw_color(200, 196, 186)
    with sheet.table(
        col_widths=widths,
        first_row_as_headings=headed,
        headings_style=FontFace(fill_color=_SHADE, emphasis=""),
        line_height=4.6,
        padding=1,
        wrapmode=WrapMode.CHAR,
        text_align="LEFT",
    ) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(shown(cell))


def shown(text: str) -> str:
    """The text with a mark for every character the font does not have."""
    known = _glyphs()
    return "".join(each if ord(each) in known else GETA for each in text)


@cache
def _glyphs() -> frozenset[int]:
    with TTFont(FONT) as font:
        return frozenset(font.getBestCmap())
