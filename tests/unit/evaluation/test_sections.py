"""Sections, weights, extra points, profiles, sizes, eligibility, vetoes, false evidence, grades, validity."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Fact, Outcome, Policy, Rating, check_policy, decimal_text, explain, rank
from services.evaluation.domain import rate_history as rated_by
from services.evaluation.domain.validity import Validity
from tests.unit.evaluation.histories import SOCIETY, TODAY, activity, admitted, meeting, registered, told, withdrawn
from tests.unit.evaluation.little import TEXT, document, indicator, policy

Spec = dict[str, Any]
MEASURES: Spec = {
    "meetings": {"fold": "count", "events": ["membership.meeting-held.v1"]},
    "activities": {"fold": "count", "events": ["events.activity-held.v1"]},
    "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}},
}
TOP: Spec = {"g": TEXT, "a": TEXT | {"within": "g", "weight": "60%"}, "b": TEXT | {"within": "g", "weight": "40%"}}


def holds(id_: str, measure: str = "meetings", points: int | None = 100, **more: Any) -> Spec:
    spec = indicator({"kind": "yes", "when": {"measure": measure, "at_least": 1}}, points or 0, id=id_, **more)
    return {key: value for key, value in spec.items() if key != "points" or points is not None}


def made(*indicators: Spec, **more: Any) -> Policy:
    return policy(MEASURES, *indicators, **more)


def flaws(*indicators: Spec, **more: Any) -> list[tuple[str, str]]:
    points = {"points": 100} if any("points" not in one for one in indicators) else {}
    checked = check_policy(document(MEASURES, *indicators, **(points | more)))
    assert isinstance(checked, list)
    return [(error.path, error.sentence.say("en")) for error in checked]


def rate(by: Policy, *facts: Fact) -> Rating:
    return rated_by(facts, by, TODAY, society=SOCIETY)


def total(by: Policy, *facts: Fact) -> str:
    return decimal_text(rate(by, *facts).total)


def mark(item: str, answer: str | None = "1", concerns: str | None = None, on: str = "2018-06-01") -> Fact:
    data = {"kind": "false-evidence", "item": item, "answer": answer, "concerns": concerns, "assessor": "x"}
    return told("evaluation.assessment-recorded", on, **data)


def test_weights_flow_down_from_the_whole_to_the_indicator() -> None:
    by = made(
        holds("one", points=None, group="a", weight="1/3"),
        holds("two", points=None, group="a", weight="2/3"),
        holds("three", points=None, group="b", weight="100%"),
        points=1000,
        groups=TOP | {"g": TEXT | {"weight": "100%"}},
    )

    assert [decimal_text(one.full) for one in by.indicators] == ["200", "400", "400"]


def test_thirds_are_rounded_so_that_the_whole_keeps_its_sum() -> None:
    weights = {f"n{number}": holds(f"n{number}", points=None, group="a", weight="1/3") for number in range(3)}
    by = made(*weights.values(), points=100, groups={"a": TEXT | {"points": 100}})

    assert [decimal_text(one.full) for one in by.indicators] == ["33.3333", "33.3334", "33.3333"]
    assert sum(one.full for one in by.indicators) == by.full


@pytest.mark.parametrize(
    ("groups", "indicators", "flaw"),
    [
        (
            {"g": TEXT | {"points": 100}},
            [holds("one", points=None, weight="60%"), holds("two", points=None, weight="30%")],
            ("groups.g", "The weights of its parts add up to 90 %, not to 100 %"),
        ),
        (
            {"g": TEXT | {"points": 100}},
            [holds("one", points=None, weight="60%"), holds("two", points=40)],
            ("groups.g", "Its parts have now points, now weights: all must have the one or the other"),
        ),
        (
            {"g": TEXT | {"points": 90}},
            [holds("one")],
            ("groups.g", "The points of its parts add up to 100, not to 90"),
        ),
        ({"g": TEXT | {"within": "h"}}, [holds("one")], ("groups.g.within", "There is no group h")),
        (
            {"g": TEXT | {"within": "h"}, "h": TEXT | {"within": "g"}},
            [holds("one")],
            ("groups.g.within", "g lies within itself"),
        ),
        ({"g": TEXT | {"within": "g"}}, [holds("one")], ("groups.g.within", "g lies within itself")),
        (
            {"g": TEXT | {"points": 100, "weight": "100%"}},
            [holds("one")],
            ("groups.g", "A group has points or a weight, not both"),
        ),
        (
            {"g": TEXT},
            [holds("one", points=None, weight="100%")],
            ("groups.g", "Its parts have weights, but it has no points to share among them"),
        ),
    ],
)
def test_sections_that_do_not_add_up_are_named(groups: Spec, indicators: list[Spec], flaw: tuple[str, str]) -> None:
    assert flaw in flaws(*indicators, groups=groups, points=100)


EXTRA = holds("extra", measure="activities", points=3, extra=True)
CAPPED = {"extras": {"up_to": 3, "over_full": False}}


def test_a_bonus_fills_what_full_marks_lack_and_stops_there() -> None:
    by = made(holds("one", points=98), holds("two", measure="members", points=2), EXTRA, points=100, **CAPPED)

    assert total(by, meeting()) == "98"
    assert total(by, meeting(), activity()) == "100"
    full = rate(by, meeting(), activity(), admitted())
    assert (decimal_text(full.total), decimal_text(full.max), decimal_text(full.cut)) == ("100", "100", "3")


def test_a_bonus_may_go_over_full_marks_and_has_a_limit_of_its_own() -> None:
    many = indicator({"kind": "range", "measure": "activities", "each": 60, "most": 120}, 120, id="many", extra=True)
    by = made(holds("one", points=1000), many, points=1000, extras={"up_to": 100, "over_full": True})

    assert total(by, meeting(), activity()) == "1060"
    assert total(by, meeting(), activity(), activity()) == "1100"
    assert rate(by, meeting(), activity()).max == 10_000_000


def test_a_section_limits_its_own_bonus_and_what_is_taken_off_stops_at_nothing() -> None:
    groups = {"g": TEXT, "a": TEXT | {"within": "g", "extras": {"up_to": 1}}}
    inside = holds("inside", measure="activities", points=3, extra=True, group="a")
    taken = indicator({"kind": "range", "measure": "members", "each": -40, "least": -200, "most": 0}, 0, id="off")
    by = made(holds("one"), inside, taken | {"extra": True}, holds("two", group="a"), points=200, groups=groups)

    assert total(by, activity()) == "1"
    assert total(by, activity(), meeting()) == "200"  # the section is full: nothing on top
    assert total(by, meeting(), admitted(number=1)) == "160"
    assert total(by, meeting(), admitted(number=9)) == "0"


def test_a_tie_is_broken_by_the_points_of_a_group_with_all_groups_within_it() -> None:
    groups = {"g": TEXT, "a": TEXT, "b": TEXT | {"within": "a"}}
    parts = [holds("one", points=50, group="b"), holds("two", measure="members", points=50)]
    by = made(*parts, groups=groups, ties={"note": TEXT, "order": ["a", "code"]})
    first = rated_by([registered(society="B-01"), meeting()._replace(subject="B-01")], by, TODAY, society="B-01")
    other = rated_by([registered(), admitted()], by, TODAY, society=SOCIETY)

    assert first.total == other.total
    assert [one.rating.society for one in rank([other, first], by)] == ["B-01", SOCIETY]


def veto(**caps: Any) -> Spec:
    when = {"measure": "activities", "at_least": 1}
    return {"vetoes": [{"id": "lent", "clause": "二", "title": TEXT, "when": when, "caps": caps}]}


@pytest.mark.parametrize(
    ("zero", "left"),
    [({"indicators": ["two"]}, "10"), ({"groups": ["b"]}, "90"), ({"groups": ["a"]}, "0"), ({"whole": True}, "0")],
)
def test_a_veto_takes_the_points_of_indicators_of_groups_and_of_all(zero: Spec, left: str) -> None:
    groups = {"a": TEXT, "b": TEXT | {"within": "a"}}
    by = made(holds("one", points=10, group="b"), holds("two", points=90, group="a"), groups=groups, **veto(zero=zero))

    assert total(by, meeting()) == "100"
    assert total(by, meeting(), activity()) == left
    assert rate(by, meeting(), activity()).known == by.full


def test_a_veto_lowers_the_grade_but_not_below_the_lowest() -> None:
    by = made(holds("one"), **veto(lower=1))

    assert (rate(by, meeting()).grade, rate(by, meeting(), activity()).grade) == ("good", "poor")
    assert rate(by, activity()).grade == "poor"


THREE = [holds(name, points=points) for name, points in (("one", 20), ("two", 30), ("last", 50))]
FALSITY = {"falsity": {"clause": "三", "answers": 2, "indicators": 2}}


@pytest.mark.parametrize(("item", "left"), [("one", "80"), ("two", "70"), ("last", "50")])
def test_too_many_false_answers_take_an_indicators_points_the_last_ones_too(item: str, left: str) -> None:
    by = made(*THREE, **FALSITY)

    assert total(by, meeting(), mark(item, "1"), mark(item, "1")) == "100"  # one answer, marked twice
    assert total(by, meeting(), mark(item, "1"), mark(item, "2")) == left


@pytest.mark.parametrize("items", [("one", "two"), ("one", "last"), ("two", "last")])
def test_so_many_false_indicators_take_the_whole(items: tuple[str, str]) -> None:
    by = made(*THREE, **FALSITY)
    marks = [mark(item, answer) for item in items for answer in "12"]

    assert total(by, meeting(), *marks[:-1]) != "0"
    assert total(by, meeting(), *marks) == total(by, *marks, meeting()) == "0"


def test_a_mark_that_is_withdrawn_gives_the_points_back() -> None:
    by = made(*THREE, **FALSITY)
    first, second = mark("last", "1"), mark("last", None, concerns="e1")

    assert total(by, meeting(), first, second) == "50"
    assert total(by, meeting(), first, second, withdrawn(second)) == "100"
    assert total(by, withdrawn(second), second, meeting(), first) == "100"


def test_why_points_are_taken_is_explained_with_the_marks() -> None:
    found = explain([meeting(), mark("last", "1"), mark("last", "2")], made(*THREE, **FALSITY), TODAY).indicators[2]

    assert found.arithmetic.say("en") == "Its points are taken: false evidence"
    assert found.missing is not None
    assert sorted(str(item.contributed) for item in found.evidence if item.measure == "false:last") == ["1", "2"]


PROFILE = {
    "id": "large",
    "title": TEXT,
    "clause": "四",
    "when": {"measure": "members", "at_least": 100},
    "points": {"one": 80, "two": 20, "last": 0},
}


def test_another_profile_gives_other_points() -> None:
    by = made(*THREE, profiles=[PROFILE])

    assert rate(by, meeting(), admitted(number=99)).profile is None
    large = rate(by, meeting(), admitted(number=100))
    assert (large.profile, [decimal_text(one.points) for one in large.findings]) == ("large", ["80", "20", "0"])
    assert large.findings[2].outcome is Outcome.NOT_APPLICABLE
    assert flaws(*THREE, profiles=[PROFILE | {"points": {"one": 80}}]) == [
        ("profiles.0.points", "The points of the indicators add up to 160, not to 100")
    ]


def sizes(**more: Any) -> Spec:
    classes = [
        {"id": "small", "title": TEXT, "at_least": 0, "below": 300},
        {"id": "large", "title": TEXT, "at_least": 300},
    ]
    return {"sizes": {"clause": "五", "measure": "members", "classes": classes} | more}


@pytest.mark.parametrize(("members", "size"), [(299, "small"), (300, "large")])
def test_societies_are_compared_with_those_of_their_size(members: int, size: str) -> None:
    facts = [registered(), admitted(number=members)]

    assert rate(made(holds("one"), **sizes()), *facts).peer_group == f"science/{size}"
    assert rate(made(holds("one"), **sizes(across=True)), *facts).peer_group == size


def test_an_explanation_names_the_profile_and_the_class_of_size() -> None:
    by = made(*THREE, profiles=[PROFILE], **sizes())
    small, large = (
        explain([registered(), admitted(number=number)], by, TODAY, society=SOCIETY).as_json() for number in (99, 300)
    )

    assert (small["profile"], small["size"]["id"]) == (None, "small")
    assert (large["profile"]["id"], large["profile"]["title"]["zh"], large["size"]["id"]) == ("large", "文", "large")
    assert explain([registered()], made(holds("one")), TODAY).as_json()["size"] is None


def test_size_classes_leave_no_gap() -> None:
    classes = [{"id": "a", "title": TEXT, "at_least": 0, "below": 200}, {"id": "b", "title": TEXT, "at_least": 300}]

    assert flaws(holds("one"), **sizes(classes=classes)) == [
        ("sizes.classes.0.below", "A gap: this band ends at 200, the next begins at 300")
    ]


ELIGIBLE = {
    "eligibility": [
        {"id": "members", "clause": "六", "title": TEXT, "when": {"measure": "members", "at_least": 100}},
        {"id": "not-active", "clause": "六", "title": TEXT, "when": {"not": {"measure": "activities", "at_least": 1}}},
    ]
}


def test_who_may_not_be_assessed_has_points_but_no_grade_and_no_class() -> None:
    by = made(holds("one"), **ELIGIBLE)
    barred, allowed = rate(by, registered(), meeting()), rate(by, registered(), meeting(), admitted(number=100))

    assert (barred.ineligible, barred.grade, decimal_text(barred.total)) == (("members",), None, "100")
    assert (allowed.ineligible, allowed.grade) == ((), "good")
    assert [one.standing for one in rank([barred], by)] == ["regular"]
    assert [one.standing for one in rank([allowed], by)] == ["support"]
    assert [one.holds for one in explain([meeting()], by, TODAY).eligibility] == [False, True]


GRADES = [
    {"id": "5A", "title": TEXT, "at_least": 950},
    {"id": "4A", "title": TEXT, "at_least": "90.1%"},
    {"id": "3A", "title": TEXT, "at_least": 851},
]


@pytest.mark.parametrize(
    ("points", "grade"), [(950, "5A"), (949, "4A"), (901, "4A"), (900, "3A"), (851, "3A"), (850, None), (1000, "5A")]
)
def test_grades_are_cut_in_points_of_the_whole_or_in_percent(points: int, grade: str | None) -> None:
    scored = indicator({"kind": "range", "measure": "members", "most": 1000}, 1000)

    assert rate(made(scored, grades=GRADES), admitted(number=points)).grade == grade


OLD = Validity(clause="28", years=5, begins="announcement", again_in_last=2)
NEW = Validity(clause="28", years=5, begins="next-january", again_in_first=4)


def test_a_grade_is_valid_from_its_announcement_or_from_the_next_new_year() -> None:
    assert OLD.period(date(2025, 6, 30)) == (date(2025, 6, 30), date(2030, 6, 29))
    assert NEW.period(date(2026, 6, 30)) == (date(2027, 1, 1), date(2031, 12, 31))
    assert OLD.period(date(2024, 2, 29)) == (date(2024, 2, 29), date(2029, 2, 28))


def test_a_grade_may_be_asked_for_anew_in_its_time() -> None:
    always = Validity(clause="28", years=5, begins="announcement")

    assert OLD.again(date(2025, 6, 30)) == (date(2028, 6, 30), date(2030, 6, 29))
    assert NEW.again(date(2025, 6, 30)) == (date(2025, 6, 30), date(2029, 12, 31))
    assert always.again(date(2025, 6, 30)) == (date(2025, 6, 30), date(2030, 6, 29))


def test_a_policy_does_not_succeed_itself() -> None:
    assert flaws(holds("one"), succeeds="little") == [
        ("succeeds", "A policy cannot succeed itself; a change of it is a new version")
    ]
    assert made(holds("one"), succeeds="older").spec.succeeds == "older"


def test_each_section_says_what_it_comes_to_and_what_is_known_of_it() -> None:
    """Of a one is earned and one cannot be told; of b the extra points are cut at 5."""
    unknown = indicator({"kind": "yes", "when": {"measure": "last", "at_least": 1}}, 20, id="untold", group="a")
    latest = {"fold": "latest", "events": ["membership.members-ended.v1"], "field": "count"}
    by = policy(
        MEASURES | {"last": latest},
        holds("one", points=30, group="a"),
        unknown,
        holds("two", "activities", points=50, group="b"),
        holds("more", points=10, group="b", extra=True),
        points=100,
        groups={
            "g": TEXT,
            "a": TEXT | {"within": "g"},
            "b": TEXT | {"within": "g", "extras": {"up_to": 5, "over_full": True}},
        },
    )
    told_of = explain([meeting()], by, TODAY, society=SOCIETY).as_json()
    (outer,) = told_of["sections"]

    said = {one["id"]: (one["points"], one["max"], one["known"]) for one in (outer, *outer["sections"])}
    assert said == {"g": ("35", "100", "80"), "a": ("30", "50", "30"), "b": ("5", "50", "50")}
    assert told_of["total"] == "35"
