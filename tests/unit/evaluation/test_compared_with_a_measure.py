"""A record's number against a measure as it was on that record's day: 参会不少于当时会员的半数."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Book, Fact, Policy, SocietyLedger, check_policy, explain, rate_history
from services.evaluation.domain.checking import proofread
from services.evaluation.domain.folds import Value
from services.evaluation.domain.rating import facts_known, rate
from tests.unit.evaluation.histories import SOCIETY, admitted, corrected, registered, told, withdrawn
from tests.unit.evaluation.little import document, indicator, policy

Spec = dict[str, Any]
MEETING = "membership.meeting-held.v1"
MEMBERS: Spec = {
    "fold": "sum",
    "plus": {"membership.members-admitted.v1": "count"},
    "minus": {"membership.members-ended.v1": "count"},
    "absent": "unknown",
}
WORD: Spec = {"fold": "latest", "events": ["evaluation.assessment-recorded.v1"], "field": "word"}
HALF: Spec = {"at_least": "50%", "of": "members"}
GOOD: Spec = {"fold": "count", "events": [MEETING], "compared": {"present": HALF}}
TWO = indicator({"kind": "linear", "measure": "good", "full_at": 2})
AS_OF = date(2018, 6, 30)


def of(good: Spec = GOOD, members: Spec = MEMBERS) -> Policy:
    return policy({"good": good, "members": members}, TWO)


def meeting(on: str, present: int) -> Fact:
    return told("membership.meeting-held", on, organ="council", entitled=400, present=present)


def value(by: Policy, *facts: Fact, as_of: date = AS_OF) -> Value:
    return SocietyLedger.of(by, SOCIETY, facts).values(as_of)["good"]


GROWING = [admitted("2018-01-01", number=100), meeting("2018-02-01", 50), admitted("2018-03-01", number=100)]


def test_a_record_is_held_against_what_the_measure_was_on_its_day_and_not_today() -> None:
    assert value(of(), *GROWING) == 1  # 50 of 100 then, of 200 today
    assert value(of(), *GROWING, meeting("2018-04-01", 99)) == 1
    assert value(of(), *GROWING, meeting("2018-04-01", 100)) == 2  # exactly half is enough


def test_a_day_of_both_counts_both() -> None:
    assert value(of(), admitted("2018-02-01", number=100), meeting("2018-02-01", 50)) == 1
    assert value(of(), admitted("2018-02-01", number=101), meeting("2018-02-01", 50)) == 0


@pytest.mark.parametrize(
    ("how", "present", "counts"),
    [
        ({"at_least": "2/3"}, 66, 0),
        ({"at_least": "2/3"}, 67, 1),
        ({"more_than": "1/2"}, 50, 0),
        ({"more_than": "1/2"}, 51, 1),
        ({"at_most": "1/2"}, 50, 1),
        ({"less_than": "1/2"}, 50, 0),
        ({"at_least": 2}, 200, 1),
        ({"at_least": 2}, 199, 0),
    ],
)
def test_a_share_is_compared_by_multiplication_and_may_be_more_than_all(how: Spec, present: int, counts: int) -> None:
    good = GOOD | {"compared": {"present": how | {"of": "members"}}}

    assert value(of(good), admitted("2018-01-01", number=100), meeting("2018-02-01", present)) == counts


def test_what_cannot_be_told_on_the_day_leaves_the_measure_unknown_and_never_zero() -> None:
    assert value(of(), meeting("2018-02-01", 50), admitted("2018-03-01", number=10)) is None
    assert value(of(), admitted("2018-01-01", number=0), meeting("2018-02-01", 50)) is None  # half of nothing
    assert value(of(members=MEMBERS | {"absent": "zero"}), meeting("2018-02-01", 50)) is None
    assert value(of(), admitted("2018-01-01", number=10)) == 0


def test_a_later_record_of_an_earlier_day_moves_what_was_counted() -> None:
    late = admitted("2018-01-15", number=1)
    book = Book(of())
    book.fold([registered("2017-01-01"), *GROWING])
    before = rate(book.ledgers[SOCIETY], AS_OF).total
    book.fold([late])

    assert (before, rate(book.ledgers[SOCIETY], AS_OF).total) == (500_000, 0)
    assert rate_history([registered("2017-01-01"), late, *GROWING], of(), AS_OF).total == 0


def test_a_correction_or_withdrawal_of_the_measure_changes_what_counts() -> None:
    first, held, _ = GROWING

    assert value(of(), first, held, corrected(first, count=101, kind="individual", batch="b")) == 0
    assert value(of(), first, held, admitted("2018-01-02", number=50), withdrawn(first)) == 1


def test_what_was_not_known_yet_changes_nothing() -> None:
    late = admitted("2018-01-15", number=1)._replace(recorded="2019-01-01T00:00:00.000000Z")
    known = facts_known([late, *GROWING], "2018-12-31T00:00:00.000000Z")

    assert value(of(), *known) == 1
    assert value(of(), late, *GROWING) == 0


def test_an_explanation_says_what_was_asked_on_that_day_and_what_was_there() -> None:
    facts = [registered("2017-01-01"), *GROWING, meeting("2018-04-01", 60)]
    one = explain(facts, of(), AS_OF).indicators[0]

    assert [item.fact.on.isoformat() for item in one.evidence] == ["2018-02-01"]
    (aside,) = one.set_aside
    assert [said.say("en") for said in one.evidence[0].against] == ["present is 50; text was 100 on that day"]
    assert [said.say("zh") for said in one.evidence[0].against] == ["实到人数为 50；当日文为 100"]
    assert aside.code == "short"
    assert aside.reason.say("en") == "present is 60; it counts from 50% of text on, which was 200 on that day"


@pytest.mark.parametrize(
    ("good", "said"),
    [
        (GOOD | {"compared": {"present": {"of": "members"}}}, "needs one of at_least"),
        (GOOD | {"compared": {"present": HALF | {"of": "member"}}}, "There is no measure member; is members meant?"),
        (GOOD | {"compared": {"presents": HALF}}, "has no field presents; is present meant?"),
        (GOOD | {"compared": {"present": HALF | {"of": "good"}}}, "is compared with another measure itself"),
        (GOOD | {"compared": {"present": HALF | {"of": "word"}}}, "word is a word, where a number is needed"),
        (GOOD | {"compared": {"present": {"at_least": "50%"}}}, "of is missing"),
        (GOOD | {"compared": {"organ": HALF}}, "organ of membership.meeting-held.v1 is of kind word; what can be used"),
        (GOOD | {"compared": {"present": {"at_least": "half", "of": "members"}}}, "a share is written as a quotient"),
        (GOOD | {"compared": {"present": {"atleast": "50%", "of": "members"}}}, "is at_least meant?"),
    ],
)
def test_what_cannot_be_compared_is_refused(good: Spec, said: str) -> None:
    found = check_policy(document({"good": good, "members": MEMBERS, "word": WORD}, TWO))

    assert isinstance(found, list)
    assert said in "; ".join(error.sentence.say("en") for error in found)


def test_a_measure_that_records_are_held_against_is_used() -> None:
    checked = proofread(document({"good": GOOD, "members": MEMBERS}, TWO))

    assert (checked.faults, checked.warnings) == ([], [])


def test_an_explanation_says_why_it_is_not_known_whether_a_record_counts() -> None:
    facts = [registered("2017-01-01"), admitted("2018-01-01", number=0), meeting("2018-02-01", 50)]
    one = explain(facts, of(), AS_OF).indicators[0]

    assert not one.evidence
    (aside,) = one.set_aside
    assert aside.code == "untold"
    assert aside.reason.say("en") == "text was 0 on that day, so it is not known whether the record counts"


def test_what_the_record_was_held_against_is_part_of_what_a_reader_gets() -> None:
    (told_of,) = explain([registered("2017-01-01"), *GROWING], of(), AS_OF).indicators[0].evidence

    assert told_of.as_json()["against"] == [
        {"zh": "实到人数为 50；当日文为 100", "en": "present is 50; text was 100 on that day"}
    ]
