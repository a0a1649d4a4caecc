"""A document for Word (.docx)."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from services.evaluation.reporting.paper import Paper

FACE = "宋体"


def word(paper: Paper) -> bytes:
    """The document as .docx; headings repeat on every page, no row is cut in two."""
    document: Any = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    for line, size in zip(paper.title, (18, 11), strict=True):
        _line(document, line, size, WD_ALIGN_PARAGRAPH.CENTER)
    _table(document, [list(fact) for fact in paper.facts], headed=False)
    for grid in paper.grids:
        _line(document, grid.title, 12, WD_ALIGN_PARAGRAPH.LEFT)
        _table(document, [[text for text, _ in grid.headings], *map(list, grid.rows)], headed=True)
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


def _table(document: Any, rows: list[list[str]], *, headed: bool) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for place, cells in enumerate(rows):
        row = table.add_row()
        _mark(row, "w:cantSplit")
        if headed and place == 0:
            _mark(row, "w:tblHeader")
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 — the only way to a property the library lacks


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 — as above
