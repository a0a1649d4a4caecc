"""Policies by chance: any folds, figures, scores, clocks and sections, whether or not anybody would ever want them."""

from typing import Any

from hypothesis import strategies as st

from services.evaluation.domain import Policy
from tests.unit.evaluation.little import TEXT, indicator, policy

Spec = dict[str, Any]
ACTIVITY, MEETING = "events.activity-held.v1", "membership.meeting-held.v1"
ASSESSED, ADMITTED = "evaluation.assessment-recorded.v1", "membership.members-admitted.v1"
ELECTED, ENDED = "membership.council-elected.v1", "membership.members-ended.v1"
LEADER, LEFT = "membership.leader-elected.v1", "membership.leader-left.v1"

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
    {"fold": "count", "events": [MEETING], "quorum": {"part": "present", "whole": "entitled", "more_than": "1/2"}},
    {"fold": "count", "events": [MEETING], "where": {"present": {"more_than": 18, "less_than": 29}}},
    {"fold": "sum", "plus": {ADMITTED: "count"}, "minus": {ENDED: "count"}},
    {"fold": "sum", "plus": {ACTIVITY: _WORTH}},
    {"fold": "distinct", "events": [ACTIVITY], "key": "activity"},
    {"fold": "distinct", "events": [ACTIVITY], "key": ["kind", "level"]},
    {"fold": "latest", "events": [ELECTED], "field": "seats"},
    {"fold": "maximum", "events": [ACTIVITY], "field": _WORTH},
    {"fold": "mean", **_MARK},
    {"fold": "trimmed-mean", **_MARK, "by": "assessor", "where": {"item": ["i0", "i1"]}},
    {"fold": "median", **_MARK, "absent": "zero"},
    {"fold": "minimum", **_MARK, "where": {"number": {"at_least": 0}}},
    {"fold": "total", **_MARK, "by": "assessor"},
    {"fold": "days-since", "events": [ACTIVITY], "which": "last"},
    {"fold": "days-until", "events": [ELECTED], "field": "term_ends_on"},
]
_WORD = {"events": [ASSESSED], "field": "word"}
WORDS: list[Spec] = [
    {"fold": "best", **_WORD, "ranking": ["lead", "part"], "absent": "unknown"},
    {"fold": "best", **_WORD, "ranking": ["part", "lead"], "where": {"item": "i0"}},
    {"fold": "latest", **_WORD},
]
GROWN: Spec = {"fold": "sum", "plus": {ADMITTED: "count"}, "minus": {ENDED: "count"}}
COMPARED: list[Spec] = [
    {"fold": "count", "events": [MEETING], "compared": {"present": {"at_least": "10%", "of": "n0"}}},
    {"fold": "sum", "plus": {MEETING: "present"}, "compared": {"present": {"less_than": "3/2", "of": "n0"}}},
    {"fold": "latest", "events": [ELECTED], "field": "seats", "compared": {"young": {"at_most": 1, "of": "n0"}}},
    {
        "fold": "count",
        "events": [ELECTED],
        "compared": {"young": {"more_than": 0, "of": "n0"}, "seats": {"at_most": 1, "of": "n0"}},
    },
]
"""Measures whose records are held against what another one, n0, was on their day."""
BOUNDED: list[Spec] = [
    {"fold": "latest", "events": [ASSESSED], "field": "holds", "where": {"item": "i0"}, "window": {"years": 1}},
    {"fold": "years-running", "each": _HELD, "at_least": 1, "up_to": 4, "ending": "this-year"},
    {"fold": "years-running", "each": _HELD, "at_most": 0, "up_to": 3},
    {"fold": "years-running", "each": _HELD, "more_than": 1, "up_to": 3, "ending": "latest"},
]
PRESENT: Spec = {
    "fold": "present",
    "events": ["federation.society-admitted.v1"],
    "gone": ["federation.society-released.v1"],
    "key": "federation",
}
_ABOUT = {"clause": "一", "title": TEXT, "remedy": TEXT}
_TERM = {"begins": {"event": ELECTED}, "ends": "term_ends_on"}
_DEFERRED = {
    "deferred": {"event": "membership.deferral-approved.v1"},
    "until": "deferred_until",
    "at_most": {"years": 1},
}
_POST = {"begins": {"event": LEADER}, "ends": {"event": LEFT}, "same": "leader"}
_SEATS = {"part": {"event": ELECTED, "where": {"organ": "standing-council"}}, "whole": {"event": ELECTED}}
_FIRST = {"since": "2016-01-01", "exempt_first": {"months": 6}}
CLOCKS: list[Spec] = [
    {"clock": "at-least", "told": {"event": MEETING, "quorum": _QUORUM}, "per": "quarter"},
    {"clock": "yearly", "told": {"event": "membership.work-report-filed.v1"}, "by": "03-31", "year": "year", **_FIRST},
    {"clock": "within", "begins": {"event": LEADER}, "told": {"event": LEFT}, "same": "leader", "within": {"days": 99}},
    {"clock": "term", **_TERM, **_DEFERRED},
    {
        "clock": "ahead",
        **_TERM,
        **_DEFERRED,
        "told": {"event": "membership.renewal-requested.v1"},
        "planned": "assembly_on",
        "before": {"working_days": 40},
    },
    {"clock": "at-most-share", **_SEATS, "field": "seats", "at_most": "1/3"},
    {
        "clock": "until",
        **_POST,
        "limit": {"event": "membership.leader-limit-approaching.v1"},
        "counts_from": "counts_from",
    },
    {"clock": "times", **_POST, "field": "term_number", "at_most": 2},
    {"clock": "silence", "any": [{"event": ACTIVITY}, {"event": MEETING}], "at_most": {"days": 90}},
]
CLOCKS = [{"id": f"c{place}", "clause": "一", "title": TEXT, "remedy": TEXT} | one for place, one in enumerate(CLOCKS)]
KEPT = st.fixed_dictionaries(
    {
        "clock": st.sampled_from([one["id"] for one in CLOCKS]),
        "state": st.sampled_from(["fulfilled", "due", "breached", "late"]),
        "at_least": st.integers(1, 3),
    }
)
REACHED = {"at_least": [0, 1], "at_most": [1, 2, 5], "more_than": [0, "0.5"], "less_than": ["1.5", 2, 4]}
"""Limits that any measure can keep, also one that is yes or no."""
NAMES = st.sampled_from(["m0", "m1", "f0", "f1"])
ANY_NUMBER = NAMES | st.just("b0")


@st.composite
def _measures(draw: st.DrawFn) -> Spec:
    def one() -> Spec:
        if draw(st.integers(0, 9)) == 0:
            return PRESENT
        window = draw(WINDOWS)
        return draw(st.sampled_from([*FOLDS, *COMPARED])) | ({} if window is None else {"window": window})

    absent = {"absent": draw(st.sampled_from(["zero", "unknown"]))}
    return {
        "m0": one(),
        "m1": one(),
        "n0": GROWN | absent,
        "b0": draw(st.sampled_from(BOUNDED)),
        "w0": draw(st.sampled_from(WORDS)),
    }


_FIGURES = st.fixed_dictionaries(
    {
        "f0": st.sampled_from(
            [
                {"figure": "formula", "formula": "(m0 + 1) / 3 - m1"},
                {"figure": "formula", "formula": "m0 / m1"},
            ]
        ),
        "f1": st.sampled_from(
            [
                {"figure": "formula", "formula": "max(f0, b0) * 2"},
                {
                    "figure": "bands",
                    "of": "m0",
                    "bands": [{"at_least": 0, "value": "0.5"}, {"at_least": 3, "value": 9}],
                },
                {"figure": "cases", "cases": [{"when": {"measure": "f0", "at_least": 1}, "value": 9}]},
                {"figure": "table", "of": "b0", "table": {"1": 9, "0": 2}, "otherwise": 1},
                {"figure": "table", "of": "w0", "table": {"lead": 9, "part": 1}},
            ]
        ),
    }
)


@st.composite
def conditions(draw: st.DrawFn) -> Spec:
    limit = draw(st.sampled_from(sorted(REACHED)))
    compared = {"measure": draw(ANY_NUMBER), limit: draw(st.sampled_from(REACHED[limit]))}
    form = draw(st.sampled_from(["plain", "plain", "any", "all", "not", "part", "clock", "word"]))
    if form == "clock":
        return draw(KEPT)
    if form == "word":
        return {"measure": "w0", **draw(st.sampled_from([{"equals": "lead"}, {"one_of": ["part", "lead"]}]))}
    if form in {"any", "all"}:
        return {form: [compared, {"measure": draw(ANY_NUMBER), "equals": 1}]}
    if form == "part":
        return {"part": draw(ANY_NUMBER), "whole": draw(NAMES), draw(st.sampled_from(sorted(REACHED))): "2/3"}
    return {"not": compared} if form == "not" else compared


_PAID = {"points": "100%"}
GRADES = [{"id": name, "title": TEXT, "at_least": least} for name, least in (("3A", "60%"), ("2A", 20), ("1A", 0))]
CAPS: list[Spec] = [
    {"zero": {"whole": True}},
    {"zero": {"indicators": ["i2"]}},
    {"zero": {"groups": ["h"]}},
    {"grade": "2A"},
    {"lower": 1},
    {"lower": 1, "grade": "2A", "classes": ["support"]},
]
QUOTAS: list[Spec] = [{"size": 1}, {"share": "50%", "rounded": "up"}, {"share": "1/3", "per": "peer-group"}]


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
        {"kind": "k-of-n", "points": {1: "1/3", 2: "100%"}, "conditions": {"a": when, "b": draw(conditions())}},
        {"kind": "k-of-n", "need": 1, "conditions": {"a": when}, "special": [{"when": draw(conditions()), **_PAID}]},
        {"kind": "best", "measure": "b0", "table": {"1": "100%", "0": "50%"}},
        {"kind": "best", "measure": "w0", "table": {"lead": "100%", "part": "1/3"}},
        {"kind": "capped-count", "measure": name, "each": "25%", "up_to": 4},
        {"kind": "cases", "cases": [{"when": when, **_PAID}], "otherwise": "1/3"},
        {"kind": "checklist", "entries": {"a": {"when": when, **_PAID}}, "special": [{"when": when, "points": 0}]},
        {"kind": "deductions", "deduct": {"a": {"when": when, "each": "60%"}, name: {"each": "1/7"}}, "floor": "10%"},
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
def _tree(draw: st.DrawFn) -> tuple[Spec, list[Spec], list[Spec]]:
    """Two sections and three indicators, by points or by weights; and the profiles that such a tree may have."""
    worth = [draw(scored()) for _ in range(3)]
    limits = {"up_to": 4, "over_full": draw(st.booleans())}
    if draw(st.booleans()):
        groups = {"g": TEXT, "h": TEXT | {"within": "g", "extras": limits}}
        homes = [draw(st.sampled_from(["g", "h"])) for _ in worth]
        indicators = [
            indicator(score, 10 * (place + 1), id=f"i{place}", group=homes[place]) for place, score in enumerate(worth)
        ]
        return (
            groups,
            indicators,
            [{"points": {"i0": 25, "i1": 35, "i2": 0}}, {"full": 55, "points": {"i0": 25, "i1": 0}}],
        )
    groups = {"g": TEXT | {"weight": "40%"}, "h": TEXT | {"weight": "60%", "extras": limits}}
    indicators = [
        {key: value for key, value in indicator(score).items() if key != "points"}
        | {"id": f"i{place}", "group": group, "weight": weight}
        for place, (score, group, weight) in enumerate(zip(worth, "ghh", ["100%", "1/3", "2/3"], strict=True))
    ]
    others = [
        {"weights": {"i1": "90%", "i2": "10%"}},
        {"groups": {"g": {"weight": "1/7"}, "h": {"weight": "6/7"}}},
        {"groups": {"g": {"weight": "0%"}, "h": {"weight": "100%"}}},
    ]
    return groups, indicators, others


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Three indicators in two sections, an extra one, and perhaps everything else that a policy may have."""
    groups, indicators, profiles = draw(_tree())
    if draw(st.booleans()):
        indicators[0] |= {"applies_when": draw(conditions())}
    marks = {"each": draw(st.sampled_from([-3, "0.7"])), "least": -9, "most": 5}
    extra = {"kind": "range", "measure": draw(NAMES), **marks}
    indicators.append(indicator(extra, 5, id="on-top", extra=True, group="h"))

    def ruled(name: str, **what: Any) -> Spec:
        return {"id": name, "clause": "一", "title": TEXT, "when": draw(conditions()), **what}

    caps = draw(st.lists(st.sampled_from(CAPS), min_size=1, max_size=2))
    more: Spec = {
        "vetoes": [ruled(f"v{place}", caps=each) for place, each in enumerate(caps)],
        "falsity": {"clause": "一", "answers": 1, "indicators": 2},
        "profiles": [ruled("p", **draw(st.sampled_from(profiles)))],
        "eligibility": [ruled("e")],
        "sizes": {
            "clause": "一",
            "measure": draw(NAMES),
            "across": draw(st.booleans()),
            "classes": [{"id": "few", "title": TEXT, "at_least": 0}, {"id": "many", "title": TEXT, "at_least": 3}],
        },
        "classes": {
            "quotas": [{"id": "support", "title": TEXT, "clause": "一", **draw(st.sampled_from(QUOTAS))}],
            "rule": ruled("restructure"),
        },
        "validity": {"clause": "一", "years": 5, "begins": "next-january"},
    }
    chosen = draw(st.sets(st.sampled_from(sorted(more))))
    return policy(
        draw(_measures()),
        *indicators,
        points=60,
        clocks=CLOCKS,
        figures={name: {"title": TEXT, **one} for name, one in draw(_FIGURES).items()},
        groups=groups,
        grades=GRADES,
        extras={"up_to": 4, "over_full": draw(st.booleans())},
        ties={"note": TEXT, "order": ["g", "completeness", "code"]},
        **{name: more[name] for name in sorted(chosen)},
    )
