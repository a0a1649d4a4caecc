"""A policy may be written as its differences to another one; what is rated by, hashed and shown is the whole."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Policy, PolicyError, check_policy, load_policy
from services.evaluation.domain.marked_yaml import read
from services.evaluation.shipped import text_of
from tests.unit.evaluation.test_policy_slips import SAMPLE

BASES = {"sample@1": SAMPLE}
HEAD = """policy: next
version: "2"
extends: sample@1
source: {zh: 新办法, en: New rules}
in_force: {from: 2027-01-01}
"""
_NO_EXAMPLES = {"examples", "version"}


def whole(differences: str) -> Policy:
    return load_policy(HEAD + differences, BASES)


def faults(text: str, bases: dict[str, str] = BASES) -> list[PolicyError]:
    found = check_policy(text, bases=bases)
    assert isinstance(found, list)
    return found


def said(errors: list[PolicyError]) -> list[tuple[str | None, int, str]]:
    return [(one.file, one.line, one.sentence.say("en")) for one in errors]


def test_what_is_not_said_is_that_of_the_policy_extended_but_for_its_source_and_its_days() -> None:
    policy, base = whole(""), load_policy(SAMPLE)

    assert (policy.id, policy.version, policy.source.zh) == ("next", "2", "新办法")
    assert policy.in_force.begins == date(2027, 1, 1)
    assert policy.indicators == base.indicators
    assert policy.title == base.title


def test_entries_are_added_replaced_in_part_and_removed_by_their_ids() -> None:
    policy = whole(
        """remove: {vetoes: [none], measures: [staff], indicators: [staff]}
points: 22
groups: {work: {points: 22}}
indicators:
  - {id: lectures, clause: 新一}
grades:
  - {id: 45A, after: 5A, title: 四五, at_least: 21}
  - {id: 5A, at_least: 22}
"""
    )

    assert [(one.id, one.clause) for one in policy.indicators] == [("lectures", "新一"), ("members", "三")]
    assert [one.id for one in policy.spec.grades] == ["5A", "45A", "4A"]
    assert [policy.vetoes, sorted(policy.measures)] == [(), ["lectures", "members"]]


def test_a_key_of_an_entry_falls_away_and_an_entry_that_says_its_kind_stands_for_itself() -> None:
    kind = "{fold: count, events: [events.activity-held.v1], title: 活动}"
    policy = whole(f"remove: {{indicators: [lectures.applies_when]}}\nmeasures: {{lectures: {kind}}}\n")

    assert policy.indicators[0].applies_when is None
    assert policy.measures["lectures"].where == {}


def test_the_text_of_the_whole_reads_as_the_same_policy_without_what_it_extends() -> None:
    policy = whole("indicators: [{id: staff, clause: 新二}]\n")
    again = load_policy(policy.text)

    assert again.spec == policy.spec
    assert again.hash == policy.hash
    assert "extends:" not in policy.text


@pytest.mark.parametrize(
    ("text", "file", "line", "message"),
    [
        (HEAD.replace("sample@1", "sample"), None, 3, "A policy extends one version of another: write sample@VERSION"),
        (HEAD.replace("sample@1", "samples@1"), None, 3, "There is no policy samples@1; is sample@1 meant?"),
        (HEAD.replace("sample@1", "next@2"), None, 3, "These extend one another in a circle: next@2, next@2"),
        (HEAD + "remove: {indicators: [lecture]}\n", None, 6, "is lectures meant?"),
        (HEAD + "remove: {measure: [staff]}\n", None, 6, "is measures meant?"),
        (HEAD + "grades:\n  - {id: 3A, after: 6A, title: 三, at_least: 9}\n", None, 7, "6A is not one of: 5A, 4A"),
        (HEAD + "indicators:\n  - {id: staff, points: 9}\n", "sample@1", 43, "The best tier earns 8 points"),
        (HEAD + "remove: {measures: [staff]}\n", "sample@1", 43, "There is no measure staff"),
    ],
)
def test_a_fault_is_told_at_the_line_of_the_file_that_holds_it(
    text: str, file: str | None, line: int, message: str
) -> None:
    found = said(faults(text))

    assert any((where, at) == (file, line) and message in why for where, at, why in found), found


def test_two_policies_that_extend_each_other_are_refused() -> None:
    one = HEAD.replace("sample@1", "other@1")
    other = HEAD.replace("policy: next", "policy: other").replace('"2"', '"1"').replace("sample@1", "next@2")

    (error,) = faults(one, {"other@1": other, "next@2": one})
    assert "in a circle" in error.sentence.say("en")


def test_a_line_of_three_policies_is_one_whole() -> None:
    second = HEAD + "indicators: [{id: staff, clause: 新二}]\n"
    third = HEAD.replace("sample@1", "next@2").replace('"2"', '"3"')

    policy = load_policy(third, BASES | {"next@2": second})
    assert [one.clause for one in policy.indicators] == ["一", "新二", "三"]


def test_the_revision_of_2026_is_what_it_was_when_it_was_written_out_in_full() -> None:
    """By the digest of the whole that was shipped as 1.1, its version and examples apart."""
    document: dict[str, Any] = read(text_of("assessment-2026")).value
    told = {key: value for key, value in document.items() if key not in _NO_EXAMPLES}
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str, sort_keys=True).encode()).hexdigest()

    assert digest == "d648f63869fbea74911fde6562f94fccc033f133519ba809f553efd3b72cbc0f"
    assert len(document["indicators"]) == 54
