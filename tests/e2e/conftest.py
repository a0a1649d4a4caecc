"""One platform for all end-to-end tests of a module: five societies, nothing yet told of them."""

from collections.abc import Iterator

import pytest
from crash_platform import Platform
from history import registrations


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    platform = Platform(tmp_path_factory.mktemp("platform"))
    platform.start()
    for path, body, key in registrations():
        assert platform.ask("POST", path, body, key).status_code == 201
    platform.settle()
    yield platform
    platform.stop()
