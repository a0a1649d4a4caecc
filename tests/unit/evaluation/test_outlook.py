"""A provisional class follows the ranks slowly, and at once where nobody competes."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import midnight
from services.evaluation.domain import Fact, Policy, Rating, rank
from services.evaluation.domain.outlook import Outlook, Shown, close, outlooks, shown
from tests.unit.evaluation.histories import told
from tests.unit.evaluation.little import TEXT, indicator, policy

FIRST = date(2026, 1, 1)
QUOTAS = [
    {"id": "support", "title": TEXT, "clause": "一", "size": 1},
    {"id": "foster", "title": TEXT, "clause": "一", "size": 1},
]
CLASSES = {
    "quotas": QUOTAS,
    "rule": {"id": "restructure", "title": TEXT, "clause": "一", "when": {"measure": "members", "at_least": 999}},
    "rest": {"id": "regular", "title": TEXT},
    "hold": {"days": 3, "margin": "5%"},
}
MEMBERS = {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}}
VETO = {"id": "bar", "clause": "一", "title": TEXT, "when": {"measure": "members", "at_least": 999}}
BY = policy(
    {"members": MEMBERS},
    indicator({"kind": "linear", "measure": "members", "full_at": 100}),
    classes=CLASSES,
    vetoes=[VETO | {"caps": {"classes": ["support"]}}],
    ties={"note": TEXT, "order": ["completeness", "code"]},
)
NEXT = replace(BY, spec=BY.spec.model_copy(update={"version": "2"}))
UNHELD = replace(BY, spec=BY.spec.model_copy(update={"classes": BY.classes.model_copy(update={"hold": None})}))


def rated(society: str, points: float, *, ruled: bool = False, vetoed: bool = False, of: int = 100) -> Rating:
    return Rating(
        society=society,
        name=society,
        peer_group="science",
        listed=True,
        as_of=FIRST,
        total=int(points * 10_000),
        max=of * 10_000,
        known=of * 10_000,
        grade=None,
        vetoes=("bar",) if vetoed else (),
        restructure=ruled,
        findings=(),
    )


Points = dict[str, float]


def days(*each: Points | list[Rating], by: Policy = BY, begins: date = FIRST) -> list[dict[str, Outlook]]:
    """Who holds what after each close of a row of days."""
    held: dict[str, Outlook] = {}
    after = []
    for place, points in enumerate(each):
        ratings = points if isinstance(points, list) else [rated(*one) for one in points.items()]
        held = held | close(rank(ratings, by), by, held, begins + timedelta(days=place))
        after.append(held)
    return after


def classes(*each: Points | list[Rating], of: str) -> list[str]:
    return [held[of].category for held in days(*each)]


CALM = {"A": 80, "B": 60, "C": 40}
SWAPPED = {"A": 80, "B": 60, "C": 61}
CLEAR = {"A": 80, "B": 60, "C": 65}
NOT_QUITE = {"A": 80, "B": 60, "C": 64.9999}


def test_at_its_first_close_a_society_holds_what_its_rank_gives() -> None:
    assert classes(CALM, of="A") + classes(CALM, of="B") + classes(CALM, of="C") == ["support", "foster", "regular"]


def test_a_class_changes_on_the_last_of_the_days_and_not_one_before() -> None:
    assert classes(CALM, SWAPPED, SWAPPED, SWAPPED, of="C") == ["regular", "regular", "regular", "foster"]
    assert classes(CALM, SWAPPED, SWAPPED, SWAPPED, of="B") == ["foster", "foster", "foster", "regular"]
    [_, first, second, third] = days(CALM, SWAPPED, SWAPPED, SWAPPED)
    assert first["C"].candidate_since == second["C"].candidate_since == FIRST + timedelta(days=1)
    assert (third["C"].candidate_since, third["C"].since) == (None, FIRST + timedelta(days=3))


def test_one_day_back_in_its_range_and_the_days_are_counted_anew() -> None:
    assert classes(CALM, SWAPPED, SWAPPED, CALM, SWAPPED, SWAPPED, of="C") == ["regular"] * 6


def test_more_societies_than_the_quota_may_hold_a_class_meanwhile() -> None:
    after = days(CALM, CLEAR)[-1]

    assert [after[each].category for each in "ABC"] == ["support", "regular", "foster"]
    assert [days({"A": 80, "B": 60}, {"A": 80, "B": 60, "C": 61})[-1][each].category for each in "ABC"] == [
        "support",
        "foster",
        "foster",
    ]


@pytest.mark.parametrize(
    ("points", "society", "category"),
    [
        (CLEAR, "C", "foster"),
        (NOT_QUITE, "C", "regular"),
        (CLEAR, "B", "regular"),
        (NOT_QUITE, "B", "foster"),
        # Far above the first boundary, hardly above the second: it gets as far as it is clear.
        ({"A": 80, "B": 60, "C": 81}, "C", "foster"),
        ({"A": 80, "B": 60, "C": 85}, "C", "support"),
        ({"A": 80, "B": 79, "C": 84.9}, "C", "foster"),
        # Down two classes: below the second boundary by less than the margin, below the first by more.
        ({"A": 50, "B": 60, "C": 51}, "A", "foster"),
        ({"A": 46, "B": 60, "C": 51}, "A", "regular"),
        # Equals are parted by the order of ties alone, which is never a margin.
        ({"A": 80, "B": 60, "AA": 60}, "B", "foster"),
    ],
)
def test_clear_of_the_boundary_by_the_margin_it_changes_at_once(points: Points, society: str, category: str) -> None:
    assert days(CALM, points)[-1][society].category == category


@pytest.mark.parametrize(("points", "category"), [(66.9999, "regular"), (67, "support")])
def test_a_boundary_of_each_peer_group_is_clear_by_those_of_the_group(points: float, category: str) -> None:
    quota = {"id": "support", "title": TEXT, "clause": "一", "size": 1, "per": "peer-group"}
    by = policy(
        {"members": MEMBERS},
        indicator({"kind": "linear", "measure": "members", "full_at": 100}),
        classes={"quotas": [quota], "rest": {"id": "regular", "title": TEXT}, "hold": {"days": 3, "margin": "5%"}},
        ties={"note": TEXT, "order": ["completeness", "code"]},
    )
    science = [rated("A", 80), rated("B", 79)]  # nearer to the boundary of their own group than anybody here
    before, after = ([replace(rated("C", 62), peer_group="medicine"), each] for each in map(medical, (40, points)))

    assert days([*science, *before], [*science, *after], by=by)[-1]["D"].category == category


def medical(points: float) -> Rating:
    return replace(rated("D", points), peer_group="medicine")


def test_the_margin_is_of_the_points_that_apply_to_each() -> None:
    half = [rated("A", 80), rated("B", 60), rated("C", 32.5, of=50)]
    less = [rated("A", 80), rated("B", 60), rated("C", 32.4999, of=50)]

    assert days(CALM, half)[-1]["C"].category == "foster"
    assert days(CALM, less)[-1]["C"].category == "regular"


def test_where_nobody_is_on_the_other_side_there_is_nothing_to_swing_about() -> None:
    assert classes({"A": 80, "B": 60}, {"B": 60}, of="B") == ["foster", "support"]


def test_a_veto_takes_a_class_at_once_and_without_it_the_way_back_is_slow() -> None:
    vetoed = [rated("A", 80, vetoed=True), rated("B", 79), rated("C", 40)]
    lifted = {"A": 80, "B": 79, "C": 40}

    assert classes(CALM, vetoed, lifted, lifted, lifted, of="A") == ["support", "foster", "foster", "foster", "support"]


def test_the_rule_gives_and_takes_its_class_at_once() -> None:
    ruled = [rated("A", 80, ruled=True), rated("B", 60), rated("C", 40)]

    assert classes(CALM, ruled, CALM, of="A") == ["support", "restructure", "support"]


def test_between_closes_only_what_acts_at_once_is_shown() -> None:
    held = days(CALM, SWAPPED)[-1]
    by_code = {one.rating.society: one for one in rank([rated(*one) for one in CLEAR.items()], BY)}
    [vetoed] = rank([rated("A", 80, vetoed=True)], BY)

    assert shown(by_code["C"], BY, held["C"]) == Shown("regular", FIRST + timedelta(days=1))
    assert shown(by_code["A"], BY, held["A"]) == Shown("support", None)
    assert shown(vetoed, BY, held["A"]) == Shown("foster", None)
    assert shown(by_code["C"], BY, None) == Shown("foster", None)


def test_better_or_worse_by_more_than_one_class_is_one_run_of_days() -> None:
    better, best = {"A": 80, "B": 60, "C": 61}, {"A": 80, "B": 79, "C": 80.5}
    near = {"A": 80, "B": 79, "C": 76}

    assert days(near, {**near, "C": 79.5}, {**near, "C": 80.5}, {**near, "C": 80.5})[-1]["C"].category == "support"
    assert days(CALM, better, best)[-1]["C"].category == "regular"


def test_a_run_of_days_ends_when_its_side_changes() -> None:
    start = {"A": 62, "B": 60, "C": 58}
    up, down = {**start, "B": 63}, {**start, "B": 57}

    after = days(start, up, up, down, down)
    assert [held["B"].category for held in after] == ["foster"] * 5
    assert after[-1]["B"].candidate_since == FIRST + timedelta(days=3)
    assert days(start, up, up, down, down, down)[-1]["B"].category == "regular"


def test_under_another_text_everybody_begins_anew() -> None:
    held = days(CALM, SWAPPED)[-1]
    after = close(rank([rated(*one) for one in SWAPPED.items()], NEXT), NEXT, held, date(2026, 1, 3))

    assert (after["C"].category, after["B"].category, after["C"].version) == ("foster", "regular", "2")


def test_a_policy_that_holds_nothing_back_tells_nothing() -> None:
    standings = rank([rated(*one) for one in CALM.items()], UNHELD)

    assert close(standings, UNHELD, {}, FIRST) == {}
    assert [shown(one, UNHELD, None).category for one in standings] == [one.standing for one in standings]


def test_days_on_which_nothing_changes_tell_nothing() -> None:
    held = days(CALM, SWAPPED)[-1]

    assert close(rank([rated(*one) for one in SWAPPED.items()], BY), BY, held, date(2026, 1, 3)) == {}


A_DAY = st.fixed_dictionaries({name: st.integers(50, 60) for name in ("A-01", "A-02", "B-01", "B-02")})


def as_told(closes: list[dict[str, Outlook]]) -> list[Fact]:
    facts, before = [], dict[str, Outlook]()
    for number, held in enumerate(closes):
        for society, one in held.items():
            if before.get(society) != one:
                event = one.news(society, before.get(society), midnight(one.as_of))
                facts.append(Fact.of_event(event, id=f"{number:03d}{society}", recorded=told("x.y").recorded))
        before = held
    return facts


@given(st.lists(A_DAY, min_size=1, max_size=15), st.data())
def test_a_restart_on_any_day_any_order_and_any_repetition_give_the_same(
    each: list[Points], data: st.DataObject
) -> None:
    """What is told is all that the next close needs."""
    closes = days(*each)
    facts = as_told(closes)
    cut = data.draw(st.integers(0, len(each)))
    before = [one for one in facts if date.fromisoformat(one.data["as_of"]) < FIRST + timedelta(days=cut)]
    held = outlooks(data.draw(st.permutations(before + before)))
    for place in range(cut, len(each)):
        standings = rank([rated(*one) for one in each[place].items()], BY)
        held = held | close(standings, BY, held, FIRST + timedelta(days=place))

    assert {society: one.category for society, one in held.items()} == {
        society: one.category for society, one in closes[-1].items()
    }
    assert outlooks(data.draw(st.permutations(facts + facts))) == outlooks(facts)


@given(st.lists(A_DAY, min_size=2, max_size=20))
def test_within_the_margin_a_class_stays_for_as_many_days_as_are_asked(each: list[Points]) -> None:
    """Points of 50 to 54 are never clear of one another by five: two changes are at least three days apart."""
    near = [{name: 50 + points % 5 for name, points in day.items()} for day in each]
    changed: dict[str, date] = {}
    for held in days(*near):
        for society, one in held.items():
            last = changed.get(society)
            if last is not None and one.since != last:
                assert (one.since - last).days >= 3
            changed[society] = one.since


def test_the_margin_of_the_sample_is_what_the_cases_suppose() -> None:
    assert BY.classes.hold is not None
    assert (BY.classes.hold.days, BY.classes.hold.margin) == (3, Fraction(1, 20))
