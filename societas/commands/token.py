"""`societas token`: credentials of the embedded platform."""

import json
from datetime import timedelta
from typing import Annotated

import typer

from chassis.language import N_
from chassis.refusals import Refusal
from societas.commands.options import AsJson, Data, Lang
from societas.commands.session import Session

Role = Annotated[
    list[str],
    typer.Option("--role", help="association, society:A-18, federation:ecology, evaluator, auditor · 角色，可重复"),
]
Subject = Annotated[str, typer.Option("--subject", help="Opaque name of the holder, no personal data · 持有者代号")]
Hours = Annotated[float, typer.Option("--hours", min=0.01, help="Valid for so many hours · 有效小时数")]
ROLES = ("association", "evaluator", "auditor")
NAMED_ROLES = ("society:", "federation:", "service:")

app = typer.Typer(no_args_is_help=True, help="Credentials of the embedded platform · 访问令牌")


@app.callback()
def tokens() -> None:
    """Credentials of the embedded platform · 访问令牌."""


class NoIssuer(Refusal):
    """The data directory has no issuer's key: no platform was ever started on it."""

    slug = "no-issuer"
    title = N_("No token can be made here")
    detail = N_("{value} holds no issuer's key. Start the platform on it once: `societas up --data {value}`.")


@app.command()
def mint(
    *,
    role: Role,
    subject: Subject = "cli",
    hours: Hours = 12,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make a token for some roles, signed with the data directory's key · 签发令牌."""
    session = Session(as_json=as_json, lang=lang, data=data)
    for one in role:
        if one not in ROLES and not (one.startswith(NAMED_ROLES) and one.partition(":")[2]):
            raise typer.BadParameter(f"{one}: {', '.join((*ROLES, *NAMED_ROLES))}…", param_hint="--role")
    with session.answering():
        token = _mint(session, subject, role, timedelta(hours=hours))
    typer.echo(json.dumps({"token": token, "subject": subject, "roles": sorted(role)}) if as_json else token)


def _mint(session: Session, subject: str, roles: list[str], lifetime: timedelta) -> str:
    from chassis.issuer import KEY_FILE, Issuer  # noqa: PLC0415 — the command line starts without it
    from societas.embedded import ISSUER  # noqa: PLC0415 — as above

    if not (session.directory / KEY_FILE).exists():
        raise NoIssuer(field="data", value=session.directory)
    return Issuer.open(session.directory, url=ISSUER).mint(subject, roles, lifetime)
