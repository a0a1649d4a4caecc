"""`societas ratings`: the board."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from chassis.language import N_, Phrase
from societas.commands.session import Session
from societas.commands.spoken import spoken
from societas.commands.titles import Titles

if TYPE_CHECKING:
    from rich.table import Table

AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="The rating on this day · 截至日期")]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", metavar="INSTANT", help="By what was known then · 当时已知的记录")
]
Policy = Annotated[str | None, typer.Option("--policy", help="Id of another policy · 按另一政策")]
Federation = Annotated[str | None, typer.Option("--federation", help="Only its members · 仅某联合体的成员")]

TITLE = N_("Ratings as of {as_of} · policy {policy} {version}")
RANK, SOCIETY, NAME, GROUP = N_("Rank"), N_("Code"), N_("Society"), N_("Group")
TOTAL, COMPLETENESS, GRADE, CLASS, VETOES = N_("Points"), N_("Complete"), N_("Grade"), N_("Class"), N_("Vetoes")
BINDING, SINCE = N_("Binding class"), N_("{class_} since {since}")
AT_THE_EDGE = N_("{held}, {edge}")
CANDIDATE = N_("{held} → {range} since {since}")
WORDS: dict[str, Phrase] = {
    "science": N_("science"),
    "engineering": N_("engineering"),
    "agriculture": N_("agriculture"),
    "medicine": N_("medicine"),
    "interdisciplinary": N_("interdisciplinary"),
    "support": N_("key support"),
    "foster": N_("fostering"),
    "regular": N_("regular"),
    "restructure": N_("restructuring"),
}


@spoken
def ratings(
    session: Session,
    *,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    federation: Federation = None,
) -> None:
    """Print the board: every society's rating, best first · 打印评级榜."""
    with session.platform() as platform:
        query = {"as_of": as_of, "known_at": known_at, "policy": policy, "federation": federation}
        document = platform.get("/api/evaluation/ratings", **query)
        titles = None if session.as_json else Titles.of(platform, document["policy"])
    if titles is None:
        session.result(document)
    else:
        session.console().print(_table(session, titles, document))


def _table(session: Session, titles: Titles, document: dict[str, Any]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 — the command line starts without it

    said = session.say(
        TITLE, as_of=document["as_of"], policy=document["policy"]["id"], version=document["policy"]["version"]
    )
    table = Table(title=said, caption=document.get("hash"), header_style="bold", box=None)
    for heading in (RANK, SOCIETY, NAME, GROUP, TOTAL, COMPLETENESS, GRADE, CLASS, BINDING, VETOES):
        justify: Literal["left", "right"] = "right" if heading in {RANK, TOTAL, COMPLETENESS} else "left"
        wraps = heading in {NAME, CLASS, BINDING, VETOES}
        table.add_column(
            session.say(heading), justify=justify, no_wrap=not wraps, min_width=20 if heading is NAME else 0
        )
    for row in document["ratings"]:
        table.add_row(*_cells(session, titles, row))
    return table


def _cells(session: Session, titles: Titles, row: dict[str, Any]) -> list[str]:
    return [
        str(row["rank"]),
        row["society"],
        row["name"],
        word(session, row.get("peer_group")),
        f"{row['total']}/{row['max']}",
        str(row["completeness"]),
        titles.grade(row["grade"]),
        _class(session, titles, row),
        _binding(session, titles, row.get("binding")),
        " ".join(map(titles.veto, row["vetoes"])),
    ]


def _binding(session: Session, titles: Titles, told: dict[str, Any] | None) -> str:
    return session.say(SINCE, class_=titles.standing(told["class"]), since=told["since"]) if told else "—"


def _class(session: Session, titles: Titles, row: dict[str, Any]) -> str:
    held, since = titles.standing(row.get("class")), row.get("candidate_since")
    if row.get("edge"):
        held = session.say(AT_THE_EDGE, held=held, edge=row["edge"]["said"][session.language])
    if since is None:
        return held
    return session.say(CANDIDATE, held=held, range=titles.standing(row["range"]), since=since)


def word(session: Session, value: str | None) -> str:
    """A word of the wire in the person's language; unknown ones as they are."""
    return session.say(WORDS[value]) if value in WORDS else value or "—"
