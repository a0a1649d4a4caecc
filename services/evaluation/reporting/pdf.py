"""A document as PDF, with the Chinese glyphs it uses inside."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.fonts import TTFFont

from services.evaluation.reporting.glyphs import GETA, ems, font_of, shown
from services.evaluation.reporting.lines import lines
from services.evaluation.reporting.paper import Cell, Grid, Paper

_INK, _SOFT, _SHADE, _RULE = (27, 36, 48), (95, 100, 110), (240, 237, 228), (200, 196, 186)
_FAMILY = "noto"
_MARGIN, _FOOT, _WIDTH, _HEIGHT = 16.0, 18.0, 210.0, 297.0
_MM_A_POINT = 25.4 / 72
_SIZE, _LINE, _PADDING = 8.5, 4.6, 1.0


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
    sheet.fonts[_FAMILY] = font = TTFFont(sheet, cast("Path", BytesIO(font_of(_needed(paper)))), _FAMILY, "")
    # Else every glyph is looked at to find how far the widest reaches, which the whole font says already.
    font.ttfont.recalcBBoxes = False
    sheet.set_title(paper.title[0])
    sheet.set_margins(_MARGIN, _MARGIN)
    sheet.set_auto_page_break(auto=False)
    sheet.set_draw_color(_RULE)
    sheet.add_page()
    _write(sheet, paper.title[0], 20, align="C")
    _write(sheet, paper.title[1], 10, align="C", colour=_SOFT)
    sheet.ln(4)
    _rows(sheet, [30, 70], [(label, str(value)) for label, value in paper.facts])
    for grid in paper.grids:
        sheet.ln(5)
        _table(sheet, grid)
    sheet.ln(14)
    _write(sheet, paper.seal, 10, align="R")
    sheet.ln(4)
    for line in paper.proof:
        _write(sheet, line, 7, colour=_SOFT)
    return bytes(sheet.output())


def _write(sheet: FPDF, text: str, size: float, *, align: str = "L", colour: tuple[int, int, int] = _INK) -> None:
    height = size * 0.55
    for line in lines(shown(text), (_WIDTH - 2 * _MARGIN) / (size * _MM_A_POINT), ems):
        _turn_if_full(sheet, height)
        sheet.set_font(_FAMILY, size=size)
        sheet.set_text_color(colour)
        sheet.cell(0, height, line, align=align, new_x="LMARGIN", new_y="NEXT")


def _table(sheet: FPDF, grid: Grid) -> None:
    headings, shares = [text for text, _ in grid.headings], [share for _, share in grid.headings]
    # A title or a heading that is the last on its page says nothing.
    _turn_if_full(sheet, 30)
    _write(sheet, " ".join(grid.title), 11)
    sheet.ln(1)
    _rows(sheet, shares, grid.rows, headings)


def _rows(sheet: FPDF, shares: Sequence[int], rows: Sequence[Sequence[Cell]], headings: Sequence[str] = ()) -> None:
    """Rows with their lines around them; on every page the headings are above them."""
    widths = [share / sum(shares) * (_WIDTH - 2 * _MARGIN) for share in shares]
    if headings:
        _row(sheet, widths, headings, shaded=True)
    for row in rows:
        if _turn_if_full(sheet, _height(widths, row)) and headings:
            _row(sheet, widths, headings, shaded=True)
        _row(sheet, widths, row)


def _row(sheet: FPDF, widths: Sequence[float], row: Sequence[Cell], *, shaded: bool = False) -> None:
    height, top, left = _height(widths, row), sheet.get_y(), _MARGIN
    sheet.set_font(_FAMILY, size=_SIZE)
    sheet.set_text_color(_INK)
    sheet.set_fill_color(_SHADE)
    for width, cell in zip(widths, row, strict=True):
        sheet.rect(left, top, width, height, "DF" if shaded else "D")
        for place, line in enumerate(_broken(cell, width)):
            indent = width - 2 * _PADDING - ems(line) * _SIZE * _MM_A_POINT if not isinstance(cell, str) else 0
            sheet.text(left + _PADDING + indent, top + _PADDING + place * _LINE + 0.72 * _LINE, line)
        left += width
    sheet.set_xy(_MARGIN, top + height)


def _height(widths: Sequence[float], row: Sequence[Cell]) -> float:
    most = max(len(_broken(cell, width)) for width, cell in zip(widths, row, strict=True))
    return most * _LINE + 2 * _PADDING


@lru_cache(maxsize=4096)
def _broken(cell: Cell, width: float) -> list[str]:
    return lines(shown(str(cell)), (width - 2 * _PADDING) / (_SIZE * _MM_A_POINT), ems)


def _turn_if_full(sheet: FPDF, height: float) -> bool:
    """Begins another page if so much does not fit on this one."""
    full: bool = sheet.get_y() + height > _HEIGHT - _FOOT
    if full:
        sheet.add_page()
    return full


def _needed(paper: Paper) -> frozenset[str]:
    """The characters of the font: those of the paper's kind, so that the next one finds it ready, and its own."""
    return frozenset(shown("".join(paper.alphabet | paper.characters) + "0123456789 /" + GETA))
