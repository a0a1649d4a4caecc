import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Fact, decimal_text, explain, rate_history
from services.evaluation.domain.evidence import History, sift
from services.evaluation.domain.points import units_of
from tests.unit.evaluation.histories import (
    SOCIETY,
    TODAY,
    activity,
    admitted,
    corrected,
    elected,
    histories,
    hubei,
    meeting,
    registered,
    withdrawn,
)

LATE = "2018-07-03T00:00:00.000000Z"


def explained(indicator: str, *facts: Fact, cap: int = 20, as_of: date = TODAY) -> dict[str, Any]:
    document = explain(facts, hubei(), as_of, society=SOCIETY, cap=cap).as_json()
    (found,) = [one for one in document["indicators"] if one["id"] == indicator]
    return dict(found)


def aside(indicator: str, *facts: Fact) -> dict[str, tuple[str, str | None]]:
    found = explained(indicator, *facts)["set_aside"]
    return {one["event"]: (one["reason"]["code"], one["by"]) for one in found}


def test_a_point_names_its_clause_its_measures_and_its_events() -> None:
    council = elected(seats=40, front_line=29)
    found = explained("council-front-line", council)

    assert (found["clause"], found["outcome"], found["points"], found["max"]) == (
        "四（一）2；附件5",
        "partly",
        "2",
        "4",
    )
    assert [(measure["id"], measure["value"]) for measure in found["measures"]] == [
        ("council_front_line", 29),
        ("council_seats", 40),
    ]
    assert {(one["event"], one["contributed"]) for one in found["evidence"]} == {(council.id, 29), (council.id, 40)}


def test_a_record_set_aside_by_two_measures_is_told_once_and_names_both() -> None:
    before, after = elected(on="2015-01-01", seats=40, front_line=40), elected(on="2018-01-01", seats=40, front_line=29)
    (found,) = explained("council-front-line", before, after)["set_aside"]

    assert (found["event"], found["measures"], found["reason"]["code"]) == (
        before.id,
        ["council_front_line", "council_seats"],
        "superseded",
    )


def test_what_could_be_done_is_said_only_where_there_is_something_to_be_earned() -> None:
    full, some = (elected(seats=40, front_line=number) for number in (40, 29))

    assert explained("council-front-line", full)["remedy"] is None
    assert explained("council-front-line", some)["remedy"] is not None
    assert explained("council-front-line")["remedy"] is not None


def test_a_point_missed_says_in_both_languages_what_would_earn_it() -> None:
    missing = explained("council-front-line", elected(seats=40, front_line=29))["missing"]

    assert missing["en"] == "front-line council members: 30 of 40 instead of 29 would earn 2 more points"
    assert missing["zh"]


def test_what_is_unknown_says_what_record_would_show_it() -> None:
    found = explained("term-renewal")

    assert found["arithmetic"]["en"] == "It cannot be told: nothing is recorded of days left of the council's term"
    assert found["missing"]["en"] == "A record of days left of the council's term would show it"


def test_a_met_indicator_misses_nothing() -> None:
    assert explained("council-meetings", meeting())["missing"] is None


def test_what_did_not_count_says_why() -> None:
    counted, old, future = meeting(), meeting("2017-06-30"), meeting("2018-07-01")
    few, wrong = meeting(present=26), meeting()
    withdrawal = withdrawn(wrong)

    assert aside("council-meetings", counted, old, future, few, wrong, withdrawal) == {
        old.id: ("out-of-window", None),
        future.id: ("after-as-of", None),
        few.id: ("no-quorum", None),
        wrong.id: ("withdrawn", withdrawal.id),
    }


def test_an_election_that_was_followed_by_another_is_set_aside() -> None:
    old, new = elected(on="2014-01-01"), elected(on="2018-01-01")

    assert aside("term-renewal", old, new) == {old.id: ("superseded", new.id)}


def test_a_record_that_a_filter_keeps_out_says_which_field_and_what_would_count() -> None:
    (found,) = explained("council-meetings", meeting(organ="supervisors"))["set_aside"]

    assert found["reason"]["code"] == "filtered"
    assert found["reason"]["en"] == "organ is supervisors; what counts is council"
    assert found["reason"]["zh"] == "机构为监事会，计入的是理事会"


def test_a_meeting_without_quorum_says_how_many_were_missing() -> None:
    """Of 40, two thirds are 26 2/3: 26 are too few, 27 are enough."""
    (found,) = explained("council-meetings", meeting(present=26))["set_aside"]

    assert found["reason"]["en"] == "26 of 40 were present; it counts from 27 on"
    assert explained("council-meetings", meeting(present=27))["set_aside"] == []


def test_of_many_set_aside_the_newest_are_named_and_the_rest_is_counted() -> None:
    few = [meeting(date(2018, 6, day), present=1) for day in range(1, 13)]
    others = [meeting(date(2018, 6, day), organ="supervisors") for day in range(1, 10)]
    found = explained("council-meetings", *few, *others, cap=10)

    assert [one["event"] for one in found["set_aside"]] == [
        *(one.id for one in reversed(few[2:])),
        *(one.id for one in reversed(others[4:])),
    ]
    assert found["set_aside_more"] == 2 + 4


def test_a_wrong_record_of_another_kind_is_nobodys_business() -> None:
    wrong = meeting(organ="supervisors")

    assert explained("council-meetings", wrong, withdrawn(wrong))["set_aside"] == []


def test_a_corrected_record_is_set_aside_for_its_correction() -> None:
    wrong = activity(kind="salon")
    right = corrected(wrong, LATE, kind="matchmaking")

    assert aside("youth-salons", wrong, right) == {wrong.id: ("corrected", right.id)}
    assert [one["event"] for one in explained("matchmaking", wrong, right)["evidence"]] == [right.id]


def test_long_evidence_is_cut_and_says_how_much_more_there_is() -> None:
    found = explained("individual-members", *(admitted() for _ in range(30)), cap=10)

    assert (len(found["evidence"]), found["evidence_more"]) == (10, 20)
    assert explained("individual-members", *(admitted() for _ in range(10)), cap=10)["evidence_more"] == 0


def test_a_window_is_named_by_its_days() -> None:
    (measure,) = explained("council-meetings", meeting())["measures"]

    assert measure["window"] == {"from": "2017-07-01", "to": "2018-06-30"}
    assert explained("individual-members")["measures"][0]["window"] is None


def test_a_veto_is_explained_with_its_clause_and_what_it_takes_away() -> None:
    (veto,) = explain([registered("2018-06-01")], hubei(), TODAY).as_json()["vetoes"]

    assert (veto["id"], veto["caps"]["grade"]) == ("no-party-organisation", "fair")
    assert veto["condition"]["en"] == "party organisations at most 0"


def test_by_what_was_known_then_the_explanation_is_that_of_then() -> None:
    held = meeting(recorded="2018-07-02T00:00:00.000000Z")
    facts = [held, withdrawn(held, LATE)]
    then = explain(facts, hubei(), TODAY, held.recorded).as_json()

    assert [one["outcome"] for one in then["indicators"] if one["id"] == "council-meetings"] == ["met"]
    assert then["known_at"] == held.recorded


@given(histories(), st.dates(date(2016, 1, 1), date(2020, 12, 31)))
def test_an_explanation_comes_to_the_rating_it_explains(facts: Sequence[Fact], day: date) -> None:
    explanation = explain(facts, hubei(), day)
    document = json.loads(json.dumps(explanation.as_json(), ensure_ascii=False))
    rated = rate_history(facts, hubei(), day)

    assert explanation.rating == rated
    assert document["total"] == decimal_text(sum(one.finding.points for one in explanation.indicators))
    for known in ("points", "max", "known"):
        units = sum(units_of(section[known]) for section in document["sections"])
        assert units == {"points": rated.total, "max": rated.max, "known": rated.known}[known]
    for indicator in document["indicators"]:
        assert (indicator["missing"] is None) == (indicator["outcome"] in ("met", "not-applicable"))
        assert not re.search(r"\{\w+\}", indicator["arithmetic"]["en"])


@given(histories(), st.dates(date(2016, 1, 1), date(2020, 12, 31)))
def test_the_evidence_of_a_count_is_as_long_as_the_count(facts: Sequence[Fact], day: date) -> None:
    explanation = explain(facts, hubei(), day)

    for indicator in explanation.indicators:
        for measure in indicator.measures:
            told = [one.contributed for one in indicator.evidence if one.measure == measure.name]
            fold = hubei().measures[measure.name].kind
            if fold in ("count", "sum"):
                assert sum(one for one in told if isinstance(one, int)) == measure.value
            elif fold == "distinct":
                assert len(set(told)) == len(told) == measure.value


@given(histories(), st.dates(date(2016, 1, 1), date(2020, 12, 31)))
def test_every_record_of_the_right_type_is_evidence_or_set_aside_with_its_reason(
    facts: Sequence[Fact], day: date
) -> None:
    policy, history = hubei(), History(facts)
    for name, fold in policy.measures.items():
        found = sift(history, name, fold, day.toordinal(), 1_000)
        types = {event for _, event in fold.events_at()}
        read = {fact.id for fact in facts if fact.type in types and fact.id not in history.amendments}
        told = [one.fact.id for one in (*found.evidence, *found.set_aside)]

        assert len(told) == len(set(told))
        assert read <= set(told) or found.more == len(read - set(told))
        assert all(one.reason.say("zh") and "{" not in one.reason.say("en") for one in found.set_aside)
