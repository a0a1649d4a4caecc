"""Policies by chance: any folds, figures, scores and sections, whether or not anybody would ever want them."""

from typing import Any

from hypothesis import strategies as st

from services.evaluation.domain import Policy
from tests.unit.evaluation.little import TEXT, indicator, policy

Spec = dict[str, Any]
ACTIVITY, MEETING = "events.activity-held.v1", "membership.meeting-held.v1"
ASSESSED, ADMITTED = "evaluation.assessment-recorded.v1", "membership.members-admitted.v1"
ELECTED, ENDED = "membership.council-elected.v1", "membership.members-ended.v1"

WINDOWS = st.sampled_from(
    [
        None,
        "calendar-year",
        {"days": 300},
        {"months": 7, "back": 1},
        {"years": 1},
        {"calendar_years": 2, "back": 1},
        {"from": "2016-03-01", "until": "2018-03-01"},
    ]
)
_QUORUM = {"part": "present", "whole": "entitled", "at_least": "2/3"}
_WORTH = {"cases": [{"where": {"level": "national"}, "value": 5}], "otherwise": "0.5"}
_HELD = {"fold": "count", "events": [ACTIVITY], "title": TEXT}
_MARK = {"events": [ASSESSED], "field": "number"}
FOLDS: list[Spec] = [
    {"fold": "count", "events": [ACTIVITY], "where": {"kind": {"none_of": ["salon"]}}},
    {"fold": "count", "events": [MEETING], "quorum": _QUORUM},
    {"fold": "sum", "plus": {ADMITTED: "count"}, "minus": {ENDED: "count"}},
    {"fold": "sum", "plus": {ACTIVITY: _WORTH}},
    {"fold": "distinct", "events": [ACTIVITY], "key": "activity"},
    {"fold": "distinct", "events": [ACTIVITY], "key": ["kind", "level"]},
    {"fold": "latest", "events": [ELECTED], "field": "seats"},
    {"fold": "latest", "events": [ASSESSED], "field": "holds", "where": {"item": "i0"}},
    {"fold": "maximum", "events": [ACTIVITY], "field": _WORTH},
    {"fold": "mean", **_MARK},
    {"fold": "trimmed-mean", **_MARK, "by": "assessor", "where": {"item": ["i0", "i1"]}},
    {"fold": "median", **_MARK, "absent": "zero"},
    {"fold": "minimum", **_MARK, "where": {"number": {"at_least": 0}}},
    {"fold": "total", **_MARK, "by": "assessor"},
    {"fold": "days-since", "events": [ACTIVITY], "which": "last"},
    {"fold": "days-until", "events": [ELECTED], "field": "term_ends_on"},
]
WINDOWLESS: list[Spec] = [
    {"fold": "years-running", "each": _HELD, "at_least": 1, "up_to": 4, "ending": "this-year"},
    {"fold": "years-running", "each": _HELD, "at_most": 0, "up_to": 3},
    {
        "fold": "present",
        "events": ["federation.society-admitted.v1"],
        "gone": ["federation.society-released.v1"],
        "key": "federation",
    },
]
_ABOUT = {"clause": "一", "title": TEXT, "remedy": TEXT}
_HELD_TERM = {"begins": {"event": ELECTED}, "ends": "term_ends_on"}
CLOCKS: list[Spec] = [
    {"clock": "at-least", "id": "c0", "told": {"event": MEETING, "quorum": _QUORUM}, "per": "quarter", **_ABOUT},
    {"clock": "term", "id": "c1", **_HELD_TERM, **_ABOUT},
    {
        "clock": "silence",
        "id": "c2",
        "any": [{"event": ACTIVITY}, {"event": MEETING}],
        "at_most": {"days": 90},
        **_ABOUT,
    },
]
KEPT = st.fixed_dictionaries(
    {
        "clock": st.sampled_from(["c0", "c1", "c2"]),
        "state": st.sampled_from(["fulfilled", "due", "breached", "late"]),
        "at_least": st.integers(1, 3),
    }
)
NAMES = st.sampled_from(["m0", "m1", "m2", "f0", "f1"])


@st.composite
def _measures(draw: st.DrawFn) -> Spec:
    def one() -> Spec:
        if draw(st.integers(0, 4)) == 0:
            return draw(st.sampled_from(WINDOWLESS))
        window = draw(WINDOWS)
        return draw(st.sampled_from(FOLDS)) | ({} if window is None else {"window": window})

    return {f"m{place}": one() for place in range(3)}


_FIGURES = st.fixed_dictionaries(
    {
        "f0": st.sampled_from(
            [
                {"figure": "formula", "formula": "(m0 + 1) / 3 - m1"},
                {"figure": "formula", "formula": "m0 / m1"},
                {
                    "figure": "bands",
                    "of": "m0",
                    "bands": [{"at_least": 0, "value": "0.5"}, {"at_least": 3, "value": 7}],
                },
            ]
        ),
        "f1": st.sampled_from(
            [
                {"figure": "formula", "formula": "max(f0, m2) * 2"},
                {"figure": "cases", "cases": [{"when": {"measure": "f0", "at_least": 1}, "value": 4}]},
                {"figure": "table", "of": "m2", "table": {"1": 5, "0": 2}, "otherwise": 1},
            ]
        ),
    }
)


@st.composite
def conditions(draw: st.DrawFn) -> Spec:
    compared = {"measure": draw(NAMES), draw(st.sampled_from(["at_least", "at_most"])): draw(st.integers(0, 5))}
    form = draw(st.sampled_from(["plain", "plain", "any", "not", "part", "clock"]))
    if form == "clock":
        return draw(KEPT)
    if form == "any":
        return {"any": [compared, {"measure": draw(NAMES), "equals": 1}]}
    if form == "part":
        return {"part": draw(NAMES), "whole": draw(NAMES), "at_least": "2/3"}
    return {"not": compared} if form == "not" else compared


_PAID = {"points": "100%"}


@st.composite
def scored(draw: st.DrawFn, depth: int = 1) -> Spec:
    """A score of any kind that suits an indicator of any number of points."""
    name, when = draw(NAMES), draw(conditions())
    simple: list[Spec] = [
        {"kind": "tiers", "measure": name, "tiers": [{"at_least": 1, "points": "40%"}, {"at_least": 4, **_PAID}]},
        {"kind": "linear", "measure": name, "full_at": "7.5"},
        {"kind": "share", "part": name, "whole": draw(NAMES), "at_least": "1/3"},
        {"kind": "ratio", "part": name, "whole": draw(NAMES), "full_at": "80%"},
        {"kind": "yes", "when": when},
        {"kind": "all-of", "conditions": {"a": when, "b": draw(conditions())}},
        {"kind": "k-of-n", "need": 2, "conditions": {"a": when, "b": draw(conditions()), "c": draw(conditions())}},
        {"kind": "best", "measure": name, "table": {"1": "100%", "2": "50%"}},
        {"kind": "cases", "cases": [{"when": when, **_PAID}], "otherwise": "1/3"},
        {"kind": "checklist", "entries": {"a": {"when": when, **_PAID}}, "special": [{"when": when, "points": 0}]},
        {"kind": "deductions", "deduct": {name: {"each": "1/7", "at_most": "50%"}}},
        {"kind": "first-then", "measure": name, "first": "30%", "then": "1/9"},
        {"kind": "piecewise", "measure": name, "corners": [{"at": 0, "points": 0}, {"at": 9, **_PAID}]},
        {"kind": "formula", "formula": f"full * {name} / (1 + {draw(NAMES)})"},
    ]
    if depth and draw(st.integers(0, 3)) == 0:
        parts = {"a": {"points": "1/3", "score": draw(scored(0))}, "b": {**_PAID, "score": draw(scored(0))}}
        cases = [{"when": when, "score": draw(scored(0))}]
        composed: list[Spec] = [
            {"kind": "sum", "parts": parts},
            {"kind": "highest", "parts": parts},
            {"kind": "choose", "cases": cases, "otherwise": draw(scored(0))},
        ]
        return draw(st.sampled_from(composed))
    return draw(st.sampled_from(simple))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Three indicators in two sections, an extra one, and perhaps everything else that a policy may have."""
    indicators = [
        indicator(draw(scored()), 10 * (place + 1), id=f"i{place}", group=draw(st.sampled_from(["g", "h"])))
        for place in range(3)
    ]
    if draw(st.booleans()):
        indicators[0] |= {"applies_when": draw(conditions())}
    extra = {
        "kind": "range",
        "measure": draw(NAMES),
        "each": draw(st.sampled_from([-3, "0.7"])),
        "least": -9,
        "most": 5,
    }
    indicators.append(indicator(extra, 5, id="on-top", extra=True, group="h"))
    limits = {"up_to": 4, "over_full": draw(st.booleans())}
    zero = draw(st.sampled_from([{"whole": True}, {"indicators": ["i2"]}, {"groups": ["h"]}]))
    more: Spec = {
        "veto": {
            "vetoes": [{"id": "v", "clause": "一", "title": TEXT, "when": draw(conditions()), "caps": {"zero": zero}}]
        },
        "falsity": {"falsity": {"clause": "一", "answers": 1, "indicators": 2}},
        "profile": {
            "profiles": [
                {
                    "id": "p",
                    "clause": "一",
                    "title": TEXT,
                    "when": draw(conditions()),
                    "points": {"i0": 25, "i1": 35, "i2": 0},
                }
            ]
        },
        "eligibility": {"eligibility": [{"id": "e", "clause": "一", "title": TEXT, "when": draw(conditions())}]},
    }
    chosen = draw(st.sets(st.sampled_from(sorted(more))))
    return policy(
        draw(_measures()),
        *indicators,
        points=60,
        clocks=CLOCKS,
        figures={name: {"title": TEXT, **one} for name, one in draw(_FIGURES).items()},
        groups={"g": TEXT, "h": TEXT | {"within": "g", "extras": limits}},
        extras=limits,
        **{key: value for name in sorted(chosen) for key, value in more[name].items()},
    )
