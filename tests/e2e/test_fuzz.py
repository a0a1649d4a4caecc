"""Whatever fits an OpenAPI document, or does not fit it, gets an answer that the document knows, and never a 5xx."""

import contextlib
import re
from collections.abc import Iterator

import pytest
import requests
import schemathesis
from crash_platform import SPEAKERS, Platform
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

CASES = 4
"""Of each operation, once such as fit the document and once such as do not: some two thousand requests in all."""

KNOWN = {"society": "A-01", "policy": "active"}
JUDGED_BY = [checks.response_schema_conformance, checks.content_type_conformance]
ENDLESS = re.compile("/stream$")


def operations(platform: Platform, service: str) -> Iterator[APIOperation]:
    """Every operation of a service but those that stream without end."""
    document = platform.ask("GET", f"/api/{service}/openapi.json").json()
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        if not ENDLESS.search(operation.path):
            yield operation


def fuzz(operation: APIOperation, mode: GenerationMode, base: str, session: requests.Session) -> int:
    """Asks as often as is wanted, and judges every answer; the same cases each time."""
    asked = 0
    named = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in operation.path}
    cases = operation.as_strategy(mode, path_parameters=named or None)

    @settings(max_examples=CASES, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def judge(case: Case) -> None:
        nonlocal asked
        asked += 1
        answer = case.call(base_url=base, session=session, timeout=30)
        assert answer.status_code < 500, f"{answer.status_code}: {answer.text[:500]}"
        case.validate_response(answer, checks=JUDGED_BY)

    with contextlib.suppress(Unsatisfiable):  # nothing can be wrong with what takes nothing
        judge()
    return asked


@pytest.mark.parametrize("service", SPEAKERS)
def test_no_request_brings_a_service_to_an_answer_it_does_not_know(settled: Platform, service: str) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {settled.token}"
    base = f"http://127.0.0.1:{settled.port}/api/{service}"

    asked = sum(
        fuzz(operation, mode, base, session) for operation in operations(settled, service) for mode in GenerationMode
    )

    assert asked > 100
    settled.settle()
    assert settled.ask("GET", f"/api/{service}/dead-letters").json()["items"] == []
