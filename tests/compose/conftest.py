"""Tests of the deployment; those that need it brought up are only there when tests/compose/run has done so."""

import os
from collections.abc import Iterator

import httpx
import pytest
from compose.deployment import Deployment

collect_ignore = [] if "DEPLOYMENT" in os.environ else ["test_deployment.py", "test_story.py"]


@pytest.fixture(scope="session")
def deployment() -> Deployment:
    return Deployment.of_environment()


@pytest.fixture
def operator(deployment: Deployment) -> Iterator[httpx.Client]:
    with deployment.operator() as client:
        yield client
