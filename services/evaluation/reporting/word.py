"""A document for Word (.docx)."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from services.evaluation.reporting.paper import Cell, Paper

FACE = "宋体"
_TEXT_CM = 17
_TWENTIETHS_OF_A_POINT = 567
"""In a centimetre."""


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
    """Written as the format has it: by the library's objects a long table takes many times as long."""
    widths = [round(share / sum(shares) * _TEXT_CM * _TWENTIETHS_OF_A_POINT) for share in shares]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    told = "".join(_row(widths, row, head=headed and place == 0) for place, row in enumerate(rows))
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{told}</w:tbl>'
    )
    body = document.element.body
    body.insert(len(body) - 1, table)


def _row(widths: Sequence[int], cells: Sequence[Cell], *, head: bool) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    told = "".join(map(_cell, widths, cells))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{told}</w:tr>"


def _cell(width: int, value: Cell) -> str:
    aligned = "" if isinstance(value, str) else '<w:pPr><w:jc w:val="right"/></w:pPr>'
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escape, str(value).split("\n")))
    text = f'<w:p>{aligned}<w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'


def _number_pages(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 — the only way to a field the library lacks
