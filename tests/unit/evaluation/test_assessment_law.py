"""民政部令第39号 and its revision, the same history by both: who is barred, whose grade is lowered, for how long."""

from datetime import date

import pytest

from services.evaluation.domain import Fact
from services.evaluation.domain.rating import grade_of
from tests.unit.evaluation.histories import registered
from tests.unit.evaluation.shipped import check, judged, member, rated, shipped
from tests.unit.evaluation.shipped import earned as points_of

OLD, NEW = "assessment-2011", "assessment-2026"
BOTH = pytest.mark.parametrize("policy", [OLD, NEW])
TODAY = date(2026, 6, 30)
LATELY = "2026-05-01"
BASE = registered("2010-01-01")
GOOD = (BASE, check(2023), check(2024), check(2025))


def barred(policy: str, *facts: Fact, as_of: date = TODAY) -> tuple[str, ...]:
    return rated(policy, as_of, *facts).ineligible


def vetoes(policy: str, *facts: Fact, as_of: date = TODAY) -> set[str]:
    return set(rated(policy, as_of, *facts).vetoes) - {"no-party-organisation"}


@BOTH
def test_the_four_blocks_make_a_thousand_points(policy: str) -> None:
    by = shipped(policy)
    blocks = {name: group.full // 10_000 for name, group in by.spec.groups.items() if group.full and not group.within}

    assert blocks == {"basis": 105, "governance": 330, "performance": 465, "reputation": 100}
    assert sum(one.full for one in by.indicators) == by.full == 10_000_000
    seen = [one.full for one in by.indicators if one.clause.startswith("评分细则")]
    assert sum(seen) == (105 + 80) * 10_000
    assert all(one.ours for one in by.indicators if not one.clause.startswith("评分细则"))


def test_the_revision_takes_over_the_day_after_the_decree_ends() -> None:
    old, new = shipped(OLD), shipped(NEW)

    assert (old.in_force_on(date(2011, 2, 28)), old.in_force_on(date(2011, 3, 1))) == (False, True)
    assert (old.in_force_on(date(2026, 2, 28)), old.in_force_on(date(2026, 3, 1))) == (True, False)
    assert (new.in_force_on(date(2026, 2, 28)), new.in_force_on(date(2026, 3, 1))) == (False, True)
    assert new.spec.succeeds == old.id


def test_the_two_differ_in_what_the_revision_changed_and_in_nothing_else() -> None:
    old, new = shipped(OLD).spec, shipped(NEW).spec

    assert [one.model_copy(update={"clause": ""}) for one in old.indicators] == [
        one.model_copy(update={"clause": ""}) for one in new.indicators
    ]
    assert (old.groups, old.grades) == (new.groups, new.grades)
    no_longer = {"under_investigation", "last_check_failed", "barely_running"}
    assert (old.measures.keys() - new.measures, new.measures.keys() - old.measures) == (no_longer, {"verification"})


def test_two_years_barely_passed_bar_by_the_decree_and_not_by_its_revision() -> None:
    history = BASE, check(2024, "barely-passed"), check(2025, "barely-passed")

    assert barred(OLD, *history) == ("not-barely-passed-twice",)
    assert barred(NEW, *history) == ()
    assert (vetoes(OLD, *history), vetoes(NEW, *history)) == ({"barely-passed-twice"}, set())


@pytest.mark.parametrize(
    ("conclusions", "as_of", "is_barred"),
    [
        (("barely-passed", "passed", "barely-passed"), TODAY, False),
        (("barely-passed", "barely-passed", "passed"), TODAY, False),
        (("barely-passed", "barely-passed", "passed"), date(2026, 5, 30), True),
        (("passed", "barely-passed", "barely-passed"), date(2026, 5, 30), False),
        (("passed", "barely-passed", "barely-passed"), date(2026, 5, 31), True),
    ],
)
def test_it_is_the_last_two_checks_concluded_that_count(
    conclusions: tuple[str, ...], as_of: date, *, is_barred: bool
) -> None:
    history = [check(2023 + number, conclusion) for number, conclusion in enumerate(conclusions)]

    assert (barred(OLD, BASE, *history, as_of=as_of) == ("not-barely-passed-twice",)) is is_barred


@pytest.mark.parametrize(
    ("checks", "is_barred"),
    [
        # Of 2022 and 2023, concluded in one year: two years running.
        ([(2022, "2024-01-10", "barely-passed"), (2023, "2024-06-10", "barely-passed")], True),
        # Of 2021 and 2023 without one of 2022: not two years running, though concluded in two years running.
        ([(2021, "2023-06-10", "barely-passed"), (2023, "2024-06-10", "barely-passed")], False),
        # That of 2022 was concluded after that of 2023: the last is that of 2023.
        ([(2023, "2024-06-10", "passed"), (2022, "2024-09-10", "barely-passed")], False),
        ([(2022, "2023-06-10", "passed"), (2023, "2024-06-10", "barely-passed")], False),
    ],
)
def test_two_years_running_are_those_the_checks_are_of(checks: list[tuple[int, str, str]], *, is_barred: bool) -> None:
    history = [concluded(*one) for one in checks]
    as_of = date(2024, 12, 31)

    assert (barred(OLD, BASE, *history, as_of=as_of) == ("not-barely-passed-twice",)) is is_barred
    assert ("barely-passed-twice" in vetoes(OLD, BASE, *history, as_of=as_of)) is is_barred


def concluded(year: int, on: str, conclusion: str = "passed") -> Fact:
    return member("annual-check-concluded", on, year=year, conclusion=conclusion)


def test_the_last_check_is_the_one_of_the_last_year_whenever_it_was_concluded() -> None:
    failed_late = concluded(2023, "2024-06-10"), concluded(2022, "2024-09-10", "failed")

    assert barred(OLD, BASE, *failed_late, as_of=date(2024, 12, 31)) == ()
    failed = concluded(2023, "2024-06-10", "failed"), concluded(2022, "2024-09-10")
    assert barred(OLD, BASE, *failed, as_of=date(2024, 12, 31)) == ("last-check-not-failed",)


@BOTH
@pytest.mark.parametrize(
    ("years", "as_of", "earned"),
    [
        ((2022, 2023, 2024), "2026-12-31", "15"),  # that of 2025 may be under way all the year
        ((2022, 2023, 2024), "2027-01-01", None),
        ((2021, 2023, 2024), "2025-12-31", None),
        ((2022, 2023), "2025-12-31", None),
    ],
)
def test_three_checks_passed_running_are_of_three_years(
    policy: str, years: tuple[int, ...], as_of: str, earned: str | None
) -> None:
    rating = rated(policy, date.fromisoformat(as_of), BASE, *map(check, years))

    assert points_of(rating).get("checks") == earned


def test_a_failed_check_bars_by_the_decree_and_not_by_its_revision() -> None:
    history = BASE, check(2024), check(2025, "failed")

    assert barred(OLD, *history) == ("last-check-not-failed",)
    assert barred(NEW, *history) == ()
    assert barred(OLD, *history, as_of=date(2026, 5, 30)) == ()
    assert (vetoes(OLD, *history), vetoes(NEW, *history)) == ({"check-failed-or-missed"}, set())


@BOTH
def test_who_missed_the_check_is_barred_and_who_has_none_on_record_is_not(policy: str) -> None:
    assert barred(policy, BASE, check(2023)) == ("checked-last-year",)  # none of 2024 or 2025
    assert barred(policy, BASE, check(2024)) == ()  # that of 2025 may be under way
    assert barred(policy, BASE, check(2025)) == ()
    assert barred(policy, BASE) == ()


@BOTH
@pytest.mark.parametrize(("on", "is_barred"), [("2024-06-30", False), ("2024-07-01", True)])
def test_two_full_years_since_registration(policy: str, on: str, *, is_barred: bool) -> None:
    assert (barred(policy, registered(on)) == ("two-years",)) is is_barred


@pytest.mark.parametrize(
    ("kind", "on", "old", "new"),
    [
        ("warning", "2025-12-31", True, False),
        ("fine", "2025-12-31", True, True),
        ("fine", "2025-01-01", True, True),
        ("fine", "2024-12-31", False, False),
        ("suspension", "2026-01-01", False, False),
    ],
)
def test_a_penalty_of_last_year_bars_and_a_minor_one_no_longer(kind: str, on: str, *, old: bool, new: bool) -> None:
    history = *GOOD, member("penalty-imposed", on, kind=kind)

    assert (barred(OLD, *history), barred(NEW, *history)) == (
        ("no-penalty-last-year",) * old,
        ("no-serious-penalty-last-year",) * new,
    )


def test_an_investigation_bars_by_the_decree_alone_and_an_unserved_penalty_by_both() -> None:
    assert barred(OLD, *GOOD, judged("under-investigation", LATELY)) == ("not-investigated",)
    assert barred(NEW, *GOOD, judged("under-investigation", LATELY)) == ()
    assert barred(OLD, *GOOD, judged("under-investigation", LATELY, holds=False)) == ()
    for policy in (OLD, NEW):
        assert barred(policy, *GOOD, judged("penalty-unserved", LATELY)) == ("penalty-served",)
        assert barred(policy, *GOOD, judged("barred-otherwise", LATELY)) == ("not-barred-otherwise",)


@BOTH
@pytest.mark.parametrize(("on", "is_barred"), [("2023-07-01", True), ("2023-06-30", False)])
def test_whose_grade_was_cancelled_waits_three_years(policy: str, on: str, *, is_barred: bool) -> None:
    assert (barred(policy, *GOOD, judged("grade-cancelled", on)) == ("not-cancelled",)) is is_barred


@BOTH
@pytest.mark.parametrize("item", ["false-data", "certificate-misused"])
def test_false_data_and_a_lent_certificate_lower_the_grade_for_two_years(policy: str, item: str) -> None:
    assert vetoes(policy, *GOOD, judged(item, "2024-07-01")) == {item}
    assert vetoes(policy, *GOOD, judged(item, "2024-06-30")) == set()
    assert vetoes(policy, *GOOD, judged(item, LATELY, holds=False)) == set()


def test_a_follow_up_check_lowers_the_grade_under_the_revision() -> None:
    lowered = judged("verification", LATELY, word="lowered")

    assert (vetoes(OLD, *GOOD, lowered), vetoes(NEW, *GOOD, lowered)) == (set(), {"verification"})
    assert vetoes(NEW, *GOOD, lowered, judged("verification", "2026-06-01", word="kept")) == set()


def test_a_grade_expires_after_five_years_to_the_day_or_with_the_fifth_year() -> None:
    old, new = shipped(OLD).spec.validity, shipped(NEW).spec.validity
    assert old is not None
    assert new is not None

    assert old.period(date(2025, 6, 30)) == (date(2025, 6, 30), date(2030, 6, 29))
    assert new.period(date(2026, 6, 30)) == (date(2027, 1, 1), date(2031, 12, 31))
    # Asked for anew: by the decree in the last two years, by the revision in the first four.
    assert old.again(date(2025, 6, 30)) == (date(2028, 6, 30), date(2030, 6, 29))
    assert new.again(date(2026, 6, 30)) == (date(2026, 6, 30), date(2030, 12, 31))


@BOTH
@pytest.mark.parametrize(
    ("units", "grade"),
    [
        (10_000_000, "5A"),
        (9_500_000, "5A"),
        (9_499_999, "4A"),
        (9_010_000, "4A"),
        (9_009_999, "3A"),
        (8_510_000, "3A"),
        (8_509_999, "2A"),
        (8_010_000, "2A"),
        (8_009_999, "1A"),
        (7_010_000, "1A"),
        (7_009_999, None),
        (0, None),
    ],
)
def test_grades_are_half_open(policy: str, units: int, grade: str | None) -> None:
    by = shipped(policy)

    assert grade_of(by, units, by.full, ()) == grade


@BOTH
def test_a_veto_lowers_by_one_and_no_party_organisation_keeps_from_5a(policy: str) -> None:
    by = shipped(policy)

    assert grade_of(by, by.full, by.full, ["no-party-organisation"]) == "4A"
    assert grade_of(by, by.full, by.full, ["false-data"]) == "4A"
    assert grade_of(by, by.full, by.full, ["false-data", "penalised"]) == "3A"


def test_a_check_that_was_missed_lowers_the_grade_by_the_decree_alone() -> None:
    missed = BASE, check(2023)

    assert (vetoes(OLD, *missed), vetoes(NEW, *missed)) == ({"check-failed-or-missed"}, set())
    assert (vetoes(OLD, BASE, check(2024)), vetoes(OLD, BASE, check(2025)), vetoes(OLD, BASE)) == (set(), set(), set())
