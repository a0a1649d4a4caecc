"""A society's page draws its trend without a script, and a candidate's class says so."""

import httpx2

from services.portal.trend import Point, Trend
from tests.component.portal.fake_evaluation import FakeEvaluation
from tests.component.portal.reading import Page


def trend(*shares: str) -> Trend:
    return Trend([Point("2026-06-01", share, 1) for share in shares])


def test_the_line_runs_from_the_lowest_share_at_the_bottom_to_the_highest_at_the_top() -> None:
    assert trend("0.4", "0.6", "0.5").line == "3.0,53.0 180.0,3.0 357.0,28.0"


def test_a_trend_that_stands_still_is_level() -> None:
    assert trend("0.4", "0.4").line == "3.0,28.0 357.0,28.0"
    assert trend("0.4").line == "3.0,28.0"


async def test_a_page_of_a_society_shows_where_it_came_from(reader: httpx2.AsyncClient) -> None:
    page = (await reader.get("/societies/A-02")).text

    assert '<polyline points="3.0,53.0 180.0,36.3 357.0,3.0"/>' in page
    text = Page(page).text
    assert "走势 Trend 2026-06-27 – 2026-06-29" in text
    assert "40% → 47%" in text
    assert "+7.5" in text


async def test_a_candidate_is_shown_with_the_class_of_its_rank_and_since_when(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    row = evaluation.board["ratings"][1]
    row |= {"class": "foster", "range": "support", "candidate_since": "2026-06-28"}

    for path in ("/societies/A-02", "/"):
        assert "→ 重点支持 Key support 按名次，始于 2026-06-28" in Page((await reader.get(path)).text).text
