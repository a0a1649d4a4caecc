"""`societas token`: credentials of the platform whose key is here."""

import json
from typing import Annotated

import typer

from chassis.language import N_
from chassis.refusals import Refusal
from chassis.roles import MINTED
from societas import minting
from societas.commands.options import AsJson, Data, Lang
from societas.commands.session import Session

Role = Annotated[list[str], typer.Option("--role", help=f"{MINTED} · 角色，可重复")]
Subject = Annotated[
    str | None,
    typer.Option("--subject", help="Opaque name of the holder, no personal data; else one of its own · 持有者代号"),
]
Hours = Annotated[
    float, typer.Option("--hours", min=0.01, max=minting.LONGEST_HOURS, help="Valid for so many hours · 有效小时数")
]

app = typer.Typer(no_args_is_help=True, help="Credentials · 访问令牌")


@app.callback()
def tokens() -> None:
    """Credentials · 访问令牌."""


class NoIssuer(Refusal):
    """The data directory has no issuer's key: no platform was ever started on it."""

    slug = "no-issuer"
    title = N_("No token can be made here")
    detail = N_("{value} holds no issuer's key. Start the platform on it once: `societas up --data {value}`.")


@app.command()
def mint(
    *,
    role: Role,
    subject: Subject = None,
    hours: Hours = 12,
    data: Data = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make a token for some roles, signed with the data directory's key · 签发令牌."""
    session = Session(as_json=as_json, lang=lang, data=data)
    for one in minting.misspelt(role):
        raise typer.BadParameter(f"{one} is not one of {MINTED}", param_hint="--role")
    named = subject or minting.holder(role)
    with session.answering():
        try:
            token = minting.mint(session.directory, named, role, hours)
        except OSError as error:
            raise NoIssuer(field="data", value=session.directory) from error
    typer.echo(json.dumps({"token": token, "subject": named, "roles": sorted(role)}) if as_json else token)
