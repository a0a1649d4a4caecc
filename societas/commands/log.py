"""`societas log`: the events of the logs, out, in, and as they come."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from chassis.language import N_
from societas.commands.options import ServiceName
from societas.commands.session import FAILED, Session
from societas.commands.spoken import spoken

Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Instead of standard output, which is - · 输出文件，- 为标准输出"
    ),
]
File = Annotated[
    Path, typer.Argument(metavar="FILE", help="CloudEvents as NDJSON; - is standard input · 事件文件，- 表示标准输入")
]
FromStart = Annotated[bool, typer.Option("--from-start", help="All there is first · 从头开始")]

EXPORTED = N_("{count} events exported.")
IMPORTED = N_("{imported} events imported, {skipped} were known already; every listener has applied them.")
DEAD = N_(
    "{imported} events imported, {skipped} were known already; {dead} of the file could not be applied: "
    "`societas dead-letters list` says why."
)


app = typer.Typer(no_args_is_help=True, help="The events of the logs · 事件日志")


@app.command("export")
@spoken
def export_(session: Session, *, service: ServiceName = None, output: Output = None) -> None:
    """Write CloudEvents, one a line; the count goes to stderr · 导出事件."""
    from societas import logs  # noqa: PLC0415 — the command line starts without it

    count = 0
    with session.platform() as platform, session.counting() as counting, session.output(output) as out:
        for line in logs.everything(platform, service, counting):
            out.write(line + "\n")
            count += 1
    if session.as_json and output:
        session.result({"exported": count})
    else:
        session.note(EXPORTED, count=count)


@app.command("import")
@spoken
def import_(session: Session, file: File) -> None:
    """Take events into the logs, the whole file or nothing; duplicates are skipped and counted · 导入事件."""
    from societas import logs, reading  # noqa: PLC0415 — the command line starts without it

    with session.platform() as platform, session.counting() as counting:
        done = logs.take_in(platform, reading.read(file, counting), counting)
    if session.as_json:
        session.result(done)
    else:
        typer.echo(session.say(DEAD if done["dead"] else IMPORTED, **done))
    if done["dead"]:
        raise typer.Exit(FAILED)


@app.command()
@spoken
def tail(session: Session, *, service: ServiceName = None, from_start: FromStart = False) -> None:
    """Show events as they are logged, until Ctrl-C · 实时查看事件."""
    from societas import logs  # noqa: PLC0415 — the command line starts without it

    with session.platform() as platform:
        for line in logs.follow(platform, service, from_start=from_start):
            sys.stdout.write((line if session.as_json else logs.shown(line)) + "\n")
            sys.stdout.flush()
