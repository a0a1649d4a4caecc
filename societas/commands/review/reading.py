"""What can be read of a review."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_, Phrase
from societas.commands.ratings import CLASS, GRADE, NAME, RANK, SOCIETY, TOTAL, word
from societas.commands.review.options import PHASES, ROOT, Id
from societas.commands.session import FAILED, Session

if TYPE_CHECKING:
    from rich.table import Table

AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="What is late on this day · 截至日期")]
Society = Annotated[str, typer.Argument(metavar="SOCIETY", help="Code of the society, e.g. A-18 · 学会代码")]

HEAD = N_("Review {review}: {phase}; ratings as of {as_of} by {policy} {version}, objections through {until}")
OBJECTION = N_("Objection {number}: {objector} about {about} ({indicator}), {outcome}")
DUE = N_("{duty} due on {due_on}, done on {done_on}{late}")
LATE = N_(" · LATE")
BINDING, PROVISIONAL = N_("the class binds"), N_("the class is provisional")
RESULT = N_("{society} {name}: rank {rank}, {total} of {max} points, {class_}; {binding}")
WHOLE = N_("the whole rating")
SOUND = N_("The file is whole ({steps} steps, {chain}) and its ratings come out again.")
UNSOUND = N_("The file or its ratings do not come out again: {faults}")
WORDS: dict[str | None, Phrase] = {
    None: N_("not decided yet"),
    "upheld": N_("upheld"),
    "dismissed": N_("dismissed"),
    "publication": N_("Publication"),
    "decision": N_("Decision"),
    "dispatch": N_("Dispatch"),
}


def list_(session: Session) -> None:
    """List the reviews and how far each is · 评审列表."""
    with session.platform() as platform:
        page = platform.get(ROOT, limit=500)
    if session.as_json:
        session.result(page)
    else:
        for one in page["items"]:
            typer.echo(f"{one['review']}  {one['as_of']}  {session.say(PHASES[one['phase']])}")


def show(session: Session, review: Id, as_of: AsOf = None) -> None:
    """Show how a review stands: objections, outcomes, what is due and what is late · 评审进展."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}", as_of=as_of)
    if session.as_json:
        session.result(document)
        return
    terms = {"policy": document["policy"]["id"], "version": document["policy"]["version"]}
    until = document["objections_until"] or "—"
    shown = {"review": review, "phase": session.say(PHASES[document["phase"]]), "as_of": document["as_of"]}
    typer.echo(session.say(HEAD, **shown, **terms, until=until))
    for number, one in enumerate(document["objections"], start=1):
        about = {"indicator": one["indicator"] or session.say(WHOLE), "outcome": session.say(WORDS[one["outcome"]])}
        typer.echo(session.say(OBJECTION, **one | about, number=number))
    for due in document["timetable"]:
        late = session.say(LATE) if due["late"] else ""
        known = {"duty": session.say(WORDS[due["duty"]]), "done_on": due["done_on"] or "—", "late": late}
        typer.echo(session.say(DUE, **due | known))


def results(session: Session, review: Id) -> None:
    """Print the result list · 评审结果."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/results")
    if session.as_json:
        session.result(document)
    else:
        session.console().print(_table(session, document))


def notice(session: Session, review: Id, society: Society) -> None:
    """Print the notice to one society · 结果通知书."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/notices/{society}")
    if session.as_json:
        session.result(document)
        return
    row = document["result"]
    binding = session.say(BINDING if document["binding"] else PROVISIONAL)
    typer.echo(session.say(RESULT, **row, class_=word(session, row["class"]), binding=binding))


def file(session: Session, review: Id) -> None:
    """Print the whole file, a step a line with its seal · 案卷."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/file")
    if session.as_json:
        session.result(document)
    else:
        for one in document["steps"]:
            typer.echo(f"{one['step']:>4}  {one['happened_at']}  {one['type']}  {one['subject']}  {one['digest']}")


def verify(session: Session, review: Id) -> None:
    """Read the file again from its first step, and make its ratings again from the facts · 核对案卷."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/verification")
    if session.as_json:
        session.result(document)
    elif document["equal"]:
        typer.echo(session.say(SOUND, **document))
    else:
        typer.echo(session.say(UNSOUND, faults=_faults(document)))
    if not document["equal"]:
        raise typer.Exit(FAILED)


def _faults(document: dict[str, Any]) -> list[str]:
    moved = [f"{one['said']} ≠ {one['made']}" for one in document["hashes"] if one["said"] != one["made"]]
    broken = [] if document["broken_at"] is None else [f"#{document['broken_at']}"]
    return [*broken, *moved]


def _table(session: Session, document: dict[str, Any]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 — the command line starts without it

    title = session.say(BINDING if document["binding"] else PROVISIONAL)
    table = Table(title=f"{document['review']} · {title}", caption=document["hash"], header_style="bold", box=None)
    for heading in (RANK, SOCIETY, NAME, TOTAL, GRADE, CLASS):
        table.add_column(session.say(heading), justify="right" if heading in {RANK, TOTAL} else "left")
    for row in document["results"]:
        points = f"{row['total']}/{row['max']}"
        cells = (str(row["rank"]), row["society"], row["name"], points, str(row["grade"] or "—"))
        table.add_row(*cells, word(session, row["class"]))
    return table
