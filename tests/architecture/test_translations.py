"""Every text people read can be read in Chinese."""

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from chassis.language import CATALOGUE

ROOT = Path(__file__).parents[2]
SPOKEN_IN = ("societas", "services", "shared")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
MARKS = {"N_": None, "_": None, "one": None, "both": None}


def _texts() -> Iterator[tuple[str, str]]:
    """Each marked text of the code, and where it stands."""
    for folder in SPOKEN_IN:
        for file, line, text, _, _ in extract_from_dir(ROOT / folder, METHODS, keywords=MARKS):
            yield str(text), f"{folder}/{file}:{line}"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return dict(_texts())


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="zh_CN") if message.id}


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_of_the_code_has_its_chinese(texts: dict[str, str], chinese: dict[str, str]) -> None:
    missing = {text: place for text, place in texts.items() if not chinese.get(text)}
    entries = "".join(f'#: {place}\nmsgid "{_escaped(text)}"\nmsgstr ""\n\n' for text, place in missing.items())

    assert not missing, f"to be added to {CATALOGUE.name} and translated:\n\n{entries}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def test_the_catalogue_keeps_no_text_that_nobody_says(texts: dict[str, str], chinese: dict[str, str]) -> None:
    assert sorted(chinese.keys() - texts.keys()) == []


def test_a_translation_uses_the_names_of_its_text_and_no_others(chinese: dict[str, str]) -> None:
    assert [text for text, translation in chinese.items() if not _names(translation) <= _names(text)] == []


def test_a_translation_is_chinese(chinese: dict[str, str]) -> None:
    same_in_both = {"CSV", "JSON", "AsyncAPI", "OpenAPI"}
    said = {text: translation for text, translation in chinese.items() if text not in same_in_both}

    assert [text for text, translation in said.items() if not re.search(r"[\u4e00-\u9fff]", translation)] == []
