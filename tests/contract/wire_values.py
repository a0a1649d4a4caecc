"""Data that a published schema allows, drawn by Hypothesis from the schema alone."""

import datetime as dt
import re
from typing import Any

from hypothesis import strategies as st

from contracts.calendar import CST
from contracts.event import Event

moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(CST))  # noqa: DTZ001 the strategy adds the zone


def data_of(event: type[Event]) -> st.SearchStrategy[dict[str, Any]]:
    schema = event.data_schema()
    return st.fixed_dictionaries({name: _values(part, schema) for name, part in schema["properties"].items()})


def subjects_of(event: type[Event]) -> st.SearchStrategy[str]:
    schema = event.model_json_schema()
    return _values(schema["properties"]["subject"], schema)


def _values(part: dict[str, Any], schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in part:
        return _values(schema["$defs"][part["$ref"].rpartition("/")[2]], schema)
    if "anyOf" in part:
        return st.one_of(*(_values(each, schema) for each in part["anyOf"]))
    if "const" in part or "enum" in part:
        return st.sampled_from(part.get("enum") or [part["const"]])
    simple = {
        "string": lambda: _texts(part),
        "integer": lambda: st.integers(part["minimum"], part.get("maximum", 2**53)),
        "boolean": st.booleans,
        "null": st.none,
        "array": lambda: st.lists(_values(part["items"], schema), min_size=part.get("minItems", 0), max_size=5),
        "object": lambda: _tables(part, schema),
    }
    return simple[part["type"]]()


def _texts(part: dict[str, Any]) -> st.SearchStrategy[str]:
    if "pattern" in part:
        return st.from_regex(re.compile(part["pattern"].removeprefix("^").removesuffix("$")), fullmatch=True)
    if part.get("format") == "date":
        return st.dates().map(dt.date.isoformat)
    return st.text(min_size=part["minLength"], max_size=part["maxLength"])


def _tables(part: dict[str, Any], schema: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    ((names, values),) = part["patternProperties"].items()
    return st.dictionaries(_texts({"pattern": names}), _values(values, schema), max_size=5)
