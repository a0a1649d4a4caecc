"""A document for Word (.docx)."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from services.evaluation.reporting.paper import Cell, Paper

FACE = "宋体"
_TEXT_CM = 17


def word(paper: Paper) -> bytes:
    """The document as .docx; headings repeat on every page, no row is cut in two."""
    document: Any = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _TEXT_CM) / 2)
    for line, size in zip(paper.title, (18, 11), strict=True):
        _line(document, line, size, WD_ALIGN_PARAGRAPH.CENTER)
    _table(document, [30, 70], [(label, str(value)) for label, value in paper.facts], headed=False)
    for grid in paper.grids:
        _line(document, " ".join(grid.title), 12, WD_ALIGN_PARAGRAPH.LEFT)
        headings, shares = [text for text, _ in grid.headings], [share for _, share in grid.headings]
        _table(document, shares, [headings, *grid.rows], headed=True)
    _line(document, f"\n{paper.seal}", 10, WD_ALIGN_PARAGRAPH.RIGHT)
    for line in paper.proof:
        _line(document, line, 8, WD_ALIGN_PARAGRAPH.LEFT)
    _number_pages(section.footer.paragraphs[0])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _line(document: Any, text: str, size: int, alignment: WD_ALIGN_PARAGRAPH) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    paragraph.add_run(text).font.size = Pt(size)


def _table(document: Any, shares: Sequence[int], rows: Sequence[Sequence[Cell]], *, headed: bool) -> None:
    table = document.add_table(rows=len(rows), cols=len(shares), style="Table Grid")
    table.autofit = False
    widths = [Cm(share / sum(shares) * _TEXT_CM) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # By elements: the library looks for each cell in the whole table anew.
    for place, (element, cells) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):  # noqa: SLF001 — as said
        properties = element.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if headed and place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, value, width in zip(element.tc_lst, cells, widths, strict=True):
            cell.width = width
            paragraph = cell.p_lst[0]
            paragraph.add_r().text = str(value)
            if not isinstance(value, str):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 — as above
