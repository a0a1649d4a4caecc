"""The result list of a review and the notice to a society, as documents."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from string import printable
from typing import Any

from chassis.language import CATALOGUE, N_, Phrase, translate
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.texts import Text
from services.evaluation.reporting.grounds import grounds
from services.evaluation.reporting.paper import Cell, Grid, Paper, both, titled

RESULTS, NOTICE = N_("Results of the review"), N_("Notice of the result of the review")
LISTED = N_("Results")
SEAL = N_("(Seal of the association)   Date:")
PROOF = N_("Ratings {hash}; file of {steps} steps, sealed by {chain}. Check with: societas review verify {review}")
BINDING, PROVISIONAL = N_("the class binds"), N_("the class is provisional")
RANK, CODE, SOCIETY, POINTS, FULL, GRADE, CLASS = (
    N_("Rank"), N_("Code"), N_("Society"), N_("Points"), N_("of"), N_("Grade"), N_("Class"),
)  # fmt: skip
VALID = N_("Valid")
INDICATOR, CLAUSE, OUTCOME, OBJECTIONS = N_("Indicator"), N_("Clause"), N_("Outcome"), N_("Objections")
RAISED_BY, ABOUT, DECIDED_ON, BEFORE_AFTER = (
    N_("Raised by"), N_("About"), N_("Decided on"), N_("Points before and after"),
)  # fmt: skip
REVIEW, POLICY, AS_OF, PUBLISHED_ON, OBJECTIONS_UNTIL, CONFIRMED_ON, EFFECT = (
    N_("Review"), N_("Policy"), N_("As of"), N_("Published on"), N_("Objections through"), N_("Confirmed on"),
    N_("Effect"),
)  # fmt: skip
COMPLETENESS, WHY = N_("Completeness"), N_("Why this class")
EQUALS = N_("Equal where a class ends")
SECTION, SECTIONS, KNOWN = N_("Section"), N_("Sections"), N_("known of it")
INDICATORS, MISSED, LOST, REMEDY = (
    N_("Points, indicator by indicator"),
    N_("Points missed"),
    N_("Missing"),
    N_("What can be done"),
)
WHOLE, PERCENT = N_("the whole rating"), Decimal(100)
SHARED = N_("put right with objection {numbers}")
INDENT, NO = "　", N_("No.")
WORDS: Mapping[str | None, Phrase] = {
    "met": N_("Met"),
    "partly": N_("Partly met"),
    "unmet": N_("Not met"),
    "unknown": N_("Unknown"),
    "not-applicable": N_("Not applicable"),
    None: N_("not decided yet"),
    "upheld": N_("upheld"),
    "dismissed": N_("dismissed"),
}


def result_list(document: Mapping[str, Any], policy: Policy) -> Paper:
    """Every society with rank, points, grade and class."""
    grades, classes = _grades(policy), _classes(policy)
    rows: list[list[Cell]] = [
        [
            row["rank"],
            row["society"],
            row["name"],
            Decimal(row["total"]),
            Decimal(row["max"]),
            _said(grades, row["grade"]),
            _said(classes, row["class"]),
        ]
        for row in document["results"]
    ]
    headings = _headings((RANK, 10), (CODE, 9), (SOCIETY, 29), (POINTS, 11), (FULL, 9), (GRADE, 12), (CLASS, 20))
    return _paper(RESULTS, document, policy, list(_edges(document)), [Grid(titled(LISTED), headings, rows)], "")


def _edges(document: Mapping[str, Any]) -> Iterator[tuple[str, Cell]]:
    """Where classes end among equals: who they are, and how it was decided."""
    found: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for row in document["results"]:
        if edge := row.get("edge"):
            found.setdefault((edge["class"], *edge["equals"], edge["inside"]), edge)
    for edge in found.values():
        yield both(EQUALS), f"{_both(edge['said'])} {'、'.join(edge['equals'])}"


def notice(document: Mapping[str, Any], policy: Policy, names: str = "") -> Paper:
    """One society's result to the last indicator, why it is so and what can be done, and what was objected.

    `names` are those of all societies that get one.
    """
    row, why = document["result"], document["reasons"]
    own: list[tuple[str, Cell]] = [
        (both(SOCIETY), f"{row['name']} {row['society']}"),
        (both(RANK), row["rank"]),
        (both(POINTS), Decimal(row["total"])),
        (both(FULL), Decimal(row["max"])),
        (both(COMPLETENESS), f"{Decimal(row['completeness']) * PERCENT:.2f} %"),
        (both(GRADE), _said(_grades(policy), row["grade"])),
        *([(both(VALID), f"{row['valid_from']} – {row['valid_until']}")] if row.get("valid_from") else []),
        (both(CLASS), _said(_classes(policy), row["class"])),
        (both(WHY), _both(why["decisive"])),
    ]
    grids = [*grounds(why, policy), _sections(why["sections"])]
    if why["missed"]:
        grids.append(_missed(why["missed"]))
    grids.append(_indicators(row["indicators"], policy))
    if document["objections"]:
        grids.append(_objections(document["objections"], policy))
    return _paper(NOTICE, document, policy, own, grids, names)


def _sections(sections: Sequence[Mapping[str, Any]]) -> Grid:
    rows: list[list[Cell]] = [
        [
            INDENT * depth + _both(one["title"]),
            *(Decimal(one[name]) for name in ("points", "max", "known")),
        ]
        for depth, one in _nested(sections)
    ]
    return Grid(titled(SECTIONS), _headings((SECTION, 55), (POINTS, 15), (FULL, 15), (KNOWN, 15)), rows)


def _nested(sections: Sequence[Mapping[str, Any]], depth: int = 0) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for one in sections:
        yield depth, one
        yield from _nested(one["sections"], depth + 1)


def _indicators(findings: Mapping[str, Any], policy: Policy) -> Grid:
    rows: list[list[Cell]] = [
        [
            one.title.both,
            one.clause,
            both(WORDS[findings[one.id]["outcome"]]),
            Decimal(findings[one.id]["points"]),
            Decimal(findings[one.id]["max"]),
        ]
        for one in policy.indicators
        if one.id in findings
    ]
    headings = _headings((INDICATOR, 46), (CLAUSE, 17), (OUTCOME, 17), (POINTS, 11), (FULL, 9))
    return Grid(titled(INDICATORS), headings, rows)


def _missed(missed: Sequence[Mapping[str, Any]]) -> Grid:
    rows: list[list[Cell]] = [
        [_both(one["title"]), Decimal(one["max"]) - Decimal(one["points"]), _both(one["remedy"])] for one in missed
    ]
    return Grid(titled(MISSED), _headings((INDICATOR, 36), (LOST, 10), (REMEDY, 54)), rows)


def _objections(objections: Sequence[Mapping[str, Any]], policy: Policy) -> Grid:
    titles = {one.id: one.title.both for one in policy.indicators}
    rows: list[list[Cell]] = [
        [
            one["number"],
            one["objector"],
            f"{one['about']} {titles.get(one['indicator'], both(WHOLE))}",
            both(WORDS[one["outcome"]]),
            one["decided_on"] or "—",
            _revised(one["revision"]),
        ]
        for one in objections
    ]
    headings = _headings((NO, 6), (RAISED_BY, 12), (ABOUT, 32), (OUTCOME, 14), (DECIDED_ON, 14), (BEFORE_AFTER, 22))
    return Grid(titled(OBJECTIONS), headings, rows)


def _revised(revision: Mapping[str, Any] | None) -> str:
    if revision is None:
        return "—"
    points = f"{revision['before']['total']} → {revision['after']['total']}"
    shared = [one["number"] for one in revision["put_right_by"]]
    return f"{points} {both(SHARED, numbers=shared)}" if shared else points


def _paper(  # noqa: PLR0917 - what the two have in common
    title: Phrase,
    document: Mapping[str, Any],
    policy: Policy,
    own: list[tuple[str, Cell]],
    grids: list[Grid],
    names: str,
) -> Paper:
    effect = BINDING if document["binding"] else PROVISIONAL
    facts: list[tuple[str, Cell]] = [
        (both(REVIEW), document["review"]),
        (both(POLICY), f"{policy.title.zh} {policy.id} {policy.version}"),
        (both(AS_OF), document["as_of"]),
        (both(PUBLISHED_ON), document["published_on"] or "—"),
        (both(OBJECTIONS_UNTIL), document["objections_until"] or "—"),
        (both(CONFIRMED_ON), document["confirmed_on"] or "—"),
        (both(EFFECT), both(effect)),
    ]
    proof = {name: document[name] for name in ("hash", "steps", "chain", "review")}
    return Paper(
        title=titled(title),
        facts=[*own, *facts],
        grids=grids,
        seal=both(SEAL),
        proof=[translate(PROOF, "zh", **proof), translate(PROOF, "en", **proof)],
        alphabet=_words() | frozenset(policy.text + names),
    )


@cache
def _words() -> frozenset[str]:
    """Every character in which the platform speaks, and some signs."""
    return frozenset(CATALOGUE.read_text(encoding="utf-8") + printable + "→—" + INDENT)


def _headings(*shares: tuple[Phrase, int]) -> list[tuple[str, int]]:
    return [(both(heading), share) for heading, share in shares]


def _grades(policy: Policy) -> dict[str, Text]:
    return {grade.id: grade.title for grade in policy.grades}


def _classes(policy: Policy) -> dict[str, Text]:
    classes = policy.classes
    titles = {quota.id: quota.title for quota in classes.quotas} | {classes.rest.id: classes.rest.title}
    return titles | ({classes.rule.id: classes.rule.title} if classes.rule else {})


def _said(titles: Mapping[str, Text], id_: str | None) -> str:
    title = titles.get(id_ or "")
    return title.both if title else id_ or "—"


def _both(text: Mapping[str, str]) -> str:
    return Text.model_validate(text).both
