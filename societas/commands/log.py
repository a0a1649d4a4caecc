"""`societas log`: the events of the logs, out, in, and as they come."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from chassis.language import N_
from societas.commands.options import DEFAULT_URL, AsJson, Data, Lang, ServiceName, Token, Url
from societas.commands.session import FAILED, Session

Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Instead of stdout · 输出文件")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="CloudEvents as NDJSON · 事件文件")]
FromStart = Annotated[bool, typer.Option("--from-start", help="All there is first · 从头开始")]

EXPORTED = N_("{count} events exported.")
IMPORTED = N_("{imported} events imported, {skipped} were known already; every listener has applied them.")
DEAD = N_(
    "{imported} events imported, {skipped} were known already; {dead} of the file could not be applied: "
    "`societas dead-letters list` says why."
)


app = typer.Typer(no_args_is_help=True, help="The events of the logs · 事件日志")


@app.command("export")
def export_(
    *,
    service: ServiceName = None,
    output: Output = None,
    url: Url = DEFAULT_URL,
    token: Token = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Write CloudEvents, one a line; the count goes to stderr · 导出事件."""
    from societas import logs  # noqa: PLC0415 — the command line starts without it

    session = Session(as_json=as_json, lang=lang, url=url, token=token, data=data)
    count = 0
    with session.platform() as platform, session.counting() as counting, session.output(output) as out:
        for line in logs.everything(platform, service, counting):
            out.write(line + "\n")
            count += 1
    if as_json and output:
        session.result({"exported": count})
    else:
        session.note(EXPORTED, count=count)


@app.command("import")
def import_(
    file: File,
    *,
    url: Url = DEFAULT_URL,
    token: Token = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Take events into the logs, the whole file or nothing; duplicates are skipped and counted · 导入事件."""
    from societas import logs, reading  # noqa: PLC0415 — the command line starts without it

    session = Session(as_json=as_json, lang=lang, url=url, token=token, data=data)
    with session.platform() as platform, session.counting() as counting:
        done = logs.take_in(platform, reading.read(file, counting), counting)
    if as_json:
        session.result(done)
    else:
        typer.echo(session.say(DEAD if done["dead"] else IMPORTED, **done))
    if done["dead"]:
        raise typer.Exit(FAILED)


@app.command()
def tail(
    *,
    service: ServiceName = None,
    from_start: FromStart = False,
    url: Url = DEFAULT_URL,
    token: Token = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show events as they are logged, until Ctrl-C · 实时查看事件."""
    from societas import logs  # noqa: PLC0415 — the command line starts without it

    session = Session(as_json=as_json, lang=lang, url=url, token=token, data=data)
    with session.platform() as platform:
        for line in logs.follow(platform, service, from_start=from_start):
            sys.stdout.write((line if as_json else logs.shown(line)) + "\n")
            sys.stdout.flush()
