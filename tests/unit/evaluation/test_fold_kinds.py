"""The folds beyond counting: judgements, means, years in a row, what is still there, what a record is worth."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from services.evaluation.domain import Fact, SocietyLedger
from services.evaluation.domain.folds import Value
from tests.unit.evaluation.histories import TODAY, activity, admitted, told, withdrawn
from tests.unit.evaluation.little import indicator, policy

ASSESSMENT = "evaluation.assessment-recorded.v1"
ACTIVITY = "events.activity-held.v1"
ADMITTED = "membership.members-admitted.v1"
Spec = dict[str, Any]


def value(measure: Spec, *facts: Fact, as_of: date = TODAY, word: str | None = None) -> Value:
    when = {"measure": "m", "at_most": 0} if word is None else {"measure": "m", "equals": word}
    of_one = policy({"m": measure}, indicator({"kind": "yes", "when": when}))
    return SocietyLedger.of(of_one, "A-18", facts).values(as_of)["m"]


def judged(number: str | None, assessor: str = "a", on: str = "2018-06-01", **more: Any) -> Fact:
    data = {"item": "it", "kind": "expert-percentage", "assessor": assessor, "number": number} | more
    return told("evaluation.assessment-recorded", on, **data)


def experts(*marks: str) -> list[Fact]:
    return [judged(mark, assessor=f"expert-{place}") for place, mark in enumerate(marks)]


EXPERTS = {"fold": "trimmed-mean", "events": [ASSESSMENT], "where": {"item": "it"}, "field": "number", "by": "assessor"}


@pytest.mark.parametrize(
    ("marks", "mean"),
    [
        (["80"], 80),
        (["70", "80", "90"], 80),  # three: nothing is dropped
        (["0", "70", "80", "100"], 75),  # four: without 0 and 100
        (["0", "0", "82.5", "90", "100"], Fraction(345, 6)),  # (0 + 82.5 + 90) / 3
    ],
)
def test_of_more_than_three_experts_the_highest_and_the_lowest_do_not_count(marks: list[str], mean: Value) -> None:
    assert value(EXPERTS, *experts(*marks)) == mean
    assert value(EXPERTS, *reversed(experts(*marks))) == mean


def test_an_expert_counts_once_with_the_latest_judgement_whenever_it_was_heard() -> None:
    early, late = judged("10", on="2018-05-01"), judged("90", on="2018-06-01")

    assert value(EXPERTS, late, early, judged("70", assessor="b")) == 80
    assert value(EXPERTS, late, early, withdrawn(late), judged("70", assessor="b")) == 40
    assert value(EXPERTS, late, early, as_of=date(2018, 5, 31)) == 10


def test_judgements_of_other_items_and_of_nobody_do_not_count() -> None:
    assert value(EXPERTS, judged("50", item="other")) is None
    assert value(EXPERTS, judged(None)) is None


def test_mean_median_minimum_and_the_total_of_the_latest() -> None:
    marks = experts("10", "20", "90", "100")
    plain = {"events": [ASSESSMENT], "field": "number"}

    assert value({"fold": "mean", **plain}, *marks) == 55
    assert value({"fold": "median", **plain}, *marks) == 55
    assert value({"fold": "median", **plain}, *marks[:3]) == 20
    assert value({"fold": "minimum", **plain}, *marks) == 10
    again = judged("30", assessor="expert-0", on="2018-06-02")
    assert value({"fold": "total", **plain, "by": "assessor"}, *marks, again) == 240
    assert value({"fold": "total", **plain, "by": "assessor"}) == 0


def test_a_word_or_a_yes_of_an_assessor_is_read_by_the_latest_record() -> None:
    level = {"fold": "best", "events": [ASSESSMENT], "field": "word", "ranking": ["lead", "part", "people"]}
    holds = {"fold": "latest", "events": [ASSESSMENT], "field": "holds"}
    mark = {"fold": "latest", "events": [ASSESSMENT], "field": "number"}

    assert value(level, judged(None, word="people"), judged(None, word="part"), word="part") == "part"
    assert value(holds, judged(None, holds=True)) == 1
    assert value(mark, judged("-7.5")) == Fraction(-15, 2)


YEARS = {"fold": "years-running", "each": {"fold": "count", "events": [ACTIVITY], "title": {"zh": "数", "en": "n"}}}


def in_years(*years: int) -> list[Fact]:
    return [activity(f"{year}-12-31") for year in years]


@pytest.mark.parametrize(
    ("years", "running"),
    [((2017, 2016, 2015), 3), ((2017, 2016, 2015, 2014), 3), ((2017, 2015), 1), ((2016, 2015), 0), ((), 0)],
)
def test_something_held_in_so_many_calendar_years_running(years: tuple[int, ...], running: int) -> None:
    assert value({**YEARS, "at_least": 1, "up_to": 3}, *in_years(*years)) == running


def test_years_running_may_end_with_this_year_and_read_at_most_so_many() -> None:
    facts = [*in_years(2016, 2017), activity("2018-06-30"), activity("2018-06-30")]

    assert value({**YEARS, "at_least": 1, "up_to": 9, "ending": "this-year"}, *facts) == 3
    assert value({**YEARS, "at_least": 2, "up_to": 9, "ending": "this-year"}, *facts) == 1
    assert value({**YEARS, "at_least": 1, "up_to": 9}, *facts) == 2


def test_a_year_without_what_must_not_be_counts_too() -> None:
    assert value({**YEARS, "at_most": 0, "up_to": 3}, activity("2015-12-31")) == 2
    assert value({**YEARS, "at_most": 0, "up_to": 3}, activity("2014-12-31")) == 3


def test_a_record_may_belong_to_the_year_it_names() -> None:
    latest = {"fold": "latest", "events": [ASSESSMENT], "field": "word", "title": {"zh": "结论", "en": "conclusion"}}
    passed = {"fold": "years-running", "each": latest, "year": "answer", "equals": "pass", "up_to": 3}
    facts = [judged(None, answer=str(year), word="pass", on=f"{year + 1}-05-01") for year in (2015, 2016, 2017)]

    assert value(passed, *facts) == 3
    assert value(passed, *facts, as_of=date(2018, 4, 30)) == 0  # that of 2017 has not been told yet
    assert value(passed, *facts, judged(None, answer="2016", word="fail", on="2018-06-01")) == 1


def test_what_is_gone_is_not_there_until_it_comes_back() -> None:
    members = {
        "fold": "present",
        "events": ["federation.society-admitted.v1"],
        "gone": ["federation.society-released.v1"],
        "key": "federation",
    }
    come, go = "federation.society-admitted", "federation.society-released"
    facts = [told(come, "2018-01-01", federation="life"), told(come, "2018-02-01", federation="life")]
    left = [told(go, "2018-03-01", federation="life"), told(come, "2018-03-02", federation="earth")]
    back = told(come, "2018-04-01", federation="life")

    assert value(members, *facts) == 1
    assert value(members, *left, *facts) == 1
    assert value(members, back, *left, *facts) == 2
    assert value(members, *left) == 1


BEST_EVENT = {
    "fold": "maximum",
    "events": [ACTIVITY],
    "field": {
        "cases": [
            {"where": {"level": ["international", "national"]}, "value": 18},
            {"where": {"kind": "academic-meeting"}, "value": 17},
            {"where": {"kind": "lecture"}, "value": 15},
        ]
    },
}


def test_the_best_single_event_counts_and_not_their_sum() -> None:
    lecture, annual = activity(kind="lecture"), activity(kind="academic-meeting")

    assert value(BEST_EVENT) == 0
    assert value(BEST_EVENT, activity(kind="salon")) == 0
    assert value(BEST_EVENT, lecture, lecture, activity(kind="lecture")) == 15
    assert value(BEST_EVENT, lecture, annual) == 17
    assert value(BEST_EVENT, lecture, annual, activity(kind="lecture", level="national")) == 18


def test_records_may_be_added_up_by_what_each_is_worth() -> None:
    worth = {"cases": [{"where": {"level": "national"}, "value": 5}], "otherwise": "1.5"}
    points = {"fold": "sum", "plus": {ACTIVITY: worth}}

    assert value(points, activity(level="national"), activity(), activity()) == 8
    assert value({"fold": "sum", "plus": {ACTIVITY: "0.5"}}, activity()) == Fraction(1, 2)


def test_a_filter_may_ask_for_a_number_or_for_none_of_some_words() -> None:
    large = {"fold": "count", "events": [ACTIVITY], "where": {"attendance": {"at_least": 100, "at_most": 200}}}
    other = {"fold": "count", "events": [ACTIVITY], "where": {"kind": {"none_of": ["salon", "lecture"]}}}

    held = [activity(attendance=number) for number in (99, 100, 200, 201)]
    assert value(large, *held, activity(attendance=None)) == 2
    assert value(other, activity(kind="salon"), activity(kind="forum"), activity(kind=None)) == 1


def test_different_pairs_are_counted_once_each() -> None:
    pairs = {"fold": "distinct", "events": [ACTIVITY], "key": ["kind", "level"]}

    assert value(pairs, activity(), activity(), activity(kind="forum"), activity(level="national")) == 3
    assert value(pairs, activity(kind=None, level=None)) == 0


def figure(figures: Spec, *facts: Fact, name: str = "f") -> Value:
    measures = {"m": {"fold": "sum", "plus": {ADMITTED: "count"}}, "n": {"fold": "count", "events": [ACTIVITY]}}
    texts = {key: {"title": {"zh": "数", "en": "figure"}, **one} for key, one in figures.items()}
    of_one = policy(measures, indicator({"kind": "yes", "when": {"measure": "m", "at_least": 1}}), figures=texts)
    return SocietyLedger.of(of_one, "A-18", facts).values(TODAY)[name]


def test_a_figure_is_worked_out_of_measures_and_of_other_figures() -> None:
    figures = {
        "f": {"figure": "formula", "formula": "half + 1"},
        "half": {"figure": "formula", "formula": "m / 2"},
        "each": {"figure": "formula", "formula": "m / n"},
    }

    assert figure(figures, admitted(number=3)) == Fraction(5, 2)
    assert figure(figures, admitted(number=3), name="each") is None
    assert figure(figures, admitted(number=3), activity(), activity(), name="each") == Fraction(3, 2)


BANDS = [
    {"at_least": 0, "below": 10_000, "value": 80},
    {"at_least": 10_000, "value": 70},
    {"at_least": 30_000, "value": 60},
]


@pytest.mark.parametrize(("members", "threshold"), [(1, 80), (9_999, 80), (10_000, 70), (29_999, 70), (30_000, 60)])
def test_a_figure_by_the_band_another_lies_in(members: int, threshold: int) -> None:
    assert figure({"f": {"figure": "bands", "of": "m", "bands": BANDS}}, admitted(number=members)) == threshold


def test_a_figure_by_a_table_and_by_cases() -> None:
    by_table = {"figure": "table", "of": "n", "table": {"1": "few", "2": "some"}, "otherwise": "many"}
    by_cases = {"figure": "cases", "cases": [{"when": {"measure": "n", "at_least": 2}, "value": "0.5"}], "otherwise": 2}

    assert [figure({"f": by_table}, *[activity() for _ in range(n)]) for n in (1, 2, 3)] == ["few", "some", "many"]
    assert [figure({"f": by_cases}, *[activity() for _ in range(n)]) for n in (1, 2)] == [2, Fraction(1, 2)]
