"""A document for Excel (.xlsx)."""

from io import BytesIO

from xlsxwriter import Workbook

from services.evaluation.reporting.paper import Paper

FACE = "宋体"
_WIDTH = 110


def excel(paper: Paper) -> bytes:
    """The document as .xlsx, on one sheet that prints page by page with its headings and page numbers."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    plain = book.add_format({"font_name": FACE, "border": 1, "text_wrap": True, "valign": "top"})
    head = book.add_format({"font_name": FACE, "border": 1, "bg_color": "#F0EDE4", "text_wrap": True})
    large, small = book.add_format({"font_name": FACE, "font_size": 18}), book.add_format({"font_name": FACE})
    sheet = book.add_worksheet(paper.title[0][:31])
    sheet.write_string(0, 0, paper.title[0], large)
    sheet.write_string(1, 0, paper.title[1], small)
    line = 3
    for label, value in paper.facts:
        sheet.write_string(line, 0, label, head)
        sheet.write_string(line, 1, value, plain)
        line += 1
    for place, grid in enumerate(paper.grids):
        line += 1
        if grid.title:
            sheet.write_string(line, 0, grid.title, small)
            line += 1
        if place == 0:
            sheet.repeat_rows(line)
            for column, (_, share) in enumerate(grid.headings):
                sheet.set_column(column, column, share * _WIDTH / 100)
        for row in ([text for text, _ in grid.headings], *grid.rows):
            style = head if row[0] == grid.headings[0][0] else plain
            for column, text in enumerate(row):
                sheet.write_string(line, column, text, style)
            line += 1
    for text in (paper.seal, *paper.proof):
        line += 1
        sheet.write_string(line, 0, text, small)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    book.close()
    return out.getvalue()
