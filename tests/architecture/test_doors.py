"""Every endpoint of every service says who may call it, and turns everybody else away."""

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import httpx2
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from chassis.access import permissions_of
from chassis.query_names import added_on_the_way, parameters_of
from chassis.web import Looking

WRONG = (
    *("society:E-99", "federation:nowhere", "service:stranger", "panel:review-2025:p-3"),
    *("auditor", "evaluator", "importer", "association"),
)


def doors(app: FastAPI) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Method, path and role patterns of each endpoint; no pattern is for everybody."""
    for context in iter_route_contexts(app.routes):
        route: Any = context.original_route
        if not hasattr(route, "dependencies"):
            continue
        (patterns,) = permissions_of(route)
        for method in sorted(route.methods):
            yield method, re.sub(r"\{\w+\}", "A-01", route.path), patterns


def test_every_endpoint_declares_exactly_once_who_may_call_it(apps: dict[str, FastAPI]) -> None:
    assert {name: len(list(doors(app))) > 2 for name, app in apps.items()} == dict.fromkeys(apps, True)


async def test_nobody_gets_in_without_a_token(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    for name, app in apps.items():
        client = client_for(app)
        for method, path, patterns in doors(app):
            if patterns:
                answer = await client.request(method, path)
                assert answer.status_code == 401, f"{name} {method} {path}: {answer.status_code}"
                assert answer.headers["content-type"] == "application/problem+json"


async def test_the_wrong_caller_is_turned_away_everywhere(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    for name, app in apps.items():
        for role in WRONG:
            client = client_for(app, role)
            for method, path, patterns in doors(app):
                strangers = not any(pattern == role or pattern == f"{role.partition(':')[0]}:*" for pattern in patterns)
                if patterns and strangers:
                    answer = await client.request(method, path)
                    assert answer.status_code == 403, f"{name} {method} {path} as {role}: {answer.status_code}"


async def test_what_only_one_may_write_nobody_else_changes(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    client = client_for(apps["membership"], "society:A-01")
    answer = await client.post("/societies", json={})
    assert answer.status_code == 403
    assert (await client.get("/societies")).json()["items"] == []


def test_no_parameter_bears_a_name_that_is_passed_over(apps: dict[str, FastAPI]) -> None:
    for app in apps.values():
        for context in iter_route_contexts(app.routes):
            dependant = getattr(context.original_route, "dependant", None)
            if dependant is not None:
                assert not [name for name in parameters_of(dependant) if added_on_the_way(name)]


def test_only_what_people_are_shown_of_records_may_be_a_moment_old(apps: dict[str, FastAPI]) -> None:
    found = {name: {path for _, path in _looking(app)} for name, app in apps.items()}

    assert {name for name, paths in found.items() if paths} == {"membership", "events", "federation"}
    assert not [path for paths in found.values() for path in paths if path.startswith(("/log", "/dead-letters"))]
    assert {method for app in apps.values() for method, _ in _looking(app)} == {"GET"}


def _looking(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Method and path of each endpoint that asks for `Looking`."""
    (depends,) = get_args(Looking)[1:]
    for context in iter_route_contexts(app.routes):
        route: Any = context.original_route
        asked = getattr(route, "dependant", None)
        if asked is not None and depends.dependency in [one.call for one in asked.dependencies]:
            yield from ((method, route.path) for method in route.methods)


async def test_every_endpoint_refuses_a_parameter_it_does_not_know(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    for name, app in apps.items():
        client = client_for(app, *WRONG, "society:A-01", "federation:A-01", "service:evaluation")
        for method, path, _ in doors(app):
            if path not in {"/healthz", "/readyz", "/metrics"}:
                answer = await client.request(method, path, params={"as_off": "2025-12-05"})
                assert answer.status_code == 422, f"{name} {method} {path}: {answer.status_code}"
                assert "as_off" in answer.text


async def test_no_answer_leads_to_the_host_that_a_request_names(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    for name, app in apps.items():
        client = client_for(app)
        for method, path, _ in doors(app):
            if path != "/":
                answer = await client.request(method, f"{path}/", headers={"Host": "evil.example"})
                assert answer.status_code == 404, f"{name} {method} {path}/: {answer.status_code}"


async def test_no_browser_guesses_what_an_answer_is(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient]
) -> None:
    for app in apps.values():
        for path in ("/healthz", "/openapi.json", "/nowhere", "/log"):
            assert (await client_for(app).get(path)).headers["x-content-type-options"] == "nosniff"
