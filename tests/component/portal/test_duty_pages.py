from typing import Any

import httpx2
import pytest

from contracts.catalogue import CATALOGUE
from services.portal.duties import PAGE
from services.portal.event_names import event_names
from tests.component.portal.fake_evaluation import FakeEvaluation
from tests.component.portal.reading import Page

REMEDY = {"zh": "每年3月31日前报送。", "en": "Send it by 31 March."}


def duty(society: str, state: str, due_on: str, **more: Any) -> dict[str, Any]:
    about = {"society": society, "clock": "work-report-supervisor", "key": "2025", "clause": "条例第二十八条"}
    title = {"title": {"zh": "报送年度工作报告", "en": "Yearly work report"}}
    return about | title | {"state": state, "due_on": due_on, "severity": "serious", "duty_of": "society"} | more


BREACHED = duty(
    "A-01", "breached", "2026-03-31", days_late=91, breached_since="2026-04-01", days_left=None, remedy=REMEDY
)
DUE = duty("A-02", "due", "2026-07-10", days_left=10, warned=True, remedy=REMEDY)
FAR = duty("B-01", "due", "2027-01-31", days_left=215, remedy=REMEDY)
LATE = duty("A-02", "late", "2025-12-31", days_late=7, breached_since="2026-01-01", fulfilled_on="2026-01-07")
FULFILLED = duty("A-02", "fulfilled", "2025-06-30", fulfilled_on="2025-06-30")


@pytest.fixture
def evaluation() -> FakeEvaluation:
    told = FakeEvaluation()
    told.duties = [FULFILLED, LATE, BREACHED, DUE, FAR]
    return told


async def test_what_is_breached_stands_before_what_will_be_each_with_its_remedy(reader: httpx2.AsyncClient) -> None:
    text = Page((await reader.get("/duties")).text).text

    assert "已逾期91天，自2026-04-01起" in text
    assert "11天后逾期，除非： Breached in 11 days unless: 每年3月31日前报送。 Send it by 31 March." in text
    assert text.index("中国数学会") < text.index("中国物理学会")
    assert "条例第二十八条" in text
    assert "2027-01-31" not in text
    assert "2026-01-07" not in text


async def test_a_duty_on_its_last_day_is_breached_in_one_day(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.duties = [DUE | {"days_left": 0}]

    assert "Breached in 1 days unless:" in Page((await reader.get("/duties?lang=en")).text).text


async def test_a_reader_chooses_by_state_by_days_ahead_and_by_the_name_of_the_society(
    reader: httpx2.AsyncClient,
) -> None:
    far = Page((await reader.get("/duties?state=due&within=365")).text).text
    named = Page((await reader.get("/duties", params={"q": "物理"})).text).text
    late = Page((await reader.get("/duties?state=late&lang=en")).text).text
    nothing = Page((await reader.get("/duties?q=Z-99")).text).text

    assert "2027-01-31" in far
    assert "2026-03-31" not in far
    assert "中国物理学会" in named
    assert "中国数学会" not in named
    assert "Fulfilled on 2026-01-07, 7 days late" in late
    assert "没有符合条件的义务。" in nothing


async def test_a_duty_named_by_an_id_is_shown_by_its_end(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.duties = [BREACHED | {"key": "01a20e03-3f73-7533-8091-44f976da31e4"}]
    html = (await reader.get("/duties")).text

    assert '<code class="event-id" title="01a20e03-3f73-7533-8091-44f976da31e4">…76da31e4</code>' in html


async def test_a_state_nobody_knows_shows_what_is_open(reader: httpx2.AsyncClient) -> None:
    answer = await reader.get("/duties?state=unheard-of")

    assert answer.status_code == 200
    assert "2026-03-31" in Page(answer.text).text


async def test_a_long_list_is_turned_by_pages_and_keeps_the_readers_choice(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.duties = [BREACHED | {"key": f"k{number:03}"} for number in range(PAGE + 1)]
    first = (await reader.get("/duties?q=A-01&lang=en")).text
    second = (await reader.get("/duties?q=A-01&lang=en&page=2")).text

    assert "k099" in first
    assert "k100" not in first
    assert 'rel="next" href="/duties?lang=en&amp;state=&amp;within=90&amp;q=A-01&amp;page=2"' in first
    assert "k100" in second
    assert "k099" not in second
    assert 'rel="next"' not in second


async def test_more_duties_than_evaluation_tells_at_once_are_all_counted(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.duties = [BREACHED | {"key": f"k{number:04}"} for number in range(1_001)]

    assert "逾期未履行 Breached 1001" in Page((await reader.get("/duties")).text).text


async def test_the_duties_of_another_day_are_asked_for_as_of_it(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    await reader.get("/duties?as_of=2026-03-31&known_at=2026-04-02")

    assert evaluation.asked_for[-1]["as_of"] == "2026-03-31"
    assert evaluation.asked_for[-1]["known_at"].startswith("2026-04-02T23:59:59")


async def test_a_societys_page_shows_its_duties_fulfilled_ones_folded_away(reader: httpx2.AsyncClient) -> None:
    html = (await reader.get("/societies/A-02")).text
    text = Page(html).text

    assert "11天后逾期，除非：" in text
    assert "2026-01-07履行，逾期7天" in text
    assert "中国数学会" not in text
    assert html.index('<details class="done">') < html.index("2025-06-30履行")
    assert html.index('<details class="done">') > html.index("2026-01-07履行")


async def test_a_society_without_duties_has_no_section_for_them(
    reader: httpx2.AsyncClient, evaluation: FakeEvaluation
) -> None:
    evaluation.duties = []

    assert 'id="duties"' not in (await reader.get("/societies/A-02")).text


async def test_the_page_stands_in_the_navigation_and_loads_nothing_from_elsewhere(reader: httpx2.AsyncClient) -> None:
    html = (await reader.get("/duties?lang=en")).text
    page = Page(html)

    assert '<a href="/duties?lang=en" aria-current="page">' in html
    assert page.language == "en"
    assert all(address.startswith("/static/") for address in page.loads)
    assert page.inline == []


async def test_without_evaluation_the_duties_say_so(lonely_reader: httpx2.AsyncClient) -> None:
    assert (await lonely_reader.get("/duties")).status_code == 503


def test_every_event_of_the_platform_has_a_name_for_people() -> None:
    assert {wire_type.rpartition(".v")[0] for wire_type in CATALOGUE} == event_names.keys()
