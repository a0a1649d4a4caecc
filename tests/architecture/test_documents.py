"""What the documents say is what the code does."""

import re
from pathlib import Path

import pytest

from chassis.settings import Settings
from contracts.catalogue import CATALOGUE
from societas import reference
from societas.reference_commands import commands

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
CODE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}


def test_the_pages_written_from_the_code_are_up_to_date() -> None:
    assert reference.differing(ROOT / "docs") == []


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_documented(field: str, pages: dict[str, str]) -> None:
    assert f"`SOCIETAS_{field.upper()}`" in pages["settings.md"]


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_says_what_it_decides(field: str) -> None:
    assert Settings.model_fields[field].description


@pytest.mark.parametrize("event", CATALOGUE)
def test_every_event_is_documented_with_all_its_fields(event: str, pages: dict[str, str]) -> None:
    _, _, section = pages["events.md"].partition(f"### `{event}`\n")
    table = section.partition("\n##")[0]

    assert [name for name in CATALOGUE[event].data_schema()["properties"] if f"| `{name}`" not in table] == []


@pytest.mark.parametrize("path", [path for path, _ in commands()])
def test_every_command_is_documented_and_explains_itself(path: str, pages: dict[str, str]) -> None:
    _, _, section = pages["commands.md"].partition(f"## `societas {path}`\n")

    assert section.partition("\n##")[0].strip()


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_command_of_the_command_line(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    first_words = {path.partition(" ")[0] for path, _ in commands()}

    assert [word for word in sorted(first_words) if f"`{word}" not in text and f"societas {word}" not in text] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_names_every_speaker_and_the_events_it_says(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    said = {event.type.rpartition(".")[0].partition(".")[2] for event in CATALOGUE.values()}

    assert [name for name in sorted(said) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_gives_no_make_target_that_is_not_there(readme: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    given = set(re.findall(r"`make ([a-z-]+)", readme.read_text(encoding="utf-8")))

    assert given - targets == set()


def test_both_readmes_have_the_same_sections_and_the_same_code() -> None:
    english, chinese = (path.read_text(encoding="utf-8") for path in READMES)

    assert CODE.findall(chinese) == CODE.findall(english)
    assert re.findall(r"^#+ ", CODE.sub("", chinese), re.MULTILINE) == re.findall(
        r"^#+ ", CODE.sub("", english), re.MULTILINE
    )


@pytest.mark.parametrize("document", [*READMES, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", text)

    assert [target for target in targets if not (document.parent / target).exists()] == []
