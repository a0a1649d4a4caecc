"""One slip of the pen in a policy file is told at its own line, in plain words, and nothing beside it."""

import re
from pathlib import Path

import pytest

from services.evaluation.domain import Policy, PolicyError, check_policy
from tests.unit.evaluation.slips import SLIPS, Slip

SAMPLE = Path("tests/unit/evaluation/slipped.yaml").read_text(encoding="utf-8")
PYTHON = re.compile(r"\b(None|bool|int|str|dict|NoneType|Fraction)\b|\['|\{'")


def mistakes(text: str) -> list[PolicyError]:
    checked = check_policy(text)
    assert isinstance(checked, list), "accepted"
    return checked


def slipped(slip: Slip) -> str:
    assert slip.old is None or slip.old in SAMPLE
    return slip.new if slip.old is None else SAMPLE.replace(slip.old, slip.new, 1)


def test_the_sample_itself_is_a_policy() -> None:
    assert isinstance(check_policy(SAMPLE), Policy)


@pytest.mark.parametrize("slip", SLIPS.values(), ids=list(SLIPS))
def test_a_slip_is_told_alone_at_its_line_in_words_of_both_languages(slip: Slip) -> None:
    found = mistakes(slipped(slip))

    assert [error.line for error in found] == [slip.line]
    (error,) = found
    assert slip.zh in error.sentence.say("zh")
    assert slip.en in error.sentence.say("en")
    assert not [said for language in ("zh", "en") if PYTHON.search(said := error.sentence.say(language))]


@pytest.mark.parametrize("blank", ["", " null", " ~"])
def test_no_key_of_a_policy_may_be_without_a_value(blank: str) -> None:
    """One rule for all keys: every value of one line that the sample has is left out once."""
    for number, line in enumerate(SAMPLE.splitlines(keepends=True), start=1):
        key, colon, value = line.partition(":")
        if not value.strip() or "- {" in key:
            continue
        text = SAMPLE.splitlines(keepends=True)
        text[number - 1] = f"{key}{colon}{blank}\n"

        found = mistakes("".join(text))
        told = [error for error in found if error.line == number and "has no value" in error.sentence.say("en")]
        assert told, (line, found)
