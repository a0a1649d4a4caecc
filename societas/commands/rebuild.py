"""`societas rebuild`: after a speaker's history changed."""

from typing import Annotated, Literal

import typer

from chassis.language import N_
from societas.commands.session import Session
from societas.commands.spoken import spoken

Listener = Annotated[
    Literal["membership", "events", "federation", "evaluation"],
    typer.Argument(metavar="LISTENER", help="The service that listens · 监听的服务"),
]

LINE = N_("{speaker}/{partition}: was at {before}, goes on after {common} of {head}")


@spoken
def rebuild(session: Session, listener: Listener) -> None:
    """Go back to the last position shared with every speaker's log, forget what it no longer tells, go on · 重建."""
    with session.platform() as platform, session.console(stderr=True).status("…"):
        done = platform.post(f"/api/{listener}/rebuild")
    if session.as_json:
        session.result(done)
        return
    for one in done:
        typer.echo(session.say(LINE, **one))
