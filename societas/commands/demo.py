"""`societas demo`: 210 real societies, a year of activity, ratings live."""

from typing import Annotated

import typer

from chassis.language import N_
from societas.commands.options import AsJson, Data, Lang, Port
from societas.commands.session import Session
from societas.directories import DEMO

WATCHABLE = 3.0
"""Simulated days a minute once the year is over: one every 20 seconds."""

STARTING = N_("The platform starts; the board will be at {url}")

Days = Annotated[int, typer.Option("--days", min=1, max=3650, help="Length of the story in days · 模拟天数")]
Seed = Annotated[int, typer.Option("--seed", help="Another seed, another story · 随机种子")]
Speed = Annotated[
    str, typer.Option("--speed", metavar="MAX|N", help="As fast as it goes, or N simulated days a minute · 速度")
]
Serve = Annotated[
    bool, typer.Option("--serve/--no-serve", help="Go on at a watchable pace until Ctrl-C · 结束后继续运行")
]


def demo(
    *,
    data: Data = None,
    days: Days = 365,
    seed: Seed = 7,
    speed: Speed = "MAX",
    serve: Serve = True,
    port: Port = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Run the main job: 210 real societies, a year of activity, ratings live · 演示：210 个真实学会的一年."""
    session = Session(as_json=as_json, lang=lang, data=data or DEMO)
    per_minute = _days_a_minute(speed)
    with session.answering():
        from societas.premises import opened  # noqa: PLC0415 — the command line starts without it

        with opened(session.directory, port) as premises:
            session.note_port(premises.port, port)
            if not as_json:
                session.note(STARTING, url=premises.url)
            from societas.demo.show import Show  # noqa: PLC0415 — as above
            from societas.loop import run, until_stopped  # noqa: PLC0415 — as above

            show = Show(session, premises, days=days, seed=seed, days_a_minute=per_minute)
            run(until_stopped(show.run(go_on=(per_minute or WATCHABLE) if serve else None)))
    raise typer.Exit(show.status())


def _days_a_minute(speed: str) -> float | None:
    """None is as fast as it goes."""
    if speed.upper() == "MAX":
        return None
    try:
        number = float(speed)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise typer.BadParameter("MAX | N > 0", param_hint="--speed")
    return number
