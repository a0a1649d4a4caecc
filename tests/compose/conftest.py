"""Tests of the deployment; those that need it brought up are only there when tests/compose/run has done so."""

import asyncio
import os
from collections.abc import Iterator

import httpx2
import pytest
from compose.deployment import Deployment
from compose.story import tell

collect_ignore = [] if "DEPLOYMENT" in os.environ else ["test_deployment.py", "test_story.py", "test_the_manual.py"]


@pytest.fixture(scope="session")
def deployment() -> Deployment:
    return Deployment.of_environment()


@pytest.fixture
def operator(deployment: Deployment) -> Iterator[httpx2.Client]:
    with deployment.operator() as client:
        yield client


@pytest.fixture(scope="session")
def told(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> int:
    """The month, told through the gateway; how many requests it took."""
    return asyncio.run(tell(deployment, tmp_path_factory.mktemp("story")))
