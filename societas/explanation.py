"""One rating to the last point, as it is printed on a terminal: in the words that the portal has."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from chassis.language import N_, Phrase
from services.portal import words
from services.portal.event_names import event_name
from societas.commands.session import Session
from societas.commands.titles import Titles

HEAD = N_("{society} {name}: {total} of {max} points as of {as_of}, {completeness} known")
BINDING = N_("Binding: {class_} by {review} since {since}; provisional: {provisional}")
VALID = N_(
    "A grade announced on {as_of} is valid from {valid_from} to {valid_until}; another may be applied for "
    "from {again_from} to {again_until}  [{clause}]"
)
SECTION, POINTS, MAX, KNOWN = N_("Section"), N_("Points"), N_("of"), N_("known of it")
VETO, CLAUSE, EVIDENCE = N_("Veto"), N_("Clause"), N_("Events")
SET_ASIDE, MORE, MISSING, REMEDY = N_("Set aside"), N_("and {count} more"), N_("Missing"), N_("What would earn it")
PROSPECT = N_("With {points} more points: rank {now} → {then}, class {class}")
YES, NO = N_("yes"), N_("no")
EARNABLE = frozenset({"partly", "unmet", "unknown"})
SIGNS = {"met": "✓", "partly": "◐", "unmet": "✗", "unknown": "?", "not-applicable": "–"}


def print_explanation(
    session: Session, titles: Titles, document: dict[str, Any], sections: list[dict[str, Any]]
) -> None:
    """Prints the rating: its vetoes, its sections, and every indicator with its events."""
    console = session.console()
    names = ("society", "name", "total", "max", "as_of", "completeness")
    console.print(session.say(HEAD, **{name: document[name] for name in names}), style="bold", markup=False)
    row = document["standing"]
    if row and row["binding"]:
        told = {"review": row["binding"]["review"], "since": row["binding"]["since"]}
        classes = {"class_": titles.standing(row["binding"]["class"]), "provisional": titles.standing(row["class"])}
        console.print(session.say(BINDING, **told, **classes), markup=False)
    if row and row.get("edge"):
        console.print(_text(session, row["edge"]["said"]), style="yellow", markup=False)
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
        for line in _lines(session, titles, one):
            console.print("    " + line, markup=False)


def _table(session: Session, sections: list[dict[str, Any]]) -> Table:
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


def _lines(session: Session, titles: Titles, one: dict[str, Any]) -> list[str]:
    lines = [f"{session.say(CLAUSE)}: {one['clause']}"]
    if one.get("arithmetic"):
        lines.append(_text(session, one["arithmetic"]))
    measures = {measure["id"]: _text(session, measure["title"]) for measure in one.get("measures", ())}
    lines += _events(session, EVIDENCE, one.get("evidence", ()), one.get("evidence_more", 0), measures)
    lines += _events(session, SET_ASIDE, one.get("set_aside", ()), one.get("set_aside_more", 0), measures)
    if one.get("prospect"):
        told = one["prospect"]
        lines.append(session.say(PROSPECT, points=told["points"], **told["rank"], **{"class": _classes(titles, told)}))
    for heading, key in ((MISSING, "missing"), (REMEDY, "remedy")):
        if one.get(key) and one["outcome"] in EARNABLE:
            lines.append(f"{session.say(heading)}: {_text(session, one[key])}")
    return lines


def _classes(titles: Titles, prospect: dict[str, Any]) -> str:
    now, then = (titles.standing(prospect["class"][when]) for when in ("now", "then"))
    return now if now == then else f"{now} → {then}"


def _events(session: Session, heading: Phrase, events: Any, more: int, measures: Mapping[str, str]) -> list[str]:
    """The events in words, with what each gave to which measure, or why it gave nothing."""
    if not events:
        return []
    lines = [f"{session.say(heading)}:"]
    for one in events:
        said = _value(session, one["contributed"]) if "contributed" in one else _text(session, one.get("reason"))
        said = "; ".join([said, *(_text(session, against) for against in one.get("against", ()))])
        named = [measures.get(name, name) for name in one.get("measures") or [one.get("measure", "")]]
        # With one measure alone there is nothing to tell apart.
        why = f"{', '.join(named)}: {said}" if any(named) and len(measures) > 1 else said
        lines.append(f"  {one['on']}  {session.say(event_name(one['type']))}  {why}  {one['event']}")
    return [*lines, "  " + session.say(MORE, count=more)] if more else lines


def _value(session: Session, value: Any) -> str:
    if isinstance(value, dict) and not {"zh", "en"} & value.keys():
        return "; ".join(f"{session.say(words.word(name))}: {_value(session, part)}" for name, part in value.items())
    if isinstance(value, bool):
        return session.say(YES if value else NO)
    return session.say(words.word(value)) if isinstance(value, str) else _text(session, value)


def _text(session: Session, text: Any) -> str:
    if isinstance(text, dict):
        return str(text.get(session.language) or text.get("en") or text.get("code") or "")
    return "" if text is None else str(text)
