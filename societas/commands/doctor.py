"""`societas doctor`: names the failing link."""

import typer

from chassis.language import N_, translate
from societas.commands.options import DEFAULT_URL, AsJson, Data, Lang, Token, Url
from societas.commands.session import FAILED, Session

WELL = N_("Everything is well.")


def doctor(
    *,
    url: Url = DEFAULT_URL,
    token: Token = None,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Look at data directory, port, bus and every service; say which link fails · 诊断：指出哪一环节有故障."""
    from societas.diagnosis import examine  # noqa: PLC0415 — the command line starts without it

    session = Session(as_json=as_json, lang=lang, url=url, token=token, data=data)
    findings = list(examine(session.directory, session.url))
    ok = all(one.ok for one in findings)
    if as_json:
        session.result({"ok": ok, "checks": [one.as_json() for one in findings]})
    else:
        for one in findings:
            typer.echo(f"{'✓' if one.ok else '✗'} {one.link}: {one.zh}\n  {' ' * len(one.link)}  {one.en}")
        if ok:
            typer.echo(f"{translate(WELL, 'zh')} {WELL}")
    if not ok:
        raise typer.Exit(FAILED)
