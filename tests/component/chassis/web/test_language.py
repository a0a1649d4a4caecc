import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from chassis.language import CATALOGUE, N_, language_of, translate

SHARED = Path(__file__).parents[4] / "shared"
CHASSIS = SHARED / "chassis"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,zh;q=0.5", "en"),
        ("zh;q=0.1, en;q=0.2", "en"),
        ("*", "zh"),
        ("fr", "zh"),
        ("en;q=0", "zh"),
        ("en;q=nonsense", "zh"),
        ("en,zh", "zh"),
        (",;=,", "zh"),
    ],
)
def test_who_prefers_english_gets_it_and_everybody_else_chinese(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_a_text_without_translation_is_shown_as_it_stands() -> None:
    assert translate("Nobody translated {this}.", "zh", this=1) == "Nobody translated 1."


def test_a_name_without_value_is_shown_as_it_stands() -> None:
    assert translate("From {start} to {end}.", "en", start=1) == "From 1 to {end}."


def test_phrases_among_the_values_are_translated_and_lists_joined() -> None:
    phrase = N_("This is required.")
    assert translate("{a}: {b}", "zh", a=phrase, b=["x", phrase]) == "此项必填。: x、此项必填。"
    assert translate("{a}: {b}", "en", a=phrase, b=("x", "y")) == "This is required.: x, y"


def test_a_value_with_braces_is_only_a_value() -> None:
    assert translate("You sent {value}.", "en", value="{0.__class__}") == "You sent {0.__class__}."


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_every_text_of_the_chassis_has_a_translation() -> None:
    found = extract_from_dir(CHASSIS, method_map=[("**.py", "python")], keywords={"N_": None})
    missing = {message for _, _, message, _, _ in found} - {key for key, value in _catalogue().items() if value}
    assert not missing


def test_a_translation_has_the_same_names_to_fill_in() -> None:
    assert [msgid for msgid, text in _catalogue().items() if text and _fields(msgid) != _fields(text)] == []
