import io
from typing import Any

import httpx2
from rich.console import Console

from chassis.language import N_
from societas.demo.lookout import Lookout, Sight
from societas.demo.progress import Progress, Ticker

SIGHT = Sight(
    day="2026-01-03",
    applied=29_700,
    waiting=3,
    event=("中国动物学会", N_("Meeting held")),
    leader=("中国数学会", "131.5"),
)


def terminal(width: int = 80) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None, highlight=False)


def written(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class Nobody(httpx2.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody there")


def nobody() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=Nobody(), base_url="http://nobody.test")


async def test_the_count_is_whole_on_a_terminal_of_eighty_columns() -> None:
    console = terminal()
    async with Progress("en", nobody(), console) as progress:
        progress.counting.part("2025-12-31", total=368, done=367)
        progress.seen(SIGHT)
        progress.counting.step()

    assert "368/368" in written(console)


async def test_every_part_has_its_words_and_one_without_a_number_has_no_count() -> None:
    console = terminal()
    async with Progress("en", nobody(), console) as progress:
        progress.counting.part("Founding: 210 societies", total=2)
        progress.counting.step()
        progress.counting.part("Checking")

    assert "Founding: 210 societies" in written(console)
    assert "1/2" in written(console)
    assert "0/?" not in written(console)


async def test_while_the_story_goes_on_one_line_says_what_happens() -> None:
    console = terminal(120)
    async with Ticker("en", nobody(), console) as ticker:
        ticker.seen(SIGHT)

    assert "2026-01-03  lag 3  中国动物学会 · Meeting held  first: 中国数学会 131.5" in written(console)


async def test_where_there_is_no_terminal_each_day_has_a_line() -> None:
    console = Console(file=io.StringIO(), width=120, highlight=False)
    async with Ticker("en", nobody(), console) as ticker:
        for day in ("2026-01-03", "2026-01-03", "2026-01-04"):
            ticker.seen(Sight(day=day, applied=1, waiting=0, event=None, leader=None))

    assert [line[:10] for line in written(console).splitlines()] == ["2026-01-03", "2026-01-04"]


async def test_the_news_is_what_was_told_and_not_what_evaluation_made_of_it() -> None:
    ends = {"membership": 3, "events": 2, "federation": 1, "evaluation": 9}
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        service, what = request.url.path.split("/")[2:4]
        if what == "ratings":
            ratings = [{"society": "A-18", "name": "中国动物学会", "total": "12"}]
            return httpx2.Response(200, json={"as_of": "2026-01-03", "applied": 15, "ratings": ratings})
        if request.url.path.endswith("/head"):
            heads = [{"partition": 0, "position": ends[service], "event": "x"}]
            heard = {f"{one}/0": end for one, end in ends.items()} if service == "evaluation" else {}
            return httpx2.Response(200, json={"heads": heads, "waiting": 0, "heard": heard})
        asked.append(f"{service} {request.url.params['after']}")
        return httpx2.Response(200, json={"subject": "A-18", "type": f"{service}.activity-held.v1"})

    http: Any = httpx2.AsyncClient(transport=httpx2.MockTransport(answer), base_url="http://platform.test")
    lookout = Lookout(http)
    await lookout.look()
    ends |= {"events": 4, "evaluation": 12}
    sight = await lookout.look()

    assert asked[1:] == ["events 3"]
    assert sight.event == ("中国动物学会", "Activity held")
    assert (sight.waiting, sight.leader) == (0, ("中国动物学会", "12"))
