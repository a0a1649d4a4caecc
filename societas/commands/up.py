"""`societas up`: the whole platform in one process."""

from societas.commands.options import DEFAULT_DATA, AsJson, Data, Lang, Port
from societas.commands.session import Session


def up(*, data: Data = DEFAULT_DATA, port: Port = 8080, as_json: AsJson = False, lang: Lang = None) -> None:
    """Run the whole platform here, on an embedded bus and SQLite, until Ctrl-C · 启动整个平台，Ctrl-C 停止."""
    session = Session(as_json=as_json, lang=lang, data=data)
    with session.answering():
        from societas.loop import run  # noqa: PLC0415 — the command line starts without it

        run(_up(session, port))


async def _up(session: Session, port: int) -> None:
    from chassis.clock import SystemClock  # noqa: PLC0415 — as above
    from societas.commands.welcome import welcome  # noqa: PLC0415 — as above
    from societas.loop import asked_to_stop  # noqa: PLC0415 — as above
    from societas.running import running  # noqa: PLC0415 — as above

    async with running(session.data, port, SystemClock()) as embedded:
        welcome(session, embedded)
        await asked_to_stop()
