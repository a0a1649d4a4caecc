"""What a policy's author is told."""

import pytest

from chassis.language import Language
from services.evaluation.domain import Policy, PolicyError, PolicyRefused, check_policy, load_filed, load_policy
from services.evaluation.domain.folds import folds
from tests.unit.evaluation.histories import HUBEI
from tests.unit.evaluation.little import document, indicator

TEXT = HUBEI.read_text()
LINES = TEXT.splitlines()


def found(text: str, language: Language = "en") -> list[tuple[int, str, str]]:
    checked = check_policy(text)
    assert isinstance(checked, list)
    return [(error.line, error.path, error.sentence.say(language)) for error in checked]


def line_of(text: str, part: str) -> int:
    (line,) = [number for number, line in enumerate(text.splitlines(), start=1) if part in line]
    return line


BROKEN = {
    "a date that ends before it begins": (
        "in_force: {from: 2017-10-10}",
        "in_force: {from: 2017-10-10, until: 2017-10-09}",
        "in_force",
        "The dates cross: until lies before from",
    ),
    "an event that nobody tells": (
        "events: [events.issue-published.v1]",
        "events: [events.issue-printed.v1]",
        "measures.issues.events.0",
        "There is no event events.issue-printed.v1; is events.issue-published.v1 meant?",
    ),
    "an amendment as an event": (
        "events: [events.issue-published.v1]",
        "events: [events.activity-corrected.v1]",
        "measures.issues.events.0",
        (
            "events.activity-corrected.v1 corrects a record, which then counts as corrected by itself: "
            "it cannot be counted"
        ),
    ),
    "a field that the event does not have": (
        "where: {organ: council}, field: young",
        "where: {organ: council}, field: youth",
        "measures.council_young.field",
        "membership.council-elected.v1 has no field youth; is young meant?",
    ),
    "a field of another kind": (
        "where: {organ: council}, field: young",
        "where: {organ: council}, field: term_ends_on",
        "measures.council_young.field",
        "term_ends_on of membership.council-elected.v1 is of kind day; what can be used here: flag, number, text, word",
    ),
    "a word that the field cannot say": (
        "where: {organ: supervisors}",
        "where: {organ: supervisor}",
        "measures.supervisor_seats.where.organ",
        "supervisor is not one of: council, standing-council, supervisors; is supervisors meant?",
    ),
    "an unknown kind of fold": (
        "{fold: distinct, events: [membership.branch-filed.v1]",
        "{fold: different, events: [membership.branch-filed.v1]",
        "measures.branches.fold",
        f"Unknown kind different; there are: {', '.join(sorted(folds))}",
    ),
    "a measure that there is not": (
        "score: {kind: linear, measure: individual_growth,",
        "score: {kind: linear, measure: growth,",
        "indicators.6.score.measure",
        "There is no measure growth",
    ),
    "a word where a number is needed": (
        "score: {kind: linear, measure: individual_growth,",
        "score: {kind: linear, measure: party_form,",
        "indicators.6.score.measure",
        "party_form is a word, where a number is needed",
    ),
    "a missing clause": ("clause: 四（一）1；附件3", "# no clause", "indicators.4", "clause is missing"),
    "tiers that overlap": (
        "{at_least: 200, points: 3}",
        "{at_least: 300, points: 3}",
        "indicators.5.score.tiers.1.at_least",
        "Two tiers overlap: both begin at 300",
    ),
    "a tier that pays less for more": (
        "{at_least: 100, points: 1}",
        "{at_least: 100, points: 4}",
        "indicators.5.score.tiers.2.points",
        "A higher tier must earn more points, a lower one fewer",
    ),
    "more conditions needed than there are": (
        "need: 5",
        "need: 6",
        "indicators.17.score.need",
        "6 conditions are needed, but there are 5",
    ),
    "grades that overlap": (
        "at_least: 85}",
        "at_least: 70}",
        "grades.1.at_least",
        "Two grades overlap: both begin at 70",
    ),
    "a veto on a class without a quota": (
        "caps: {grade: good, classes: [support]}",
        "caps: {grade: good, classes: [regular]}",
        "vetoes.1.caps.classes.0",
        "There is no class with a quota regular",
    ),
    "a key that nobody knows": (
        "score: {kind: 'yes', when: {measure: meeting_rules, at_least: 1}}",
        "score: {kind: 'yes', when: {measure: meeting_rules, atleast: 1}}",
        "indicators.10.score.when.atleast",
        (
            "atleast is not known here; is at_least meant? "
            "There may be: measure, at_least, at_most, more_than, less_than, equals, one_of"
        ),
    ),
    "a binary fraction": (
        "score: {kind: capped-count, measure: standing_meetings, each: 1.5, up_to: 2}",
        "score: {kind: capped-count, measure: standing_meetings, each: 1.5, up_to: 2.0}",
        "indicators.12.score.up_to",
        "up_to: 2.0 is not a whole number",
    ),
}


STANDS_WHERE = {
    "measures.council_young.field": "young and middle-aged council members",
    "measures.branches.fold": "{fold: different",
    "indicators.4": "id: supervisors",
    "grades.1.at_least": "id: good,",
}
"""Where the line of the mistake is not that of the broken text itself."""


@pytest.mark.parametrize(("old", "new", "path", "message"), BROKEN.values(), ids=list(BROKEN))
def test_a_mistake_is_named_with_its_line(old: str, new: str, path: str, message: str) -> None:
    assert old in TEXT
    broken = TEXT.replace(old, new)
    line = line_of(broken, STANDS_WHERE.get(path, new))

    assert (line, path, message) in found(broken)


def test_weights_that_do_not_add_up_are_named_at_the_total() -> None:
    broken = TEXT.replace("    points: 8\n    score: {kind: best", "    points: 9\n    score: {kind: best").replace(
        "table: {own: 8", "table: {own: 9"
    )

    assert found(broken) == [
        (LINES.index("points: 100") + 1, "points", "The points of the indicators add up to 101, not to 100")
    ]


def test_all_mistakes_are_told_at_once_by_line() -> None:
    broken = TEXT
    for old, new, _, _ in BROKEN.values():
        broken = broken.replace(old, new, 1)
    mistakes = found(broken)

    hidden = {"a field of another kind", "an amendment as an event", "a word where a number is needed"}
    hidden |= {"a tier that pays less for more"}  # broken in the same place as another
    told = {(path, message) for _, path, message in mistakes}
    assert {name for name, (_, _, path, why) in BROKEN.items() if (path, why) not in told} == hidden
    assert mistakes == sorted(mistakes, key=lambda mistake: mistake[:2])


def test_mistakes_are_told_in_both_languages() -> None:
    error = PolicyError("points", 3, check_policy("[")[0].sentence)  # type: ignore[index]  # it has mistakes

    assert error.as_json("en")["line"] == 3
    assert found(TEXT.replace("points: 100", "points: 99"))[0][2].startswith("The points of the indicators")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "The file is empty"),
        ("- 1", 1, "This is no policy: a policy begins with keys and values, such as policy: sample-2026"),
        (
            "policy: a\nversion: [",
            2,
            "This is not YAML, at column 11: the text ends, or a bracket closes, where a value should stand",
        ),
        ("policy: a\npolicy: b", 2, "policy is given twice"),
        ("policy: &a a\nversion: *a", 1, "Anchors, aliases and tags are not used in policies"),
        ("policy: !!python/name:os.system a", 1, "Anchors, aliases and tags are not used in policies"),
        ("in_force: {from: 2017-02-30}", 1, "There is no day 2017-02-30; days are written YYYY-MM-DD"),
        ("? [a]\n: b", 1, "A key is a plain word"),
        ("x" * 262_145, 1, "The policy is longer than 262144 bytes"),
        ("a: " + "[" * 100 + "]" * 100, 1, "Nested too deeply"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_the_reason(text: str, line: int, message: str) -> None:
    assert (line, message) in [(at, why) for at, _, why in found(text)]


def test_ten_thousand_brackets_are_a_mistake_and_no_crash() -> None:
    assert found("[" * 10_000)[0][2] == "Nested too deeply"


def test_loading_a_policy_with_mistakes_is_refused_with_all_of_them() -> None:
    with pytest.raises(PolicyRefused, match=r"Mistakes: [0-9]+; the first in line") as raised:
        load_policy("policy: Nope!")

    assert [error.field for error in raised.value.errors if "Nope!" in error.explained("en")] == ["policy"]
    assert len(raised.value.errors) == len(raised.value.mistakes)


def test_a_policy_filed_before_a_rule_was_made_is_still_rated_by() -> None:
    measure = {"fold": "count", "events": ["events.activity-held.v1"], "window": None}
    old = document({"m": measure}, indicator({"kind": "yes", "when": {"measure": "m", "at_least": 1}}))

    assert [why for _, _, why in found(old)] == ["window has no value: give it one, or leave the key out"]
    assert load_filed(old).hash.startswith("sha256:")


def test_a_good_policy_is_frozen_and_says_what_it_listens_to() -> None:
    measure = {"fold": "count", "events": ["events.activity-held.v1"]}
    checked = check_policy(
        document({"m": measure}, indicator({"kind": "yes", "when": {"measure": "m", "at_least": 1}}))
    )

    assert isinstance(checked, Policy)
    assert checked.listens_to == {"events.activity-held.v1", "membership.society-registered.v1"}
    assert checked.hash.startswith("sha256:")
    assert checked.as_json()["in_force"] == {"from": "2017-10-10"}
    with pytest.raises(AttributeError):
        checked.text = ""  # type: ignore[misc]
