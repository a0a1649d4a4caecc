"""What can be read of a review."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_, Phrase
from societas.commands.moment import AsOf, KnownAt
from societas.commands.ratings import CLASS, GRADE, NAME, RANK, SOCIETY, TOTAL, word
from societas.commands.review.options import PHASES, ROOT, Id
from societas.commands.session import FAILED, Session

if TYPE_CHECKING:
    from rich.table import Table

    from societas.platform import Platform

Society = Annotated[str, typer.Argument(metavar="SOCIETY", help="Code of the society, e.g. A-18 · 学会代码")]

FROM_ELSEWHERE = N_("imported")
BROKEN = N_(
    "The file of the review is broken at step {broken_at}: that step is missing, was changed, or does not follow."
)
HEAD = N_("Review {review}: {phase}; ratings as of {as_of} by {policy} {version}, objections through {until}")
OBJECTION = N_("Objection {number}: {objector} about {about} ({indicator}), {outcome}")
DUE = N_("{duty} due on {due_on}, done on {done_on}{late}")
LATE = N_(" · LATE")
BINDING, PROVISIONAL = N_("the class binds"), N_("the class is provisional")
RESULT = N_("{society} {name}: rank {rank}, {total} of {max} points, {class_}; {binding}")
OF_OBJECTION = N_(" of objection {number}")
HOLDS = N_("{title} ({clause}): {condition}. Found: {found}")
SECTION = N_("{title}: {points} of {max}")
MISSED = N_("{title}: {points} of {max}. {remedy}")
OBJECT_BY = N_("Objections are taken through {until}.")
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


def list_(session: Session, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """List the reviews and how far each is · 评审列表."""
    with session.platform() as platform:
        page = platform.get(ROOT, limit=500, as_of=as_of, known_at=known_at)
    if session.as_json:
        session.result(page)
    else:
        for one in page["items"]:
            broken = f"  {session.say(BROKEN, **one)}" if one["broken_at"] else ""
            typer.echo(f"{one['review']}  {one['as_of'] or '—'}  {session.say(PHASES[one['phase']])}{broken}")


def show(session: Session, review: Id, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """Show how a review stands: objections, outcomes, what is due and what is late · 评审进展."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}", as_of=as_of, known_at=known_at)
        titles = {} if session.as_json or not document["policy"] else _titles(session, platform, document["policy"])
    if session.as_json:
        session.result(document)
        return
    if document["broken_at"]:
        typer.echo(session.say(BROKEN, **document))
    if not document["policy"]:
        return
    terms = {"policy": document["policy"]["id"], "version": document["policy"]["version"]}
    until = document["objections_until"] or "—"
    shown = {"review": review, "phase": session.say(PHASES[document["phase"]]), "as_of": document["as_of"]}
    typer.echo(session.say(HEAD, **shown, **terms, until=until))
    for one in document["objections"]:
        indicator = titles.get(one["indicator"], one["indicator"]) if one["indicator"] else session.say(WHOLE)
        about = {"indicator": indicator, "outcome": session.say(WORDS[one["outcome"]])}
        typer.echo(session.say(OBJECTION, **one | about))
    numbers = {one["objection"]: one["number"] for one in document["objections"]}
    for due in document["timetable"]:
        late = session.say(LATE) if due["late"] else ""
        which = session.say(OF_OBJECTION, number=numbers[due["objection"]]) if due["objection"] else ""
        known = {"duty": session.say(WORDS[due["duty"]]) + which, "done_on": due["done_on"] or "—", "late": late}
        typer.echo(session.say(DUE, **due | known))


def _titles(session: Session, platform: "Platform", policy: dict[str, str]) -> dict[str, str]:
    """What people call the indicators of a policy."""
    document = platform.get(f"/api/evaluation/policies/{policy['id']}@{policy['version']}")
    return {one["id"]: one["title"][session.language] for one in document["indicators"]}


def results(session: Session, review: Id, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """Print the result list · 评审结果."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/results", as_of=as_of, known_at=known_at)
    if session.as_json:
        session.result(document)
    else:
        session.console().print(_table(session, document))


def notice(session: Session, review: Id, society: Society, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """Print the notice to one society: its result and why · 结果通知书."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/notices/{society}", as_of=as_of, known_at=known_at)
    if session.as_json:
        session.result(document)
        return
    row = document["result"]
    binding = session.say(BINDING if document["binding"] else PROVISIONAL)
    typer.echo(session.say(RESULT, **row, class_=word(session, row["class"]), binding=binding))
    for line in _reasons(session, document["reasons"]):
        typer.echo(line)
    typer.echo(session.say(OBJECT_BY, until=document["objections_until"]))


def _reasons(session: Session, why: dict[str, Any]) -> Iterator[str]:
    language = session.language
    yield why["decisive"][language]
    for one in (*([why["rule"]] if why["rule"] else []), *why["vetoes"], *why["requirements"]):
        found = "; ".join(f"{each['title'][language]}: {each['value'][language]}" for each in one["found"])
        told = {"title": one["title"][language], "clause": one["clause"], "condition": one["condition"][language]}
        yield session.say(HOLDS, **told, found=found)
    for one in why["sections"]:
        yield session.say(SECTION, title=one["title"][language], points=one["points"], max=one["max"])
    for one in why["missed"]:
        told = {"title": one["title"][language], "points": one["points"], "max": one["max"]}
        yield session.say(MISSED, **told, remedy=one["remedy"][language])


def file(session: Session, review: Id, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """Print the whole file, a step a line with its seal · 案卷."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/file", as_of=as_of, known_at=known_at)
    if session.as_json:
        session.result(document)
    else:
        for one in document["steps"]:
            mark = f"  {session.say(FROM_ELSEWHERE)}" if one["imported"] else ""
            typer.echo(
                f"{one['step']:>4}  {one['happened_at']}  {one['type']}  {one['subject']}  {one['digest']}{mark}"
            )


def verify(session: Session, review: Id, *, as_of: AsOf = None, known_at: KnownAt = None) -> None:
    """Read the file again from its first step, and make its ratings again from the facts · 核对案卷."""
    with session.platform() as platform:
        document = platform.get(f"{ROOT}/{review}/verification", as_of=as_of, known_at=known_at)
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
