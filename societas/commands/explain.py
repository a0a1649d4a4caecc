"""`societas explain`: every point of one society with its clause and its events."""

from typing import Annotated, Any

import typer

from chassis.language import N_, Phrase
from societas.commands.options import DEFAULT_DATA, DEFAULT_URL, AsJson, Data, Lang, Token, Url
from societas.commands.ratings import AsOf, KnownAt, Policy
from societas.commands.session import Session

Code = Annotated[str, typer.Argument(metavar="SOCIETY", help="Code of the society, e.g. A-18 · 学会代码")]
Indicator = Annotated[str | None, typer.Option("--indicator", help="Only this one · 仅此指标")]

HEAD = N_("{society} {name}: {total} of {max} points as of {as_of}, {completeness} known")
VETO, CLAUSE, EVIDENCE = N_("Veto"), N_("Clause"), N_("Events")
SET_ASIDE, MORE, MISSING, REMEDY = N_("Set aside"), N_("and {count} more"), N_("Missing"), N_("What would earn it")
NO_SUCH_INDICATOR = N_("Policy {policy} has no indicator {value}. It has: {known}")
SIGNS = {"met": "✓", "partly": "◐", "unmet": "✗", "unknown": "?", "not-applicable": "–"}


def explain(
    society: Code,
    *,
    indicator: Indicator = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    url: Url = DEFAULT_URL,
    token: Token = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Explain a rating: the clause and the events of every point, and what would earn the others · 说明得分依据."""
    session = Session(as_json=as_json, lang=lang, url=url, token=token, data=data)
    with session.platform() as platform:
        document = platform.get(f"/api/evaluation/ratings/{society}", as_of=as_of, known_at=known_at, policy=policy)
    if indicator is not None:
        document["indicators"] = _only(session, document, indicator)
    if as_json:
        session.result(document)
        return
    _print(session, document)


def _only(session: Session, document: dict[str, Any], indicator: str) -> list[dict[str, Any]]:
    found = [one for one in document["indicators"] if one["id"] == indicator]
    if not found:
        known = ", ".join(one["id"] for one in document["indicators"])
        said = session.say(NO_SUCH_INDICATOR, policy=document["policy"]["id"], value=indicator, known=known)
        session.fail({"title": said, "field": "indicator", "value": indicator}, said)
    return found


def _print(session: Session, document: dict[str, Any]) -> None:
    console = session.console()
    names = ("society", "name", "total", "max", "as_of", "completeness")
    console.print(session.say(HEAD, **{name: document[name] for name in names}), style="bold", markup=False)
    for veto in document.get("vetoes", ()):
        console.print(
            f"{session.say(VETO)}: {_text(session, veto['title'])}  [{veto['clause']}]", style="red", markup=False
        )
    for one in document["indicators"]:
        sign = SIGNS.get(one["outcome"], " ")
        title = f"{sign} {one['id']}  {_text(session, one['title'])}  {one['points']}/{one['max']}"
        console.print("\n" + title, style="bold", markup=False)
        for line in _lines(session, one):
            console.print("    " + line, markup=False)


def _lines(session: Session, one: dict[str, Any]) -> list[str]:
    lines = [f"{session.say(CLAUSE)}: {one['clause']}"]
    if one.get("arithmetic"):
        lines.append(_text(session, one["arithmetic"]))
    lines += _events(session, EVIDENCE, one.get("evidence", ()), one.get("evidence_more", 0))
    lines += _events(session, SET_ASIDE, one.get("set_aside", ()), one.get("set_aside_more", 0))
    for heading, key in ((MISSING, "missing"), (REMEDY, "remedy")):
        if one.get(key):
            lines.append(f"{session.say(heading)}: {_text(session, one[key])}")
    return lines


def _events(session: Session, heading: Phrase, events: Any, more: int) -> list[str]:
    if not events:
        return []
    lines = [f"{session.say(heading)}:"]
    for one in events:
        why = one.get("contributed") if "contributed" in one else _text(session, one.get("reason"))
        lines.append(f"  {one['on']}  {one['type']}  {one['event']}  {why}")
    return [*lines, "  " + session.say(MORE, count=more)] if more else lines


def _text(session: Session, text: Any) -> str:
    if isinstance(text, dict):
        return str(text.get(session.language) or text.get("en") or text.get("code") or "")
    return "" if text is None else str(text)
