"""Every place of an OpenAPI document where a day or an instant is asked for, with a request that is good but for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

UNKNOWN = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11"


@dataclass(frozen=True)
class Ask:
    """A request, and where in it the day stands."""

    method: str
    path: str
    place: str
    kind: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    in_body: bool = False

    def with_day(self, day: str) -> "Ask":
        """The same with another day."""
        if f"{{{self.place}}}" in self.path:
            return replace(self, path=self.path.replace(f"{{{self.place}}}", day))
        if self.in_body:
            return replace(self, body={**(self.body or {}), self.place: day})
        return replace(self, query={self.place: day})


def places(document: Mapping[str, Any], known: Mapping[str, str]) -> Iterator[Ask]:
    """The places of one service; `known` gives path parameters a value, what it does not know is unknown."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parameters = operation.get("parameters", [])
            body = _body(document, operation)
            for one in parameters:
                if (kind := _kind(document, one["schema"])) is not None:
                    keep = one["name"] if one["in"] == "path" else None
                    yield Ask(
                        method, _filled(path, known, keep), one["name"], kind, body=body and _good(document, body)
                    )
            for name, schema in (body or {}).get("properties", {}).items():
                if (kind := _kind(document, schema)) is not None:
                    yield Ask(method, _filled(path, known, None), name, kind, body=_good(document, body), in_body=True)


def _filled(path: str, known: Mapping[str, str], keep: str | None) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: name[0] if name[1] == keep else known.get(name[1], UNKNOWN), path)


def _body(document: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return _resolved(document, content["schema"]) if content else None


def _resolved(document: Mapping[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _kind(document: Mapping[str, Any], schema: dict[str, Any]) -> str | None:
    choices = [schema, *schema.get("anyOf", [])]
    return next((one["format"] for one in choices if one.get("format") in {"date", "date-time"}), None)


def _good(document: Mapping[str, Any], schema: dict[str, Any] | None) -> dict[str, Any]:
    properties = (schema or {}).get("properties", {})
    return {
        name: _value(document, one) for name, one in properties.items() if name in (schema or {}).get("required", ())
    }


def _value(document: Mapping[str, Any], schema: dict[str, Any]) -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    found = _resolved(document, schema)
    if "enum" in found:
        return found["enum"][0]
    if "anyOf" in found:
        return _value(document, found["anyOf"][0])
    kinds = {"integer": found.get("minimum", 1), "boolean": True, "array": [], "object": _good(document, found)}
    return kinds.get(str(found.get("type")), found.get("const", "A-01"))
