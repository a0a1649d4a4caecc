"""What many a table does not have, a policy may leave out: the number and the day of its source, classes, ties."""

from typing import Any

import pytest

from services.evaluation.domain import Policy, check_policy, rank, rate_everyone
from tests.unit.evaluation.histories import TODAY, meeting, registered
from tests.unit.evaluation.little import TEXT, indicator, whole, written

MEETINGS = {"fold": "count", "events": ["membership.meeting-held.v1"]}
COUNCIL = indicator({"kind": "yes", "when": {"measure": "meetings", "at_least": 1}})


def without(*keys: str, **more: Any) -> Any:
    """What comes of a policy without some of its parts."""
    parts = whole({"meetings": MEETINGS}, COUNCIL, **more)
    return check_policy(written({key: part for key, part in parts.items() if key not in keys}))


def test_a_table_without_number_day_classes_and_ties_is_a_policy() -> None:
    by = without("classes", "ties", "grades", source=TEXT)
    assert isinstance(by, Policy)
    facts = [registered(society=code) for code in ("A-02", "A-01")]

    placed = rank(rate_everyone([*facts, meeting()._replace(subject="A-02")], by, TODAY), by)

    assert [(one.rating.society, one.rank, one.standing) for one in placed] == [
        ("A-02", 1, "not-classed"),
        ("A-01", 2, "not-classed"),
    ]
    assert (by.spec.source.number, by.spec.source.issued) == (None, None)
    assert by.classes.rest.title.as_json() == {"zh": "不分类", "en": "Not classed"}
    assert by.ties.order == ("completeness", "code")


def test_quotas_need_no_rest() -> None:
    quota = {"id": "support", "title": TEXT, "clause": "一", "size": 1}
    by = without("ties", classes={"quotas": [quota]})

    assert isinstance(by, Policy)
    assert [one.standing for one in rank(rate_everyone([registered(), meeting()], by, TODAY), by)] == ["support"]


@pytest.mark.parametrize(
    "key", ["policy", "version", "title", "source", "in_force", "points", "society", "groups", "measures", "indicators"]
)
def test_everything_else_without_a_default_is_asked_for(key: str) -> None:
    found = without(key)

    assert not isinstance(found, Policy)
    assert [error.sentence.say("en") for error in found] == [f"{key} is missing"]
