"""The pictures of the documents, taken of a demo of some months by `make pictures`."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from ports import free_port

from tests.browser.window import CHROMIUM, DRIVER, Window, eventually
from tests.e2e.terminal import CTRL_C, Terminal

DOCS = Path(__file__).parents[2] / "docs"
MONTHS = "212"
COMMAND = [sys.executable, "-c", "from societas.cli import app; app()", "demo", "--days", MONTHS]
LONGEST_SECONDS = 3_600.0

pytestmark = pytest.mark.skipif(
    not os.environ.get("SOCIETAS_PICTURES") or not (CHROMIUM.exists() and DRIVER.exists()),
    reason="pictures are taken when SOCIETAS_PICTURES says so, where there is a browser: make pictures",
)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The address of the demo, past its months and going on."""
    port = free_port()
    terminal = Terminal([*COMMAND, "--data", str(tmp_path / "demo"), "--port", str(port)])
    terminal.until("The story goes on", LONGEST_SECONDS)
    yield f"http://127.0.0.1:{port}"
    terminal.press(CTRL_C)
    assert terminal.status() == 0
    terminal.close()


def test_the_board_and_a_societys_page_are_taken(demo: str, tmp_path: Path) -> None:
    first = httpx2.get(f"{demo}/api/evaluation/ratings").json()["ratings"][0]["society"]
    window = Window(tmp_path / "profile")
    try:
        window.open(demo)
        eventually(lambda: window.connection == "live" and len(window.order) == 210)
        window.shoot("board", DOCS)
        window.open(f"{demo}/societies/{first}")
        window.shoot("society", DOCS)
    finally:
        window.close()
