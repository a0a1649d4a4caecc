"""Whatever fits an OpenAPI document, or does not fit it, gets an answer that the document knows, and never a 5xx."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from crash_platform import SPEAKERS, Platform
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

CASES = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
"""Of each operation, of what fits the document and of what does not: what they are is the same each time."""

KNOWN = {"society": "A-01", "policy": "active"}
JUDGED_BY = [checks.status_code_conformance, checks.response_schema_conformance, checks.content_type_conformance]
ENDLESS = re.compile("/stream$")


@schemathesis.serializer("application/x-ndjson")
def as_lines(_context: Any, value: Any) -> bytes:
    return str(value).encode(errors="surrogatepass")


def operations(platform: Platform, root: str) -> Iterator[APIOperation]:
    """Every operation of a service but those that stream without end."""
    document = platform.ask("GET", f"{root}/openapi.json").json()
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        if not ENDLESS.search(operation.path):
            yield operation


def strategies(operation: APIOperation) -> Iterator[tuple[SearchStrategy[Case], int]]:
    """Requests that fit, and such as do not, unless nothing can be wrong: to find that out takes a second each."""
    names = {one.name for one in operation.iter_parameters()} - {"Accept-Language"}
    known = {name: value for name, value in KNOWN.items() if name in names}
    for mode, many in CASES.items():
        if mode is GenerationMode.POSITIVE or operation.body or names - known.keys():
            yield operation.as_strategy(mode, path_parameters=known or None), many
        elif names:
            yield operation.as_strategy(mode), many


def fuzz(cases: SearchStrategy[Case], many: int, base: str, session: requests.Session) -> int:
    """Asks so often and judges every answer; returns how often it asked."""
    asked = 0

    @settings(
        max_examples=many,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def judge(case: Case) -> None:
        nonlocal asked
        asked += 1
        answer = case.call(base_url=base, session=session, timeout=30)
        known = str(answer.status_code) in case.operation.definition.raw["responses"]
        assert answer.status_code < 500 or known, f"{case.as_curl_command()}\n{answer.status_code}: {answer.text[:500]}"
        case.validate_response(answer, checks=JUDGED_BY)

    with contextlib.suppress(Unsatisfiable):
        judge()
    return asked


@pytest.mark.parametrize("service", [*SPEAKERS, "portal"])
def test_no_request_brings_a_service_to_an_answer_it_does_not_know(settled: Platform, service: str) -> None:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {settled.token}"
    root = "" if service == "portal" else f"/api/{service}"
    base = f"http://127.0.0.1:{settled.port}{root}"

    asked = [
        fuzz(cases, many, base, session)
        for operation in operations(settled, root)
        for cases, many in strategies(operation)
    ]

    assert sum(asked) > len(asked)
    settled.settle()
    assert settled.ask("GET", "/api/evaluation/dead-letters").json()["items"] == []
