from typing import Any

import httpx2

from tests.component.portal.fake_evaluation import FakeEvaluation
from tests.component.portal.reading import Page


def objected(**more: Any) -> dict[str, Any]:
    about = {"objection": "o-1", "objector": "A-01", "about": "A-02", "indicator": None, "raised_on": "2025-12-02"}
    return about | more


UPHELD = objected(
    outcome="upheld", decided_on="2025-12-05", members=7, present=5, uphold=4, dismiss=1,
    revision={"before": {"total": "10.5", "max": "100"}, "after": {"total": "12.5", "max": "100"}},
)  # fmt: skip
LATE = {"duty": "dispatch", "objection": "o-1", "due_on": "2025-12-20", "done_on": None, "late": True}


async def test_the_list_says_what_a_review_is_and_how_far_each_has_come(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/reviews")).text).text

    assert "review-2025" in text
    assert "公示中 published for objection" in text
    assert "榜单上的分类为暂定" in text


async def test_a_review_shows_objections_their_outcome_and_what_is_late(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.review |= {"objections": [UPHELD], "timetable": [LATE]}
    text = Page((await reader.get("/reviews/review-2025")).text).text

    assert "✓ 成立 upheld 2025-12-05" in text
    assert "支持4，反对1，出席5/7" in text
    assert "10.50 → 12.50" in text
    assert "送达决定 Dispatch · 异议1 objection 1 2025-12-20 — 逾期 late" in text


async def test_classes_are_provisional_until_they_are_assigned(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    before = Page((await reader.get("/reviews/review-2025?lang=en")).text).text
    evaluation.review |= {"phase": "sealed", "binding": True}
    after = Page((await reader.get("/reviews/review-2025?lang=en")).text).text

    assert "These classes are provisional" in before
    assert "These classes bind" in after
    assert "中国物理学会" in after


async def test_before_publication_no_result_is_shown(reader: httpx2.AsyncClient, evaluation: FakeEvaluation) -> None:
    evaluation.review |= {"phase": "frozen", "published_on": None}
    text = Page((await reader.get("/reviews/review-2025")).text).text

    assert "结果尚未公示。" in text
    assert "中国物理学会" not in text


async def test_an_unknown_review_is_404_in_words(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/reviews/review-1")

    assert answer.status_code == 404
    assert "没有此编号的评审。" in Page(answer.text).text


async def test_without_evaluation_the_reviews_say_so(lonely_reader: httpx2.AsyncClient) -> None:
    assert (await lonely_reader.get("/reviews")).status_code == 503


async def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(reader: httpx2.AsyncClient) -> None:
    for path in ("/reviews", "/reviews/review-2025"):
        page = Page((await reader.get(path)).text)
        assert all(address.startswith("/static/") for address in page.loads)
        assert page.inline == []
