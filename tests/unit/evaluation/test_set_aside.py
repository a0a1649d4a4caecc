"""What becomes of each record inside a measure: it decides, or the one that does is named."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from services.evaluation.domain import Fact
from services.evaluation.domain.evidence import History, Sifted, sift
from services.evaluation.domain.folds import AnyFold, Fold
from tests.unit.evaluation.histories import TODAY, told

EVENT = "events.activity-held.v1"


def fold(kind: str, **declared: Any) -> Fold:
    title = {"zh": "数", "en": "number"}
    return TypeAdapter(AnyFold).validate_python({"fold": kind, "title": title, "events": [EVENT], **declared})


def sifted(measure: Fold, *facts: Fact) -> Sifted:
    return sift(History(facts), "measure", measure, TODAY.toordinal(), 20)


def held(on: str, **data: Any) -> Fact:
    return told("events.activity-held", on, **data)


def reasons(found: Sifted) -> dict[str, tuple[str, str | None]]:
    return {one.fact.id: (one.code, one.by) for one in found.set_aside}


def test_told_twice_of_one_thing_the_first_counts() -> None:
    first, again, other = held("2018-01-01", topic="a"), held("2018-02-01", topic="a"), held("2018-03-01", topic="b")
    found = sifted(fold("distinct", key="topic"), again, other, first)

    assert reasons(found) == {again.id: ("repeated", first.id)}
    assert {one.fact.id for one in found.evidence} == {first.id, other.id}


@pytest.mark.parametrize(("kind", "code"), [("first", "preceded"), ("last", "superseded")])
def test_the_first_or_the_last_day_decides(kind: str, code: str) -> None:
    first, last = held("2018-01-01"), held("2018-02-01")
    decides, other = (first, last) if kind == "first" else (last, first)

    assert reasons(sifted(fold("days-since", which=kind), first, last)) == {other.id: (code, decides.id)}


def test_the_greatest_decides_and_equals_decide_together() -> None:
    small, great, equal = held("2018-01-01", n=1), held("2018-01-02", n=7), held("2018-01-03", n=7)
    found = sifted(fold("maximum", field="n"), small, great, equal)

    assert reasons(found) == {small.id: ("bettered", max(great.id, equal.id))}
    assert {one.fact.id for one in found.evidence} == {great.id, equal.id}


def test_of_each_assessor_the_latest_counts_and_the_highest_and_the_lowest_are_left_out() -> None:
    early = held("2018-01-01", by="a", n=1)
    rest = [held("2018-01-02", by=who, n=n) for who, n in (("a", 10), ("b", 20), ("c", 30), ("d", 40))]
    found = sifted(fold("trimmed-mean", field="n", by="by"), early, *rest)

    assert reasons(found) == {
        early.id: ("superseded", rest[0].id),
        rest[0].id: ("trimmed", None),
        rest[3].id: ("trimmed", None),
    }
    assert reasons(sifted(fold("trimmed-mean", field="n", by="by"), *rest[:3])) == {}


def test_of_a_thing_that_is_gone_its_coming_no_longer_counts() -> None:
    came, went, stays = (
        held("2018-01-01", id="a"),
        told("events.activity-cancelled", "2018-02-01", id="a"),
        held("2018-01-01", id="b"),
    )
    found = sifted(fold("present", gone=["events.activity-cancelled.v1"], key="id"), came, went, stays)

    assert reasons(found) == {came.id: ("superseded", went.id)}
    assert {one.fact.id: one.contributed for one in found.evidence} == {went.id: 0, stays.id: 1}


@pytest.mark.parametrize(
    ("wanted", "said", "words"),
    [
        (["host", "co-host"], "supporter", "role is supporter; what counts is host, co-host"),
        ("host", None, "role is not stated; what counts is host"),
        (True, False, "role is no; what counts is yes"),
        ({"none_of": ["guest"]}, "guest", "role is guest; what does not count is guest"),
        ({"at_least": 3}, 2, "role is 2; it counts from 3 on"),
        ({"at_most": 3}, 4, "role is 4; it counts up to 3"),
        ({"at_least": 3, "at_most": 5}, 6, "role is 6; it counts from 3 to 5"),
    ],
)
def test_a_filter_says_what_it_read_and_what_it_wants(wanted: Any, said: Any, words: str) -> None:
    (found,) = sifted(fold("count", where={"role": wanted}), held("2018-01-01", role=said)).set_aside

    assert (found.code, found.reason.say("en")) == ("filtered", words)


def test_the_filters_of_a_measure_read_year_by_year_are_those_inside() -> None:
    inner = {"fold": "count", "title": {"zh": "数", "en": "number"}, "events": [EVENT], "where": {"role": "host"}}
    running = {"fold": "years-running", "title": inner["title"], "each": inner, "at_least": 1, "up_to": 3}
    found = sifted(TypeAdapter(AnyFold).validate_python(running), held("2017-01-01", role="guest"))

    assert [one.reason.say("en") for one in found.set_aside] == ["role is guest; what counts is host"]


def test_a_record_without_the_number_says_nothing_that_counts() -> None:
    (found,) = sifted(fold("maximum", field="n"), held("2018-01-01")).set_aside

    assert found.code == "says-nothing"
