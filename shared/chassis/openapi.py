"""The OpenAPI document: what FastAPI writes, with our problem documents and who may do what."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic.json_schema import models_json_schema

from chassis.access import permissions_of
from chassis.problems import MEDIA_TYPE, Problem

Describe = Callable[[dict[str, Any]], dict[str, Any]]
"""Gets the finished document and gives back a better one: with more examples, say."""

_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of problem documents: zh (default) or en",
    "schema": {"type": "string", "examples": ["zh-CN", "en"]},
}

_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_AWAY = {
    "description": "The database does not answer, as is said within two seconds; or too many wait",
    "headers": {"Retry-After": {"description": "Seconds to wait before the next try", "schema": {"type": "integer"}}},
    "content": _PROBLEM,
}


def document(app: FastAPI, describe: Describe | None = None) -> None:
    """Makes an app write its OpenAPI 3.1 document this way; written once, when first asked for."""

    def written() -> dict[str, Any]:
        if app.openapi_schema is None:
            plain = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            completed = _completed(plain, app)
            app.openapi_schema = describe(completed) if describe else completed
        return app.openapi_schema

    app.openapi = written  # type: ignore[method-assign]


def _completed(plain: dict[str, Any], app: FastAPI) -> dict[str, Any]:
    _, definitions = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    schemas = plain.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(definitions["$defs"])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    granted = _granted(app)
    for path, method, operation in _operations(plain):
        operation["responses"].pop("422", None)
        operation["responses"]["4XX"] = {"description": "Refused; the problem document tells why", "content": _PROBLEM}
        operation["responses"].setdefault("503", _AWAY)
        operation.setdefault("parameters", []).append(_LANGUAGE)
        operation["x-roles"] = granted.get((path, method), [])
    return plain


def _granted(app: FastAPI) -> dict[tuple[str, str], list[str]]:
    granted: dict[tuple[str, str], list[str]] = {}
    for context in iter_route_contexts(app.routes):
        for patterns in permissions_of(context.original_route):
            granted |= {(str(context.path_format), method.lower()): list(patterns) for method in context.methods or ()}
    return granted


def _operations(plain: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in plain.get("paths", {}).items():
        for method, operation in methods.items():
            yield path, method, operation
