"""The documents of a review, read back with other libraries than those that wrote them."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from services.evaluation.domain.review.reasons import reasons
from services.evaluation.reporting import glyphs
from services.evaluation.reporting.excel import excel
from services.evaluation.reporting.glyphs import GETA, shown
from services.evaluation.reporting.paper import Paper
from services.evaluation.reporting.papers import notice, result_list
from services.evaluation.reporting.pdf import pdf
from services.evaluation.reporting.word import word
from services.evaluation.reviewing import documents
from tests.unit.evaluation.histories import hubei
from tests.unit.evaluation.review.reviews import facts, sealed

NAMES = {"A-01": "中国数学会", "A-02": "中国物理学会", "B-01": "中国机械工程学会"}
STORY = sealed()


def rows() -> list[dict[str, Any]]:
    found = [one.as_json() for one in STORY.standings(STORY.review.admitted)]
    return [row | {"name": NAMES[row["society"]]} for row in found]


def results(times: int = 1) -> Paper:
    return result_list(documents.results(STORY.review, rows() * times), hubei())


def the_document() -> dict[str, Any]:
    row = next(row for row in rows() if row["society"] == "A-01")
    own = [one for one in facts() if one.subject == "A-01"]
    return documents.notice(STORY.review, row, reasons(row, hubei(), STORY.review.terms.as_of, own))


def the_notice() -> Paper:
    return notice(the_document(), hubei())


def text_of_pdf(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def text_of_word(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_excel(content: bytes) -> str:
    sheets = openpyxl.load_workbook(BytesIO(content)).worksheets
    rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


READ = {
    "pdf": lambda paper: squeezed("".join(text_of_pdf(pdf(paper)))),
    "docx": lambda paper: squeezed(text_of_word(word(paper))),
    "xlsx": lambda paper: squeezed(text_of_excel(excel(paper))),
}


def squeezed(text: str) -> str:
    """A text without spaces and line ends: where a line is broken is the writer's business."""
    return "".join(text.split())


@pytest.mark.parametrize("form", READ)
def test_the_result_list_names_every_society_its_class_and_how_to_check_it(form: str) -> None:
    text = READ[form](results())

    for said in ("评审结果公示表", "Results of the review", *NAMES.values(), "重组淘汰", "分类为正式认定", "科协盖章"):
        assert squeezed(said) in text, said
    assert STORY.review.hash is not None
    for seal in (STORY.review.hash, STORY.review.chain, "societas review verify review-2025"):
        assert squeezed(seal) in text, seal


@pytest.mark.parametrize("form", READ)
def test_a_notice_gives_every_indicator_its_clause_and_the_objections_with_before_and_after(form: str) -> None:
    text = READ[form](the_notice())
    revision = STORY.review.revisions[0]

    for said in (
        "评审结果通知书",
        "中国数学会",
        "理事会会议",
        "四（二）5",
        f"{revision.total_before} → {revision.total_after}",
    ):
        assert squeezed(said) in text, said
    assert all(squeezed(one.title.zh) in text for one in hubei().indicators)


@pytest.mark.parametrize("form", READ)
def test_a_notice_says_why_what_holds_what_sections_come_to_and_until_when_to_object(form: str) -> None:
    text = READ[form](the_notice())

    for said in (
        "依规则直接认定（四（二）7），不论得分",
        "重组淘汰规则",
        "不论得分，列入重组淘汰。",
        "党组织缺失",
        "party organisations: 0",
        "等级最高为",
        "不得列入：重点支持、培育扶持。",
        "完整度",
        "2025-12-08",
        hubei().groups["governance"].zh,
        *(one["remedy"]["zh"] for one in the_document()["reasons"]["missed"]),
    ):
        assert squeezed(said) in text, said


def test_the_sections_of_a_notice_add_up_to_its_points() -> None:
    document = the_document()

    assert sum(Decimal(one["points"]) for one in document["reasons"]["sections"]) == Decimal(
        document["result"]["total"]
    )


def test_a_long_table_goes_over_pages_with_its_headings_and_page_numbers() -> None:
    pages = text_of_pdf(pdf(results(70)))

    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page
    assert all("名次 Rank" in page for page in pages[:-1])
    sheet = openpyxl.load_workbook(BytesIO(excel(results(70)))).active
    assert sheet is not None
    assert sheet.print_title_rows == "$12:$12"
    assert sheet["A12"].value == "名次 Rank"


def test_ranks_and_points_in_a_sheet_can_be_reckoned_with() -> None:
    sheet = openpyxl.load_workbook(BytesIO(excel(results()))).active
    assert sheet is not None

    assert [sheet.cell(12, column).value for column in (1, 4, 5)] == ["名次 Rank", "得分 Points", "满分 of"]
    assert [type(sheet.cell(13, column).value) for column in (1, 4, 5)] == [int, int, int]


def test_points_with_a_fraction_stay_exact_in_a_sheet() -> None:
    paper = result_list(documents.results(STORY.review, [rows()[0] | {"total": "65.6667"}]), hubei())
    sheet = openpyxl.load_workbook(BytesIO(excel(paper))).active
    assert sheet is not None

    assert sheet.cell(13, 4).value == 65.6667


def test_every_table_of_a_notice_has_its_sheet() -> None:
    names = openpyxl.load_workbook(BytesIO(excel(the_notice()))).sheetnames

    assert names == ["不利情形", "各部分", "失分项", "各指标得分", "异议"]


def test_a_word_table_repeats_its_headings_and_cuts_no_row() -> None:
    table = docx.Document(BytesIO(word(results(70)))).tables[1]

    assert "w:tblHeader" in table.rows[0]._tr.xml  # noqa: SLF001 - no other way to look
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)  # noqa: SLF001 - as above


def test_the_pdf_carries_its_glyphs_and_stays_small() -> None:
    content = pdf(results(70))

    assert b"/FontFile2" in content
    assert len(content) < 200_000


STRANGE = "喆镕堃昇赟龑•éΩⅣ㎡℃𬭎𬭳𠮷\U0002a6d6\U000323af\ue000\u0378"


@pytest.mark.parametrize("form", READ)
def test_every_name_that_the_door_admits_is_printed(form: str) -> None:
    named = [row | {"name": f"中国{STRANGE}学会"} for row in rows()]
    text = READ[form](result_list(documents.results(STORY.review, named), hubei()))

    assert "喆镕堃昇赟龑•éΩⅣ㎡℃𬭎𬭳𠮷" in text


def test_what_no_font_has_is_marked_and_not_lost() -> None:
    assert shown("中国\ue000学会 \u0378") == f"中国{GETA}学会 {GETA}"


def test_what_our_font_lacks_is_drawn_from_a_font_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = chr(0x2A6D6)
    _font_of_one_character(far).save(tmp_path / "far.ttf")
    monkeypatch.setattr(glyphs, "INSTALLED", tmp_path)
    for kept in (glyphs._installed, glyphs._elsewhere, glyphs.font_of, glyphs.ems):  # noqa: SLF001 - of another machine
        kept.cache_clear()

    (page,) = text_of_pdf(pdf(Paper((f"{far}学会", "A"), [], [], "", [])))
    assert f"{far}学会" in page


def _font_of_one_character(character: str) -> TTFont:
    """A square on an em of another size than ours."""
    builder, pen = FontBuilder(2048), TTGlyphPen(None)
    for corner in ((0, 0), (0, 2000), (2000, 2000), (2000, 0)):
        (pen.lineTo if pen.points else pen.moveTo)(corner)
    pen.closePath()
    builder.setupGlyphOrder([".notdef", "far"])
    builder.setupCharacterMap({ord(character): "far"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "far": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (2048, 0), "far": (2048, 0)})
    builder.setupHorizontalHeader()
    builder.setupOS2(ulUnicodeRange2=1 << (57 - 32))
    builder.setupPost()
    return builder.font
