"""`societas up`: the whole platform in one process."""

import asyncio
from typing import TYPE_CHECKING

from chassis.language import N_
from chassis.refusals import Refusal
from societas.commands.options import AsJson, Data, Lang, Port
from societas.commands.session import Session
from societas.directories import OWN

if TYPE_CHECKING:
    from societas.premises import Premises


class GeneratedRecords(Refusal):
    """The records of the data directory belong to a demo, whose days are not today's."""

    slug = "generated-records"
    title = N_("This data directory holds a demo")
    detail = N_(
        "{value} holds a demo, whose records are made up and whose days are its own. Go on with it by "
        "`societas demo --data {value}`, or choose another directory with --data."
    )


def up(*, data: Data = None, port: Port = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Run the whole platform here, on an embedded bus and SQLite, until Ctrl-C · 启动整个平台，Ctrl-C 停止."""
    session = Session(as_json=as_json, lang=lang, data=data or OWN)
    with session.answering():
        from societas.loop import run, until_stopped  # noqa: PLC0415 — the command line starts without it
        from societas.premises import opened  # noqa: PLC0415 — as above

        with opened(session.directory, port) as premises:
            session.note_port(premises.port, port)
            if premises.generated:
                raise GeneratedRecords(field="data", value=session.directory)
            run(until_stopped(_up(session, premises)))


async def _up(session: Session, premises: "Premises") -> None:
    from chassis.clock import SystemClock  # noqa: PLC0415 — as above
    from societas.commands.welcome import welcome  # noqa: PLC0415 — as above
    from societas.running import running  # noqa: PLC0415 — as above

    async with running(premises, SystemClock()) as embedded:
        welcome(session, embedded)
        await asyncio.Event().wait()
