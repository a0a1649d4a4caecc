"""HTTP of a review's documents: the result list and the notices, to print and to file."""

import asyncio
from collections.abc import Callable, Mapping
from enum import StrEnum

from fastapi import Request, Response

from chassis.rates import limited
from chassis.web import router
from contracts.event import ReviewId, SocietyId
from services.evaluation.api.asked import AskedMoment
from services.evaluation.api.reviews import notice_of, published
from services.evaluation.reporting.excel import excel
from services.evaluation.reporting.paper import Paper
from services.evaluation.reporting.papers import notice, result_list
from services.evaluation.reporting.pdf import pdf
from services.evaluation.reporting.word import word
from services.evaluation.reviewing import documents
from services.rights import EVALUATION

review_papers = router("documents of reviews")


class PaperForm(StrEnum):
    """What a document is written for."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


_OFFICE = "application/vnd.openxmlformats-officedocument"
_WRITTEN: Mapping[PaperForm, tuple[Callable[[Paper], bytes], str]] = {
    PaperForm.PDF: (pdf, "application/pdf"),
    PaperForm.DOCX: (word, f"{_OFFICE}.wordprocessingml.document"),
    PaperForm.XLSX: (excel, f"{_OFFICE}.spreadsheetml.sheet"),
}


@review_papers.get(
    "/reviews/{review}/results/{form}",
    dependencies=[EVALUATION["reviews"].may_read, limited("past")],
    response_class=Response,
)
async def write_results(review: ReviewId, form: PaperForm, request: Request, moment: AskedMoment) -> Response:
    """The result list (评审结果) as PDF, for Word or for Excel."""
    found = await published(request, review, moment)
    paper = result_list(documents.results(found.review, found.rows), found.policy)
    return await _written(paper, form, f"{review}-results")


@review_papers.get(
    "/reviews/{review}/notices/{society}/{form}",
    dependencies=[EVALUATION["notices"].may_read],
    response_class=Response,
)
async def write_notice(
    review: ReviewId, society: SocietyId, form: PaperForm, request: Request, moment: AskedMoment
) -> Response:
    """The notice to one society (评审结果通知书) as PDF, for Word or for Excel."""
    found = await published(request, review, moment)
    names = "".join(row["name"] for row in found.rows)
    paper = notice(await notice_of(request, found, society), found.policy, names)
    return await _written(paper, form, f"{review}-{society}")


async def _written(paper: Paper, form: PaperForm, name: str) -> Response:
    write, media_type = _WRITTEN[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(await asyncio.to_thread(write, paper), media_type=media_type, headers=headers)
