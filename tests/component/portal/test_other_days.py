"""Pages of other days and other policies; and what is shown when a page breaks."""

import httpx2
import pytest

from tests.component.portal.fake_evaluation import FakeEvaluation
from tests.component.portal.reading import Page


async def test_the_board_of_a_past_day_stands_still(reader: httpx2.AsyncClient, evaluation: FakeEvaluation) -> None:
    html = (await reader.get("/?as_of=2026-01-31&known_at=2026-02-15&lang=en")).text

    assert evaluation.asked_for == [{"as_of": "2026-01-31", "known_at": "2026-02-15T23:59:59.999999+08:00"}]
    assert "The board of a past day" in Page(html).text
    assert "data-stream" not in html
    assert 'name="as_of" value="2026-01-31"' in html


async def test_a_society_on_a_past_day_stands_still_and_its_links_stay_there(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    html = (await reader.get("/societies/A-02?as_of=2026-01-31&known_at=2026-02-15&lang=en")).text

    assert evaluation.asked_for == [{"as_of": "2026-01-31", "known_at": "2026-02-15T23:59:59.999999+08:00"}]
    assert "data-stream" not in html
    assert 'action="/societies/A-02"' in html
    assert 'name="known_at" value="2026-02-15"' in html
    assert 'href="/?lang=en&amp;as_of=2026-01-31&amp;known_at=2026-02-15"' in html
    board = (await reader.get("/?as_of=2026-01-31")).text
    assert 'href="/societies/A-02?as_of=2026-01-31"' in board
    assert "data-stream" in (await reader.get("/societies/A-02")).text


async def test_a_societys_day_that_has_not_come_is_said_in_words(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/societies/A-02?as_of=2026-07-01")

    assert answer.status_code == 404
    assert "日期尚未到来" in Page(answer.text).text


async def test_no_date_is_today(reader: httpx2.AsyncClient, evaluation: FakeEvaluation) -> None:
    assert "data-stream" in (await reader.get("/?as_of=&known_at=")).text
    assert evaluation.asked_for == []


@pytest.mark.parametrize("address", ["/?as_of=foo", "/?known_at=foo", "/societies/A-02?as_of=foo", "/duties?as_of=foo"])
async def test_what_is_no_date_is_not_taken_for_today(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation, address: str
) -> None:
    answer = await reader.get(address)

    assert answer.status_code == 422
    assert "foo" in Page(answer.text).text
    assert evaluation.asked_for == []


async def test_a_day_that_has_not_come_is_said_in_words(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/?as_of=2026-07-01")

    assert answer.status_code == 404
    assert "日期尚未到来" in Page(answer.text).text


async def test_every_policy_on_file_has_its_page(reader: httpx2.AsyncClient) -> None:
    listed = (await reader.get("/policies?lang=en")).text

    assert 'href="/policies/hubei-2017@2018.1?lang=en"' in listed
    page = Page((await reader.get("/policies/hubei-2017@2018.1?lang=en")).text).text
    assert "Generated" in page or "generated for demonstration" in page


async def test_the_policy_page_says_that_the_records_are_generated(reader: httpx2.AsyncClient) -> None:
    assert "generated for demonstration" in Page((await reader.get("/policy")).text).text


async def test_another_policy_shows_who_moves_and_why(reader: httpx2.AsyncClient, evaluation: FakeEvaluation) -> None:
    query = "policy=hubei-2017@2018.1&against=hubei-2017@2017.1&as_of=2026-06-01&lang=en"
    html = (await reader.get(f"/policies?{query}")).text
    text = Page(html).text

    assert evaluation.asked_for == [
        {"policy": "hubei-2017@2018.1", "against": "hubei-2017@2017.1", "as_of": "2026-06-01"}
    ]
    for said in ("中国物理学会 A-02 30 → 34 70 → 67.5 (-2.5)", "-2.5 Individual members", "四（一）3"):
        assert said in text
    assert "中国数学会" not in text
    for said in (  # who is barred, by which clause, and that a policy is out of force
        "中国力学学会 A-03",
        "no longer: Checked last year",
        "Checked last year 上年度参加年检 第七条 19 → 5",
        "hubei-2017 2017.1 is not in force on 2026-06-30",
        "A grade announced on 2026-06-30 is valid from 2027-01-01 to 2031-12-31 under hubei-2017 2018.1",
    ):
        assert said in text
    assert (await reader.get("/policies?policy=nowhere")).status_code == 404


@pytest.mark.parametrize(("field", "value"), [("total", "many"), ("completeness", "NaN")])
async def test_a_page_that_breaks_is_a_page(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation, field: str, value: str
) -> None:
    evaluation.board["ratings"][0][field] = value

    answer = await reader.get("/")

    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert "这是我方的故障" in Page(answer.text).text or "Something went wrong here" in Page(answer.text).text


async def test_an_instant_is_asked_about_as_it_is(reader: httpx2.AsyncClient, evaluation: FakeEvaluation) -> None:
    html = (await reader.get("/", params={"as_of": "2026-01-31", "known_at": "2026-02-15T08:00:00Z"})).text

    assert evaluation.asked_for == [{"as_of": "2026-01-31", "known_at": "2026-02-15T08:00:00Z"}]
    assert 'name="known_at" value="2026-02-15"' in html
