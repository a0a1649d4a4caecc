"""`societas doctor`: names the failing link."""

from typing import Annotated

import typer

from chassis.language import N_, translate
from societas.commands.options import DEFAULT_URL
from societas.commands.session import FAILED, Session
from societas.commands.spoken import spoken

WELL = N_("Everything is well.")


@spoken
def doctor(
    session: Session,
    *,
    instance: Annotated[
        list[str] | None,
        typer.Option(
            envvar="SOCIETAS_INSTANCES",
            help="Address of one of several instances, asked itself; repeatable · 逐个检查的实例地址",
        ),
    ] = None,
) -> None:
    """Look at data directory, port, bus and every service; say which link fails · 诊断：指出哪一环节有故障."""
    from societas.diagnosis import examine  # noqa: PLC0415 — the command line starts without it
    from societas.directories import NotRunning, directory_at  # noqa: PLC0415 — as above

    try:
        address = session.address
    except NotRunning:
        address = DEFAULT_URL
    findings = list(examine(session.data or directory_at(address), address, instance or ()))
    ok = all(one.ok for one in findings)
    if session.as_json:
        session.result({"ok": ok, "checks": [one.as_json() for one in findings]})
    else:
        for one in findings:
            typer.echo(f"{'✓' if one.ok else '✗'} {one.link}: {one.zh}\n  {' ' * len(one.link)}  {one.en}")
        if ok:
            typer.echo(f"{translate(WELL, 'zh')} {WELL}")
    if not ok:
        raise typer.Exit(FAILED)
