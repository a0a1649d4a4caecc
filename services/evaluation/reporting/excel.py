"""A document for Excel (.xlsx)."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from services.evaluation.reporting.paper import Cell, Grid, Paper

FACE = "宋体"
_WIDTH = 110
_LONGEST_NAME = 31


def excel(paper: Paper) -> bytes:
    """The document as .xlsx: a sheet for each table, which prints page by page with its headings and page numbers.

    The first sheet has the facts, too. Numbers are numbers.
    """
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    styles = _Styles(book)
    for place, grid in enumerate(paper.grids):
        sheet = book.add_worksheet(grid.title[0][:_LONGEST_NAME])
        _begin(sheet, " · ".join(grid.title) if place else "", paper, styles)
        line = 3 if place else _facts(sheet, paper, len(grid.headings), styles)
        line = _table(sheet, grid, line, styles)
        for text in () if place else (paper.seal, *paper.proof):
            line += 1
            sheet.write_string(line, 0, text, styles.small)
    book.close()
    return out.getvalue()


class _Styles:
    def __init__(self, book: Workbook) -> None:
        self.plain = book.add_format({"font_name": FACE, "border": 1, "text_wrap": True, "valign": "top"})
        self.head = book.add_format({"font_name": FACE, "border": 1, "bg_color": "#F0EDE4", "text_wrap": True})
        self.fact = book.add_format(
            {"font_name": FACE, "border": 1, "text_wrap": True, "valign": "top", "align": "left"}
        )
        self.large = book.add_format({"font_name": FACE, "font_size": 18})
        self.small = book.add_format({"font_name": FACE})


def _begin(sheet: Any, title: str, paper: Paper, styles: _Styles) -> None:
    sheet.write_string(0, 0, paper.title[0], styles.large)
    sheet.write_string(1, 0, title or paper.title[1], styles.small)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _facts(sheet: Any, paper: Paper, columns: int, styles: _Styles) -> int:
    """The facts across the width of the table below; the line after them."""
    line = 3
    for label, value in paper.facts:
        sheet.merge_range(line, 0, line, 1, label, styles.head)
        if columns > 3:  # noqa: PLR2004 — a single cell cannot be merged
            sheet.merge_range(line, 2, line, columns - 1, "", styles.fact)
        _put(sheet, line, 2, value, styles.fact)
        line += 1
    return line + 1


def _table(sheet: Any, grid: Grid, line: int, styles: _Styles) -> int:
    sheet.repeat_rows(line)
    for column, (_, share) in enumerate(grid.headings):
        sheet.set_column(column, column, share * _WIDTH / 100)
    _row(sheet, line, [text for text, _ in grid.headings], styles.head)
    for row in grid.rows:
        line += 1
        _row(sheet, line, row, styles.plain)
    return line + 1


def _row(sheet: Any, line: int, cells: Sequence[Cell], style: Any) -> None:
    for column, cell in enumerate(cells):
        _put(sheet, line, column, cell, style)


def _put(sheet: Any, line: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, column, cell, style)
    else:
        sheet.write_number(line, column, cell, style)
