"""The result list of a review and the notice to a society, as documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from chassis.language import N_, Phrase, translate
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.texts import Text
from services.evaluation.reporting.paper import Grid, Paper, both

RESULTS, NOTICE = N_("Results of the review"), N_("Notice of the result of the review")
SEAL = N_("(Seal of the association)   Date:")
PROOF = N_("Ratings {hash}; file of {steps} steps, sealed by {chain}. Check with: societas review verify {review}")
BINDING, PROVISIONAL = N_("the class binds"), N_("the class is provisional")
RANK, CODE, SOCIETY, SCORE, GRADE, CLASS = (
    N_("Rank"), N_("Code"), N_("Society"), N_("Score"), N_("Grade"), N_("Class"),
)  # fmt: skip
VALID = N_("Valid")
INDICATOR, CLAUSE, OUTCOME, OBJECTIONS = N_("Indicator"), N_("Clause"), N_("Outcome"), N_("Objections")
RAISED_BY, ABOUT, DECIDED_ON, BEFORE_AFTER = (
    N_("Raised by"), N_("About"), N_("Decided on"), N_("Points before and after"),
)  # fmt: skip
REVIEW, POLICY, AS_OF, PUBLISHED_ON, CONFIRMED_ON, EFFECT = (
    N_("Review"), N_("Policy"), N_("As of"), N_("Published on"), N_("Confirmed on"), N_("Effect"),
)  # fmt: skip
WHOLE = N_("the whole rating")
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
    rows = [
        [
            str(row["rank"]),
            row["society"],
            row["name"],
            f"{row['total']}/{row['max']}",
            _said(grades, row["grade"]),
            _said(classes, row["class"]),
        ]
        for row in document["results"]
    ]
    headings = _headings((RANK, 11), (CODE, 11), (SOCIETY, 32), (SCORE, 14), (GRADE, 12), (CLASS, 20))
    return _paper(RESULTS, document, policy, [], [Grid("", headings, rows)])


def notice(document: Mapping[str, Any], policy: Policy) -> Paper:
    """One society's result to the last indicator, and the objections that concern it."""
    row = document["result"]
    own = [
        (both(SOCIETY), f"{row['name']} {row['society']}"),
        (both(RANK), str(row["rank"])),
        (both(SCORE), f"{row['total']}/{row['max']}"),
        (both(GRADE), _said(_grades(policy), row["grade"])),
        *([(both(VALID), f"{row['valid_from']} – {row['valid_until']}")] if row.get("valid_from") else []),
        (both(CLASS), _said(_classes(policy), row["class"])),
    ]
    grids = [_indicators(row["indicators"], policy)]
    if document["objections"]:
        grids.append(_objections(document["objections"], policy))
    return _paper(NOTICE, document, policy, own, grids)


def _indicators(findings: Mapping[str, Any], policy: Policy) -> Grid:
    rows = [
        [
            f"{one.title.zh} {one.title.en}",
            one.clause,
            both(WORDS[findings[one.id]["outcome"]]),
            f"{findings[one.id]['points']}/{findings[one.id]['max']}",
        ]
        for one in policy.indicators
        if one.id in findings
    ]
    return Grid("", _headings((INDICATOR, 46), (CLAUSE, 18), (OUTCOME, 20), (SCORE, 16)), rows)


def _objections(objections: Sequence[Mapping[str, Any]], policy: Policy) -> Grid:
    titles = {one.id: f"{one.title.zh} {one.title.en}" for one in policy.indicators}
    rows = [
        [
            one["objector"],
            f"{one['about']} {titles.get(one['indicator'], both(WHOLE))}",
            both(WORDS[one["outcome"]]),
            one["decided_on"] or "—",
            f"{one['revision']['before']['total']} → {one['revision']['after']['total']}" if one["revision"] else "—",
        ]
        for one in objections
    ]
    headings = _headings((RAISED_BY, 12), (ABOUT, 34), (OUTCOME, 20), (DECIDED_ON, 16), (BEFORE_AFTER, 18))
    return Grid(both(OBJECTIONS), headings, rows)


def _paper(
    title: Phrase, document: Mapping[str, Any], policy: Policy, own: list[tuple[str, str]], grids: list[Grid]
) -> Paper:
    effect = BINDING if document["binding"] else PROVISIONAL
    facts = [
        (both(REVIEW), document["review"]),
        (both(POLICY), f"{policy.title.zh} {policy.id} {policy.version}"),
        (both(AS_OF), document["as_of"]),
        (both(PUBLISHED_ON), document["published_on"] or "—"),
        (both(CONFIRMED_ON), document["confirmed_on"] or "—"),
        (both(EFFECT), both(effect)),
    ]
    proof = {name: document[name] for name in ("hash", "steps", "chain", "review")}
    return Paper(
        title=(translate(title, "zh"), translate(title, "en")),
        facts=[*own, *facts],
        grids=grids,
        seal=both(SEAL),
        proof=[translate(PROOF, "zh", **proof), translate(PROOF, "en", **proof)],
    )


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
    return f"{title.zh} {title.en}" if title else id_ or "—"
