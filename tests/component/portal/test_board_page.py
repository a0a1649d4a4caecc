from datetime import timedelta

import httpx2
import pytest

from tests.component.portal.documents import SOCIETIES, board
from tests.component.portal.fake_evaluation import FakeEvaluation
from tests.component.portal.reading import Page


async def look(reader: httpx2.AsyncClient, path: str = "/") -> Page:
    answer = await reader.get(path)
    assert answer.status_code == 200
    return Page(answer.text)


async def test_every_society_stands_on_the_board_by_rank(reader: httpx2.AsyncClient) -> None:
    assert (await look(reader)).rows == [code for code, _, _ in SOCIETIES]


async def test_equals_stand_in_the_order_evaluation_gives(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    first, second, *_ = evaluation.board["ratings"]
    first["rank"] = second["rank"] = 1
    evaluation.board["ratings"][:2] = [second, first]

    assert (await look(reader)).rows[:2] == [second["society"], first["society"]]


async def test_chinese_is_first_and_english_beside_it(reader: httpx2.AsyncClient) -> None:
    page = await look(reader)

    assert page.language == "zh-CN"
    assert "暂定分类 Provisional class" in page.text


async def test_a_reader_of_english_gets_english_first_and_keeps_it_from_page_to_page(
    reader: httpx2.AsyncClient,
) -> None:
    answer = await reader.get("/?lang=en")
    page = Page(answer.text)

    assert page.language == "en"
    assert "Provisional class 暂定分类" in page.text
    assert 'href="/societies/A-01?lang=en"' in answer.text


async def test_every_class_is_called_provisional(reader: httpx2.AsyncClient) -> None:
    html = (await reader.get("/")).text
    lines = html.split('data-society="')[1:]

    assert all('<small class="provisional">' in line for line in lines)


async def test_movement_has_a_sign_a_number_and_words(reader: httpx2.AsyncClient) -> None:
    page = await look(reader)

    assert "▲ 3" in page.text
    assert "▼ 11" in page.text
    assert "位，上升" in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("discipline=medicine", ["D-01", "D-27W"]),
        ("q=a-4", ["A-46G"]),
        ("q=机械", ["B-01"]),
        ("discipline=science&q=数学", ["A-01"]),
        ("q=没有的", []),
        ("discipline=nonsense", [code for code, _, _ in SOCIETIES]),
    ],
)
async def test_the_board_can_be_filtered_without_a_script(
    reader: httpx2.AsyncClient, query: str, expected: list[str]
) -> None:
    page = await look(reader, f"/?{query}")

    assert page.shown == expected
    assert len(page.rows) == len(SOCIETIES)


async def test_a_search_is_shown_as_text_and_never_as_markup(reader: httpx2.AsyncClient) -> None:
    html = (await reader.get("/", params={"q": '"><script>alert(1)</script>'})).text

    assert "<script>alert" not in html


async def test_generated_records_are_called_generated(reader: httpx2.AsyncClient, evaluation: FakeEvaluation) -> None:
    assert "演示数据" in (await look(reader)).text

    evaluation.board = board(demo=False)
    evaluation.version += 1
    assert "演示数据" not in (await look(reader)).text


async def test_the_header_says_day_policy_and_events(reader: httpx2.AsyncClient) -> None:
    page = await look(reader)

    for fact in ("2026-06-30", "2017.1", "60,996", "湖北省科协所属学会改革评价"):
        assert fact in page.text


async def test_an_unfinished_rating_never_reads_complete(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.board["ratings"][0]["completeness"] = "0.9999"

    assert "100%" not in (await look(reader)).text.split("A-02")[0]


async def test_a_page_loads_nothing_from_elsewhere_and_nothing_inline(reader: httpx2.AsyncClient) -> None:
    for path in ("/", "/societies/A-01", "/policy", "/nowhere"):
        answer = await reader.get(path)
        page = Page(answer.text)
        assert page.loads
        assert [each for each in page.loads if not each.startswith("/static/")] == []
        assert page.inline == []
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]


async def test_what_is_loaded_may_be_kept_until_it_changes(reader: httpx2.AsyncClient) -> None:
    for address in (await look(reader)).loads:
        answer = await reader.get(address)
        assert answer.status_code == 200
        assert (
            answer.headers["cache-control"] == f"public, max-age={int(timedelta(days=365).total_seconds())}, immutable"
        )


async def test_a_board_nothing_changed_is_not_sent_twice(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    await look(reader)
    await look(reader)

    assert evaluation.answered == [200, 304]
