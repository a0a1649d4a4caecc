"""One platform for all end-to-end tests of a module, with five societies; or one of a test's own, with its clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_platform import Platform
from history import registrations

from tests.e2e.stage import Stage


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    # Tests ask oftener than people do.
    limits = {"SOCIETAS_PAST_PER_MINUTE": "0", "SOCIETAS_TRIALS_PER_MINUTE": "0"}
    platform = Platform(tmp_path_factory.mktemp("platform"), **limits)
    platform.start()
    for path, body, key in registrations():
        assert platform.ask("POST", path, body, key).status_code == 201
    platform.settle()
    yield platform
    platform.stop()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path / "data")
    stage.open()
    yield stage
    stage.close()
