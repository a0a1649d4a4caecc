"""A browser in front of the real platform; where there is no browser, the tests say so and are left out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.cable import Cable
from tests.browser.running import Running
from tests.browser.window import CHROMIUM, DRIVER, Window

SOCIETIES = [
    ("A-01", "中国数学会", "science"),
    ("B-01", "中国机械工程学会", "engineering"),
    ("C-01", "中国农学会", "agriculture"),
    ("D-01", "中华医学会", "medicine"),
]


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The embedded platform, with four societies on its books."""
    if not (CHROMIUM.exists() and DRIVER.exists()):
        pytest.skip(f"no browser here: {CHROMIUM} and {DRIVER} are needed (Debian: chromium, chromium-driver)")
    running = Running(tmp_path_factory.mktemp("platform"))
    running.start()
    for serial, (code, name, discipline) in enumerate(SOCIETIES, 1):
        running.found(code, name, discipline, serial)
    yield running
    running.stop()


@pytest.fixture
def cable(platform: Running) -> Iterator[Cable]:
    laid = Cable(platform.platform.premises.port)
    yield laid
    laid.close()


@pytest.fixture
def window(tmp_path: Path, platform: Running) -> Iterator[Window]:
    opened = Window(tmp_path / "profile")
    yield opened
    opened.close()
