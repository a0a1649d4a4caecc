"""Health, metrics, the access log, and the OpenAPI document."""

import json
from collections.abc import Callable, Mapping

import httpx2
import pytest
import structlog
from fastapi import FastAPI
from openapi_spec_validator import validate
from starlette.types import Message

from chassis.house import House
from chassis.language import N_
from chassis.serving import Trouble
from chassis.version import version
from chassis.web import assemble


class Checked(House):
    """A house whose readiness a test decides."""

    found: Mapping[str, object]

    @property
    def checks(self) -> dict:
        return dict(self.found)


async def _well() -> None:
    return None


async def _ill() -> Trouble:
    return Trouble(N_("The bus does not answer ({reason})."), {"reason": "away"})


async def _broken() -> Trouble:
    raise OSError("internals")


async def test_a_service_is_alive_whatever_else_is_not(visitor: httpx2.AsyncClient) -> None:
    assert (await visitor.get("/healthz")).json() == {"status": "alive"}


@pytest.fixture
def decided(house: House) -> Checked:
    house.__class__ = Checked
    return house  # type: ignore[return-value]


async def test_a_service_is_ready_when_nothing_is_wrong(decided: Checked, visitor: httpx2.AsyncClient) -> None:
    decided.found = {"database": _well}
    response = await visitor.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "version": version(),
        "checks": [{"name": "database", "ok": True, "detail": None}],
    }


async def test_what_is_wrong_is_said_in_the_callers_language(decided: Checked, visitor: httpx2.AsyncClient) -> None:
    decided.found = {"database": _well, "bus": _ill, "relay": _broken}
    english = await visitor.get("/readyz")
    assert english.status_code == 503
    assert [check["ok"] for check in english.json()["checks"]] == [True, False, False]
    assert english.json()["checks"][1]["detail"] == "The bus does not answer (away)."
    assert "internals" not in english.text
    chinese = await visitor.get("/readyz", headers={"Accept-Language": "zh"})
    assert chinese.json()["checks"][1]["detail"] == "消息总线没有应答（away）。"


async def test_requests_are_measured_by_route(clerk: httpx2.AsyncClient) -> None:
    await clerk.post("/societies/A-18/notes", json={"text": "a note"})
    told = (await clerk.get("/metrics")).text
    sample = 'societas_http_request_seconds_count{method="POST",route="/societies/{society}/notes",status="201"} 1.0'
    assert sample in told


async def test_the_access_log_tells_nothing_of_persons(clerk: httpx2.AsyncClient) -> None:
    with structlog.testing.capture_logs() as lines:
        await clerk.post("/societies/A-18/notes?name=somebody", json={"text": "a note"})
        await clerk.get("/nowhere/somebody")
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["route"] for line in requests] == ["/societies/{society}/notes", "(no route)"]
    assert "somebody" not in json.dumps(lines)


async def test_two_services_in_one_process_do_not_share_their_numbers(
    house: House, visitor: httpx2.AsyncClient
) -> None:
    other = assemble(house)
    await visitor.get("/count")
    assert other.state.service is house
    assert house.metrics.registry is not type(house.metrics)().registry


async def test_the_openapi_document_is_valid_and_complete(visitor: httpx2.AsyncClient) -> None:
    document = (await visitor.get("/openapi.json")).json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    keep = document["paths"]["/societies/{society}/notes"]["post"]
    assert keep["x-roles"] == ["association", "society:{society}"]
    assert keep["security"] == [{"bearer": []}]
    refused = keep["responses"]["4XX"]["content"]["application/problem+json"]["schema"]
    assert refused == {"$ref": "#/components/schemas/Problem"}
    assert {parameter["name"] for parameter in keep["parameters"]} >= {"Idempotency-Key", "Accept-Language"}
    assert "HTTPValidationError" not in json.dumps(document)
    assert "security" not in document["paths"]["/notes"]["get"]


async def test_a_service_may_have_the_last_word_on_its_document(house: House) -> None:
    app = assemble(house, describe=lambda document: document | {"x-mine": True})
    assert app.openapi()["x-mine"]


async def test_a_caller_who_leaves_is_no_fault_of_ours(
    desk: FastAPI, token: Callable[..., dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[Message] = []

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = token("association") | {"content-type": "application/json", "content-length": "100"}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/notes", "headers": raw, "query_string": b"", "root_path": ""}
    await desk(scope, gone, send)

    assert sent == []
    assert [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []
