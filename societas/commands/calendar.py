"""`societas calendar`: the day that ratings are of, and its turn."""

from typing import Annotated

import typer

from chassis.language import N_
from societas.commands.session import Session
from societas.commands.spoken import spoken

Day = Annotated[str, typer.Argument(metavar="DATE", help="A day that has come, e.g. 2025-06-30 · 日期")]
DAYS = "/api/evaluation/days"
CURRENT, NOT_BEGUN = N_("Ratings are as of {day}."), N_("The calendar has not begun.")
TURNED, STANDS = N_("The calendar is turned to {day}."), N_("The calendar stands at {day} already.")

app = typer.Typer(no_args_is_help=True, help="The day that ratings are of, and its turn · 日历与日切")


def show(session: Session) -> None:
    """Show the day that ratings are of · 当前日期."""
    with session.platform() as platform:
        document = platform.get(f"{DAYS}/current")
    if session.as_json:
        session.result(document)
    else:
        typer.echo(session.say(CURRENT if document["turned"] else NOT_BEGUN, **document))


def turn(session: Session, day: Day) -> None:
    """Turn the calendar to a day that has come; a running platform does so by itself · 日切."""
    with session.platform() as platform:
        document = platform.post(DAYS, {"day": day})
    if session.as_json:
        session.result(document)
    else:
        typer.echo(session.say(TURNED if document["turned"] else STANDS, **document))


for command in (show, turn):
    app.command()(spoken(command))
