"""Whatever a caller may send has an end: a number beyond a column is refused by its name."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

MOST = ("maximum", "exclusiveMaximum", "const", "enum")


def _numbers(document: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every whole number within a schema, with its place."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in place.split("."):
            yield from _numbers(document, document["components"]["schemas"][name], f"{place}.{name}")
        return
    if schema.get("type") == "integer":
        yield place, schema
    for name, one in schema.get("properties", {}).items():
        yield from _numbers(document, one, f"{place}.{name}")
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("prefixItems", ())):
        yield from _numbers(document, one, place)
    if "items" in schema:
        yield from _numbers(document, schema["items"], place)


def _sent(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", []):
                yield from _numbers(document, parameter["schema"], f"{method} {path} {parameter['name']}")
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body:
                yield from _numbers(document, body["schema"], f"{method} {path}")


def test_every_whole_number_that_a_caller_may_send_has_a_most(apps: dict[str, FastAPI]) -> None:
    found = [(name, place, schema) for name, app in apps.items() for place, schema in _sent(app.openapi())]

    assert len(found) > 50
    assert [(name, place) for name, place, schema in found if not any(word in schema for word in MOST)] == []
