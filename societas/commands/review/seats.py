"""`societas review seats`: a token for each member of the panel that is seated."""

from typing import Annotated

import typer

from societas.commands.review.options import ROOT, Id
from societas.commands.session import Session
from societas.commands.token import NoIssuer

Member = Annotated[
    list[str] | None, typer.Option("--member", help="Only this number, e.g. p-1; else all · 仅此委员，可重复")
]


def seats(session: Session, review: Id, *, member: Member = None) -> None:
    """Make a token for each seat, by which its member alone votes · 为各席位签发表决令牌."""
    from societas.seats import token_of  # noqa: PLC0415 — the command line starts without it

    with session.platform() as platform:
        roles: list[str] = platform.get(f"{ROOT}/{review}/panel")["roles"]
        wanted = {role.rpartition(":")[2]: role for role in roles}
        named = [number for number in wanted if member is None or number in member]
        try:
            tokens = {number: token_of(session.directory, wanted[number]) for number in named}
        except OSError as error:
            raise NoIssuer(field="data", value=session.directory) from error
    if session.as_json:
        session.result({"review": review, "tokens": tokens})
        return
    for number, token in tokens.items():
        typer.echo(f"{number}  {token}" if len(tokens) > 1 else token)
