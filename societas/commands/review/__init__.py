"""`societas review`: what makes classes bind, step by step."""

import typer

from societas.commands.review import committee, procedure, reading, report, seats
from societas.commands.spoken import spoken

app = typer.Typer(no_args_is_help=True, help="From live ratings to classes that bind · 评审")
for command in (
    procedure.open_,
    procedure.freeze,
    procedure.publish,
    procedure.confirm,
    procedure.tie,
    procedure.assign,
    procedure.seal,
    committee.object_,
    committee.panel,
    seats.seats,
    committee.recuse,
    committee.vote,
    committee.decide,
    committee.send,
    committee.revise,
    committee.sanction,
    reading.list_,
    reading.show,
    reading.results,
    reading.notice,
    reading.file,
    report.report,
    reading.verify,
):
    app.command(command.__name__.rstrip("_"))(spoken(command))
