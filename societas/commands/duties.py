"""`societas duties`: what is owed by when, what is breached, and what will be unless something is done."""

from typing import Annotated, Any

import typer

from chassis.language import N_, Phrase
from societas.commands.ratings import AsOf, Federation, KnownAt, Policy
from societas.commands.session import Session
from societas.commands.spoken import spoken

Society = Annotated[str | None, typer.Argument(metavar="[SOCIETY]", help="Code of a society; else all · 学会代码")]
Within = Annotated[
    int | None, typer.Option("--within", min=0, max=3660, metavar="DAYS", help="Due within so many days · 几日内到期")
]
State = Annotated[
    list[str] | None,
    typer.Option("--state", help="breached, due, late or fulfilled; breached and due if absent · 状态"),
]

_OPEN = ["breached", "due"]
_SAID: dict[str, Phrase] = {
    "breached": N_("breached since {breached_since}, {days_late} days"),
    "due": N_("due on {due_on}, {days_left} days left, unless: {remedy}"),
    "late": N_("was due on {due_on}, fulfilled {days_late} days late on {fulfilled_on}"),
    "fulfilled": N_("fulfilled on {fulfilled_on}, was due on {due_on}"),
}
_NAMED: dict[str, Phrase] = {
    "breached": N_("Breached"),
    "due": N_("Still due"),
    "late": N_("Fulfilled late"),
    "fulfilled": N_("Fulfilled in time"),
}
WITHOUT_DAY = N_("{name}; the day is not told, it would tell a person's age")
NOTHING = N_("No duty is as asked.")


@spoken
def duties(
    session: Session,
    society: Society = None,
    *,
    within: Within = None,
    state: State = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    federation: Federation = None,
) -> None:
    """Print the duties of a society or of all: breached, and due next · 打印合规义务."""
    path = "/api/evaluation/duties" if society is None else f"/api/evaluation/societies/{society}/duties"
    query = {"as_of": as_of, "known_at": known_at, "policy": policy, "within": within, "state": state or _OPEN}
    if society is None:
        query["federation"] = federation
    with session.platform() as platform:
        found = list(platform.every(path, **query))
    if session.as_json:
        session.result({"duties": found})
    elif not found:
        session.note(NOTHING)
    else:
        _print(session, found)


def _print(session: Session, found: list[dict[str, Any]]) -> None:
    console = session.console()
    for one in found:
        words = one | {"name": _NAMED[one["state"]], "remedy": (one["remedy"] or {}).get(session.language, "")}
        said = session.say(WITHOUT_DAY if one["due_on"] is None else _SAID[one["state"]], **words)
        title = f"{one['society']}  {one['title'][session.language]} ({one['key']}) [{one['clause']}]"
        console.print(f"{title}  {said}", style="red" if one["state"] == "breached" else None, markup=False)
