"""The house rules that a machine can check: names, sizes, and what no file may mention."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", "__pycache__", "build", "dist", "node_modules"}
NOT_A_NAME = {"utils", "helpers", "common", "base", "core", "manager", "service"}
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".sh"}
BINARY = {".png", ".ico", ".woff2", ".otf", ".gz", ".db"}
MOST_LINES = 400

# Spelled so that this file does not mention them itself.
HOSTS = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".com", "docker" + ".io/")
ANOTHER_MACHINE = re.compile(r"(?<![\w./}-])/(?:wo" + "rk|ro" + "ot|ho" + r"me/[a-z]+)/")


def _files() -> Iterator[Path]:
    for entry in ROOT.iterdir():
        if entry.is_file() and entry.name not in NOT_OURS:
            yield entry
        elif entry.is_dir() and (not entry.name.startswith(".") or entry.name == ".ci"):
            yield from (
                path for path in entry.rglob("*") if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
            )


FILES = sorted(_files())
TEXTS = [path for path in FILES if path.suffix not in BINARY]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [_name(path) for path in FILES if path.suffix == ".py" and path.stem in NOT_A_NAME] == []
    assert [_name(path) for path in FILES if path.suffix == ".py" and path.parent.name in NOT_A_NAME] == []


def test_no_file_written_by_hand_has_grown_too_long() -> None:
    written = [path for path in FILES if path.suffix in WRITTEN_BY_HAND]
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in written}

    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_file_keeps_the_marks_of_a_merge() -> None:
    marks = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$", re.MULTILINE)

    assert [_name(path) for path in TEXTS if marks.search(path.read_text(encoding="utf-8", errors="replace"))] == []


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_a_package_registry_so_a_mirror_works_unchanged(host: str) -> None:
    assert [_name(path) for path in TEXTS if host in path.read_text(encoding="utf-8", errors="replace")] == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = {_name(path): ANOTHER_MACHINE.findall(path.read_text(encoding="utf-8", errors="replace")) for path in TEXTS}

    assert {name: folders for name, folders in found.items() if folders} == {}


def test_the_lock_pins_every_package_by_version_and_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    pinned = re.compile(r"[a-z0-9-]+==\S+.*--hash=sha256:[0-9a-f]{64}", re.DOTALL)

    assert [entry for entry in entries if entry.strip() and not pinned.match(entry)] == []
