"""`societas explain`: every point of one society with its clause and its events."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.language import N_, Phrase
from societas.commands.options import DEFAULT_DATA, DEFAULT_URL, AsJson, Data, Lang, Token, Url
from societas.commands.ratings import AsOf, KnownAt, Policy, word
from societas.commands.session import Session

if TYPE_CHECKING:
    from rich.table import Table

Code = Annotated[str, typer.Argument(metavar="SOCIETY", help="Code of the society, e.g. A-18 · 学会代码")]
Indicator = Annotated[str | None, typer.Option("--indicator", help="Only this one · 仅此指标")]
Signed = Annotated[
    Path | None, typer.Option("--signed", metavar="FILE", help="Into a signed file, to object with · 存为签名文件")
]

HEAD = N_("{society} {name}: {total} of {max} points as of {as_of}, {completeness} known")
VALID = N_(
    "A grade announced on {as_of} is valid from {valid_from} to {valid_until}; another may be applied for "
    "from {again_from} to {again_until}  [{clause}]"
)
SECTION, POINTS, MAX, KNOWN = N_("Section"), N_("Points"), N_("of"), N_("known of it")
VETO, CLAUSE, EVIDENCE = N_("Veto"), N_("Clause"), N_("Events")
SET_ASIDE, MORE, MISSING, REMEDY = N_("Set aside"), N_("and {count} more"), N_("Missing"), N_("What would earn it")
NO_SUCH_INDICATOR = N_("Policy {policy} has no indicator {value}. It has: {known}")
PROSPECT = N_("With {points} more points: rank {now} → {then}, class {class}")
KEPT = N_("Signed and kept in {file}; check it with `societas verify {file}`.")
UNWRITABLE = N_("{file} cannot be written: {reason}")
SIGNS = {"met": "✓", "partly": "◐", "unmet": "✗", "unknown": "?", "not-applicable": "–"}


def explain(
    society: Code,
    *,
    indicator: Indicator = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    signed: Signed = None,
    url: Url = DEFAULT_URL,
    token: Token = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Explain a rating: the clause and the events of every point, and what would earn the others · 说明得分依据."""
    session = Session(as_json=as_json, lang=lang, url=url, token=token, data=data)
    with session.platform() as platform:
        path, query = f"/api/evaluation/ratings/{society}", {"as_of": as_of, "known_at": known_at, "policy": policy}
        if signed is not None:
            _keep(session, signed, platform.ask("GET", f"{path}/signed", query=query).content)
            return
        document = platform.get(path, **query)
    if indicator is not None:
        document["indicators"] = _only(session, document, indicator)
    if as_json:
        session.result(document)
        return
    _print(session, document, sections=document["sections"] if indicator is None else [])


def _keep(session: Session, file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        said = session.say(UNWRITABLE, file=file, reason=error.strerror)
        session.fail({"title": said, "field": "signed", "value": str(file)}, said)
    if session.as_json:
        session.result({"file": str(file), "bytes": len(content)})
    else:
        typer.echo(session.say(KEPT, file=file))


def _only(session: Session, document: dict[str, Any], indicator: str) -> list[dict[str, Any]]:
    found = [one for one in document["indicators"] if one["id"] == indicator]
    if not found:
        known = ", ".join(one["id"] for one in document["indicators"])
        said = session.say(NO_SUCH_INDICATOR, policy=document["policy"]["id"], value=indicator, known=known)
        session.fail({"title": said, "field": "indicator", "value": indicator}, said)
    return found


def _print(session: Session, document: dict[str, Any], sections: list[dict[str, Any]]) -> None:
    console = session.console()
    names = ("society", "name", "total", "max", "as_of", "completeness")
    console.print(session.say(HEAD, **{name: document[name] for name in names}), style="bold", markup=False)
    if document.get("validity"):
        console.print(session.say(VALID, as_of=document["as_of"], **document["validity"]), markup=False)
    for veto in document.get("vetoes", ()):
        console.print(
            f"{session.say(VETO)}: {_text(session, veto['title'])}  [{veto['clause']}]", style="red", markup=False
        )
    if sections:
        console.print(_table(session, sections))
    for one in document["indicators"]:
        sign = SIGNS.get(one["outcome"], " ")
        title = f"{sign} {one['id']}  {_text(session, one['title'])}  {one['points']}/{one['max']}"
        console.print("\n" + title, style="bold", markup=False)
        for line in _lines(session, one):
            console.print("    " + line, markup=False)


def _table(session: Session, sections: list[dict[str, Any]]) -> "Table":
    from rich.table import Table  # noqa: PLC0415 — the command line starts without it

    table = Table(header_style="bold", box=None)
    table.add_column(session.say(SECTION))
    for heading in (POINTS, MAX, KNOWN):
        table.add_column(session.say(heading), justify="right")
    for depth, one in _nested(sections):
        table.add_row("  " * depth + _text(session, one["title"]), one["points"], one["max"], one["known"])
    return table


def _nested(sections: list[dict[str, Any]], depth: int = 0) -> Iterator[tuple[int, dict[str, Any]]]:
    for one in sections:
        yield depth, one
        yield from _nested(one["sections"], depth + 1)


def _lines(session: Session, one: dict[str, Any]) -> list[str]:
    lines = [f"{session.say(CLAUSE)}: {one['clause']}"]
    if one.get("arithmetic"):
        lines.append(_text(session, one["arithmetic"]))
    lines += _events(session, EVIDENCE, one, "evidence")
    lines += _events(session, SET_ASIDE, one, "set_aside")
    if one.get("prospect"):
        told = one["prospect"]
        lines.append(session.say(PROSPECT, points=told["points"], **told["rank"], **{"class": _classes(session, told)}))
    for heading, key in ((MISSING, "missing"), (REMEDY, "remedy")):
        if one.get(key):
            lines.append(f"{session.say(heading)}: {_text(session, one[key])}")
    return lines


def _classes(session: Session, prospect: dict[str, Any]) -> str:
    now, then = (word(session, prospect["class"][when]) for when in ("now", "then"))
    return now if now == then else f"{now} → {then}"


def _events(session: Session, heading: Phrase, one: dict[str, Any], kind: str) -> list[str]:
    events, more = one.get(kind, ()), one.get(f"{kind}_more", 0)
    if not events:
        return []
    lines = [f"{session.say(heading)}:"]
    for event in events:
        why = event.get("contributed") if "contributed" in event else _text(session, event.get("reason"))
        lines.append(f"  {event['on']}  {event['type']}  {event['event']}  {_of(session, one, event)}{why}")
    return [*lines, "  " + session.say(MORE, count=more)] if more else lines


def _of(session: Session, one: dict[str, Any], event: dict[str, Any]) -> str:
    """The measures of an event, where its indicator has more than one."""
    titles = {measure["id"]: _text(session, measure["title"]) for measure in one.get("measures", ())}
    names = event.get("measures") or [event.get("measure")]
    return ", ".join(titles.get(name, name) for name in names) + ": " if len(titles) > 1 else ""


def _text(session: Session, text: Any) -> str:
    if isinstance(text, dict):
        return str(text.get(session.language) or text.get("en") or text.get("code") or "")
    return "" if text is None else str(text)
