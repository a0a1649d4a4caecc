"""`societas replay`: fold all logs again."""

from typing import Annotated, Any

import typer

from chassis.language import N_
from societas.commands.session import FAILED, Session
from societas.commands.spoken import spoken

Verify = Annotated[
    bool, typer.Option("--verify", help="Compare with the live ratings; status 1 if they differ · 与实时评级比对")
]

AGREE = N_("The ratings folded anew are the live ones: {hash}")
DIFFER = N_("The ratings folded anew ({replayed}) are NOT the live ones ({live}).")
OWN = N_("Each of the {events} events that were read is its speaker's.")
FOREIGN = N_("{count} events are NOT of the service in whose log they stand, and were not folded; the first: {first}")
REFUSED = N_("{count} events are dead letters, refused by their own class, and were not folded; the first: {first}")
FOLDED = N_("Folded anew: {hash}")


@spoken
def replay(session: Session, *, verify: Verify = False) -> None:
    """Fold every event of all logs again, from the first · 由全部日志重算评级."""
    from societas.replaying import verification  # noqa: PLC0415 — the command line starts without it

    with session.platform() as platform, session.counting() as counting:
        document = verification(platform, counting)
    live, replayed = document["hash_live"], document["hash_replayed"]
    if session.as_json:
        session.result(document)
    elif not verify:
        typer.echo(session.say(FOLDED, hash=replayed))
    elif live == replayed:
        typer.echo(session.say(AGREE, hash=live))
    else:
        typer.echo(session.say(DIFFER, live=live, replayed=replayed))
    if verify and not session.as_json:
        typer.echo(_whose(session, document))
        if refused := document["refused"]:
            typer.echo(session.say(REFUSED, count=len(refused), first=refused[0]))
    if verify and (live != replayed or document["foreign"]):
        raise typer.Exit(FAILED)


def _whose(session: Session, document: dict[str, Any]) -> str:
    """Whether each event that was read is its speaker's."""
    foreign = document["foreign"]
    if not foreign:
        return session.say(OWN, events=document["events"])
    return session.say(FOREIGN, count=len(foreign), first=foreign[0])
