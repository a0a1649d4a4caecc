"""`societas dead-letters`: what could not be applied."""

import json
from typing import Annotated, Any

import typer

from chassis.language import N_
from societas.commands.options import ServiceName
from societas.commands.session import Session
from societas.commands.spoken import spoken
from societas.platform import RECORD_KEEPERS, Platform, Refused

EventId = Annotated[str, typer.Argument(metavar="EVENT", help="Id of the event · 事件编号")]
NONE = N_("There are no dead letters.")
LINE = N_("{service}  {id}  {type}  {subject}  {state}  attempts {attempts}: {error}")
OPEN, AGAIN, CLOSED = N_("open"), N_("being tried again"), N_("closed ({reason})")
_STATES = {"dead": OPEN, "redrive": AGAIN, "closed": CLOSED}
CLOSED_NOW = N_("The dead letter {id} is closed.")
ASKED = N_("{count} dead letters will be tried again.")
UNKNOWN = "urn:societas:problem:unknown-dead-letter"

app = typer.Typer(no_args_is_help=True, help="What could not be applied · 未能处理的事件")


@app.command("list")
@spoken
def list_(session: Session, *, service: ServiceName = None) -> None:
    """List them, oldest first · 列出."""
    with session.platform() as platform:
        found = [letter for name in _services(service) for letter in _letters(platform, name)]
    if session.as_json:
        session.result(found)
        return
    for letter in found:
        typer.echo(_line(session, letter))
    if not found:
        session.note(NONE)


@app.command()
@spoken
def show(session: Session, event: EventId, *, service: ServiceName = None) -> None:
    """Show one: the event, the error, the traceback · 查看一件."""
    with session.platform() as platform:
        letter = _first(platform, service, event)
    if session.as_json:
        session.result(letter)
        return
    for name, value in letter.items():
        typer.echo(f"{name}: {value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)}")


@app.command()
@spoken
def redrive(
    session: Session,
    event: Annotated[str | None, typer.Argument(metavar="[EVENT]", help="Only this one; else all · 默认全部")] = None,
    *,
    service: ServiceName = None,
) -> None:
    """Try them, or one of them, again · 重新处理."""
    with session.platform() as platform:
        if event is None:
            asked = sum(_redrive(platform, name, "") for name in _services(service))
        else:
            asked = _redrive(platform, _first(platform, service, event)["service"], f"/{event}")
    if session.as_json:
        session.result({"asked": asked})
    else:
        typer.echo(session.say(ASKED, count=asked))


@app.command()
@spoken
def close(
    session: Session,
    event: EventId,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Why it stays as it is · 关闭理由")],
    service: ServiceName = None,
) -> None:
    """Close one that can never be applied: it is kept, and counts no more · 关闭一件."""
    with session.platform() as platform:
        name = _first(platform, service, event)["service"]
        closed = platform.post(f"/api/{name}/dead-letters/{event}/close", {"reason": reason})
    if session.as_json:
        session.result(closed)
    else:
        typer.echo(session.say(CLOSED_NOW, id=event))


def _line(session: Session, letter: dict[str, Any]) -> str:
    """One plain line, whatever the error said."""
    state = session.say(_STATES[letter["state"]], reason=letter["reason"])
    found = [f"{one['field']}: {one[session.language]}" for one in letter["faults"]]
    error = "; ".join(found) or letter["error"]
    return " ".join(session.say(LINE, **letter | {"state": state, "error": error}).split("\n"))


def _services(service: str | None) -> tuple[str, ...]:
    return (service,) if service else RECORD_KEEPERS


def _letters(platform: Platform, service: str) -> list[dict[str, Any]]:
    return [{"service": service} | letter for letter in platform.every(f"/api/{service}/dead-letters")]


def _letter(platform: Platform, service: str, event: str) -> dict[str, Any]:
    return {"service": service, **platform.get(f"/api/{service}/dead-letters/{event}")}


def _first(platform: Platform, service: str | None, event: str) -> dict[str, Any]:
    """The dead letter in the first service that has it."""
    *others, last = _services(service)
    for name in others:
        try:
            return _letter(platform, name, event)
        except Refused as refused:
            if refused.type != UNKNOWN:
                raise
    return _letter(platform, last, event)


def _redrive(platform: Platform, service: str, rest: str) -> int:
    return int(platform.post(f"/api/{service}/dead-letters{rest}/redrive")["asked"])
