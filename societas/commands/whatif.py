"""`societas whatif`: who would move under another policy, and why."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_
from societas.commands.ratings import AsOf, KnownAt
from societas.commands.session import Session
from societas.commands.spoken import spoken
from societas.files import read_text

if TYPE_CHECKING:
    from rich.table import Table

File = Annotated[str, typer.Argument(metavar="FILE", help="Policy file, or id of a filed policy · 政策文件或编号")]
Against = Annotated[str | None, typer.Option("--against", help="Compare with this policy · 与此政策比较")]

TITLE = N_("From {before} to {after}, as of {as_of}")
SUMMARY = N_(
    "{societies} societies: {ranks_changed} change rank, {totals_changed} points, {grades_changed} grade, "
    "{classes_changed} class, {eligibility_changed} eligibility, {vetoes_changed} vetoes"
)
BARRED = N_("Not eligible: {before} → {after}")
RULES = {
    "requirement": N_("Requirement: {title} [{clause}], fails {before} → {after} societies"),
    "veto": N_("Veto: {title} [{clause}], holds for {before} → {after} societies"),
}
UNLIKE = N_(
    "Full marks are not the same: points are shown with theirs, changes in per cent of full marks; "
    "reasons in points of {after}"
)
MARKED = N_("{points} of {full}")
OUT_OF_FORCE = N_("{policy} is not in force on {day}")
VALID = N_("A grade announced on {day} is valid from {valid_from} to {valid_until} under {policy}")
LIFTED, IMPOSED = N_("no longer: {title}"), N_("now: {title}")
CLASSES = N_("From {origin} to {target}: {societies}")
MOVES_MOST = N_("Moves most: {title} [{clause}], {societies} societies, +{gained} −{lost}")
RANK, SOCIETY, NAME, POINTS = N_("Rank"), N_("Code"), N_("Society"), N_("Points")
GRADE, CLASS, BECAUSE = N_("Grade"), N_("Class"), N_("Because of")
REASONS = 3


@spoken
def whatif(
    session: Session, file: File, *, against: Against = None, as_of: AsOf = None, known_at: KnownAt = None
) -> None:
    """Run another policy over all facts: who moves, and which clause moves them · 换用另一政策会怎样."""
    query = {"against": against, "as_of": as_of, "known_at": known_at}
    with session.platform() as platform, session.console(stderr=True).status("…"):
        if Path(file).suffix in {".yaml", ".yml"} or Path(file).exists():
            content, headers = read_text(Path(file)).encode(), {"Content-Type": "application/yaml"}
            answer = platform.ask("POST", "/api/evaluation/whatif", query=query, content=content, headers=headers)
            document = answer.json()
        else:
            document = platform.get("/api/evaluation/whatif", policy=file, **query)
    if session.as_json:
        session.result(document)
        return
    _print(session, document)


def _print(session: Session, document: dict[str, Any]) -> None:
    console = session.console()
    console.print(_table(session, document))
    summary = document["summary"]
    console.print(session.say(SUMMARY, **summary), markup=False)
    if document["unlike_full_marks"]:
        after = document["after"]
        console.print("  " + session.say(UNLIKE, after=f"{after['id']} {after['version']}"), markup=False)
    if summary["eligibility_changed"]:
        console.print("  " + session.say(BARRED, **summary["ineligible"]), markup=False)
    for one in document["rulings"]:
        said = {name: one[name] for name in ("clause", "before", "after")}
        line = session.say(RULES[one["kind"]], title=one["title"][session.language], **said)
        console.print("  " + line, markup=False)
    for one in document["summary"]["classes"]:
        origin = _called(session, document["before"]["classes"], one["from"])
        target = _called(session, document["after"]["classes"], one["to"])
        line = session.say(CLASSES, origin=origin, target=target, societies=one["societies"])
        console.print("  " + line, markup=False)
    for one in document["indicators"][:REASONS]:
        said = {name: one[name] for name in ("clause", "societies", "gained", "lost")}
        console.print(session.say(MOVES_MOST, title=one["title"][session.language], **said), markup=False)
    for side in ("before", "after"):
        _print_times(session, document[side], document["as_of"])


def _print_times(session: Session, policy: dict[str, Any], day: str) -> None:
    """That a policy is not in force on the day, and how long its grades are valid."""
    named, console = f"{policy['id']} {policy['version']}", session.console()
    if policy["in_force"]["on_the_day"] is False:
        console.print(session.say(OUT_OF_FORCE, policy=named, day=day), style="yellow", markup=False)
    if policy["validity"]:
        days = {name: policy["validity"][name] for name in ("valid_from", "valid_until")}
        console.print(session.say(VALID, policy=named, day=day, **days), markup=False)


def _table(session: Session, document: dict[str, Any]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 — the command line starts without it

    names = {side: f"{document[side]['id']} {document[side]['version']}" for side in ("before", "after")}
    said = session.say(TITLE, **names, as_of=document["as_of"])
    table = Table(title=said, header_style="bold", box=None)
    for heading in (RANK, SOCIETY, NAME, POINTS, GRADE, CLASS, BECAUSE):
        table.add_column(session.say(heading), no_wrap=heading not in {NAME, BECAUSE})
    titles = {(one["kind"], one["id"]): one["title"][session.language] for one in document["rulings"]}
    for move in document["societies"]:
        if move["ranks"] or move["contributions"] or move["rulings"]:
            table.add_row(*_cells(session, document, move, titles))
    return table


def _cells(
    session: Session, document: dict[str, Any], move: dict[str, Any], titles: dict[tuple[str, str], str]
) -> list[str]:
    old, new = move["before"] or {}, move["after"] or {}
    reasons = [f"{one['title'][session.language]} {_signed(one['points'])}" for one in move["contributions"][:REASONS]]
    reasons += [
        session.say(LIFTED if one["before"] else IMPOSED, title=titles[one["kind"], one["id"]])
        for one in move["rulings"]
    ]
    return [
        _step(old.get("rank"), new.get("rank")),
        move["society"],
        move["name"],
        _points(session, move, unlike=document["unlike_full_marks"]),
        *(_change(session, document, move, key, called) for key, called in (("grade", "grades"), ("class", "classes"))),
        "; ".join(reasons),
    ]


def _points(session: Session, move: dict[str, Any], *, unlike: bool) -> str:
    """Both totals and the change; where full marks are not the same, which they are of, and the change in per cent."""
    was, now = (_total(session, move[side], marked=unlike) for side in ("before", "after"))
    change = f"{_signed(move['change_percent'])} %" if unlike else _signed(move["change"])
    return f"{was} → {now} ({change})"


def _total(session: Session, row: dict[str, Any] | None, *, marked: bool) -> str:
    if row is None:
        return "—"
    return session.say(MARKED, points=row["total"], full=row["full"]) if marked else str(row["total"])


def _called(session: Session, titles: dict[str, Any], name: str | None) -> str | None:
    """A grade or class by the title that its own policy gives it."""
    return titles[name][session.language] if name in titles else name


def _change(session: Session, document: dict[str, Any], move: dict[str, Any], key: str, called: str) -> str:
    sides = ("before", "after")
    return _step(*(_called(session, document[side][called], (move[side] or {}).get(key)) for side in sides))


def _step(old: object, new: object) -> str:
    return str(new or "—") if old == new else f"{old or '—'} → {new or '—'}"


def _signed(points: str) -> str:
    return points if points.startswith("-") else f"+{points}"
