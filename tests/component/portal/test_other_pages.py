import httpx2
import pytest

from tests.component.portal.fake_evaluation import FakeEvaluation
from tests.component.portal.reading import Page


async def test_a_society_sees_every_point_with_its_clause_and_arithmetic(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/societies/A-02")).text).text

    for said in (
        "中国物理学会",
        "治理结构 Governance structure 5.5 / 14",
        "鄂科协办〔2017〕86号 四（一）2",
        "612人，500人以上得5.5分，满分8分。",
        "再发展388人可得2.5分。",
        "300人为文件所定，分档为本平台所定。",
    ):
        assert said in text


async def test_a_society_of_which_nothing_changed_is_not_explained_twice(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    first = await reader.get("/societies/A-01")
    assert (await reader.get("/societies/A-01")).content == first.content
    assert evaluation.answered == [200, 304]

    english = await reader.get("/societies/A-01", params={"lang": "en"})
    assert english.headers["content-language"] == "en"
    evaluation.explains = evaluation.explains | {"total": "77.25"}
    await evaluation.happens({"changed": [], "ranks": {}})
    assert "77.25" in (await reader.get("/societies/A-01")).text
    assert evaluation.answered == [200, 304, 200, 200]


async def test_sections_are_nested_with_what_each_comes_to(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/societies/A-02?lang=en")).text).text

    for said in ("Governance 治理 9.5 / 20 · 14 known", "Governance structure 治理结构 5.5 / 14 · 8 known"):
        assert said in text
    assert "Ways of governing 治理方式 4 / 6 " in text


async def test_profile_size_and_requirements_have_their_titles(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/societies/A-02")).text).text

    for said in (
        "新成立学会 Newly founded",
        "大型学会 Large",
        "✓ 达到 Met 登记满两年 Registered for two years 鄂科协办〔2017〕86号 三",
        "? 情况不明 Unknown 年检合格",
        "✗ 未达到 Not met 未受处罚",
    ):
        assert said in text


async def test_missing_points_say_how_far_they_would_lift(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/societies/A-02?lang=en")).text).text

    assert "With all its points rank 31 → 29" in text
    assert "Fostered 培育扶持 → Key support 重点支持" in text


async def test_an_outcome_is_a_sign_and_a_word(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/societies/A-02")).text).text

    for outcome in ("✓ 达到 Met", "◐ 部分达到", "✗ 未达到", "? 情况不明 Unknown", "– 不适用"):
        assert outcome in text


async def test_evidence_is_shown_with_its_day_its_name_and_its_whole_id(reader: httpx2.AsyncClient) -> None:
    html = (await reader.get("/societies/A-02")).text
    text = Page(html).text

    assert "2025-09-14 会员批量入会 Members admitted (batch) 600" in text
    assert 'title="01980f3c-7b1a-7c3e-9a41-000000000001"' in html
    assert "另有 31 项" in text
    assert "12 人数为 12；当日会员为 600" in text


async def test_what_was_set_aside_says_why(reader: httpx2.AsyncClient) -> None:
    assert "已计入 Already counted" in Page((await reader.get("/societies/A-02")).text).text


async def test_a_veto_says_what_it_takes_away(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/societies/A-02")).text).text

    assert "否决 未建立党的组织" in text
    assert "不得列入：重点支持、培育扶持。" in text


async def test_the_policy_page_names_every_indicator_and_what_is_the_platforms_own(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/policy")).text).text

    for said in ("理事会基层一线科技工作者比例", "附件11", "次数为本平台所定。", "依次前 30 个", "5A级 Grade 5A 90%"):
        assert said in text


async def test_an_unknown_society_is_404_in_words(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/societies/Z-99")

    assert answer.status_code == 404
    assert "没有代码为 Z-99 的学会。 There is no society with the code Z-99." in Page(answer.text).text


async def test_an_unknown_page_is_404_in_words(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/nowhere?lang=en")

    assert answer.status_code == 404
    assert "Page not found 没有这个页面" in Page(answer.text).text


@pytest.mark.parametrize("address", ["/", "/societies/A-01", "/policy", "/healthz"])
async def test_the_head_of_a_page_can_be_asked_for(reader: httpx2.AsyncClient, address: str) -> None:
    page, head = await reader.get(address), await reader.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == page.headers["content-type"]


async def test_another_method_is_told_which_there_are(reader: httpx2.AsyncClient) -> None:
    answer = await reader.post("/")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


async def test_without_evaluation_every_page_says_so_with_503(lonely_reader: httpx2.AsyncClient) -> None:
    for path in ("/", "/societies/A-01", "/policy"):
        answer = await lonely_reader.get(path)
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert "评价服务没有应答" in Page(answer.text).text


async def test_the_portal_is_ready_when_evaluation_answers(
    reader: httpx2.AsyncClient, lonely_reader: httpx2.AsyncClient
) -> None:
    assert (await reader.get("/readyz")).status_code == 200
    assert (await lonely_reader.get("/readyz")).status_code == 503
    assert (await lonely_reader.get("/healthz")).status_code == 200


async def test_an_event_type_nobody_named_yet_is_shown_as_it_stands(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.explains["indicators"][1]["evidence"][0]["type"] = "membership.something-new.v1"

    assert "membership.something-new.v1" in (await reader.get("/societies/A-02")).text


async def test_a_document_with_more_in_it_than_is_known_is_read(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.board["something new"] = {"a": 1}
    evaluation.board["ratings"][0]["something new"] = []

    assert (await reader.get("/")).status_code == 200


async def test_an_answer_that_cannot_be_read_is_our_fault_and_not_called_silence(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.board["ratings"][0]["rank"] = "first"

    answer = await reader.get("/")

    assert answer.status_code == 500
    assert "评价服务没有应答" not in answer.text
    assert answer.headers["x-correlation-id"] in answer.text


async def test_an_address_with_an_unknown_parameter_is_refused_in_words(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/?as_off=2026-01-31")

    assert answer.status_code == 422
    assert "此处没有查询参数 as_off" in Page(answer.text).text


async def test_a_value_that_cannot_be_is_refused_in_words(reader: httpx2.AsyncClient) -> None:
    for address, named in (("/duties?within=-1", "within"), ("/?as_of=yesterday", "yesterday")):
        answer = await reader.get(address)
        assert answer.status_code == 422
        assert answer.headers["content-type"].startswith("text/html")
        assert named in Page(answer.text).text


async def test_a_link_shared_by_a_messenger_shows_the_page(reader: httpx2.AsyncClient) -> None:
    assert (await reader.get("/?from=singlemessage&isappinstalled=0")).status_code == 200
