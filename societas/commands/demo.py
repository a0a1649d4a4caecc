"""`societas demo`: 210 real societies, a year of activity, ratings live."""

from typing import Annotated

import typer

from societas.commands.options import DEFAULT_DATA, AsJson, Data, Lang, Port
from societas.commands.session import Session

WATCHABLE = 3.0
"""Simulated days a minute once the year is over: one every 20 seconds."""

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
    data: Data = DEFAULT_DATA,
    days: Days = 365,
    seed: Seed = 7,
    speed: Speed = "MAX",
    serve: Serve = True,
    port: Port = 8080,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Run the main job: 210 real societies, a year of activity at published rates, ratings live · 演示."""
    session = Session(as_json=as_json, lang=lang, data=data)
    per_minute = _days_a_minute(speed)
    with session.answering():
        from societas.demo.show import Show  # noqa: PLC0415 — the command line starts without it
        from societas.loop import run  # noqa: PLC0415 — as above

        show = Show(session, days=days, seed=seed, days_a_minute=per_minute, port=port)
        status = run(show.run(go_on=(per_minute or WATCHABLE) if serve else None))
    raise typer.Exit(status)


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
