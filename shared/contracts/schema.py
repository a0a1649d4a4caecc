"""The schemas of the published language: generated from the classes, committed beside them, never broken.

``python -m contracts.schema --write`` writes ``schemas/<type>.json``, ``--check`` says where they differ.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contracts.catalogue import CATALOGUE
from contracts.event import Event

SCHEMAS = Path(__file__).parent / "schemas"

_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "title", "description", "default", "examples", "deprecated"})
_TOLD_APART = frozenset({"properties", "required", "items", "enum"})
_ABSENT = object()

Schema = dict[str, Any]


def schema_of(event: type[Event]) -> Schema:
    """JSON Schema (draft 2020-12) of an event's data; ``$id`` is ``urn:societas:schema:<type>``."""
    return event.data_schema()


def breaks(old: Schema, new: Schema) -> list[str]:
    """Name every change from one schema of a type to the next that breaks a reader; none, if it may be published.

    Events are kept for ever and services are deployed one by one, so two readers must live: today's class reading old
    events, and yesterday's class reading new ones. Both pass over what they do not know; both are strict with what they
    know. So what was published stays as it is, in both directions:

    - no property is removed, becomes required or ceases to be required;
    - the values a property may have are neither narrowed (old events) nor widened (old readers): type, format, pattern,
      bounds, nullability, each word of an enumeration, in nested objects and items too;
    - but an open enumeration, one that admits any other text as well (``Kind | str``), may gain and lose words.

    Free are: a new optional property, and titles, descriptions, examples and defaults. All else is a new type.
    """
    return list(_breaks("", _resolved(old, old), _resolved(new, new)))


def _resolved(schema: Any, root: Schema) -> Any:
    """The schema with references followed, annotations dropped and open enumerations opened."""
    if isinstance(schema, list):
        return [_resolved(part, root) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _resolved(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    if {"type": "string"} in schema.get("anyOf", []):
        closed = [_resolved(part, root) for part in schema["anyOf"]]
        schema = schema | {"anyOf": [part for part in closed if "enum" not in part]}
    plain = {key: _resolved(value, root) for key, value in schema.items() if key not in _ANNOTATIONS | {"properties"}}
    if "properties" in schema:
        plain["properties"] = {name: _resolved(part, root) for name, part in schema["properties"].items()}
    return plain


def _breaks(path: str, old: Schema, new: Schema) -> Iterator[str]:
    yield from _broken_properties(path, old, new)
    yield from _broken_words(path, old, new)
    if "items" in old and "items" in new:
        yield from _breaks(f"{path}[]", old["items"], new["items"])
    for key in sorted((old.keys() | new.keys()) - _TOLD_APART):
        was, is_now = old.get(key, _ABSENT), new.get(key, _ABSENT)
        if was != is_now:
            yield f"{path or 'data'}: {key} {_shown(was)} became {_shown(is_now)}"


def _broken_properties(path: str, old: Schema, new: Schema) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    required_before, required_after = set(old.get("required", [])), set(new.get("required", []))
    for name in sorted(before.keys() | after.keys()):
        where = f"{path}.{name}".lstrip(".")
        if name not in after:
            yield f"{where}: removed"
            continue
        if name in required_after - required_before:
            yield f"{where}: is required now"
        if name in required_before - required_after:
            yield f"{where}: is not required any more"
        if name in before:
            yield from _breaks(where, before[name], after[name])


def _broken_words(path: str, old: Schema, new: Schema) -> Iterator[str]:
    if "enum" not in old and "enum" not in new:
        return
    if "enum" not in old or "enum" not in new:
        yield f"{path or 'data'}: {'is' if 'enum' in new else 'is not'} an enumeration now"
        return
    yield from (f"{path or 'data'}: word {word!r} removed" for word in old["enum"] if word not in new["enum"])
    yield from (f"{path or 'data'}: word {word!r} added" for word in new["enum"] if word not in old["enum"])


def _shown(value: Any) -> str:
    return "nothing" if value is _ABSENT else json.dumps(value, ensure_ascii=False, sort_keys=True)


def committed(folder: Path = SCHEMAS) -> dict[str, Schema]:
    """The schemas as last written, by type."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def drift(folder: Path = SCHEMAS) -> list[str]:
    """Name the types whose written schema is not, byte for byte, the one generated now."""
    written = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    generated = {name: _text(schema_of(event)) for name, event in CATALOGUE.items()}
    return sorted(name for name in written.keys() | generated.keys() if written.get(name) != generated.get(name))


def all_breaks(folder: Path = SCHEMAS) -> list[str]:
    """Every break between the schemas as last written and the classes, a type that vanished among them."""
    found = []
    for name, old in committed(folder).items():
        if name not in CATALOGUE:
            found.append(f"{name}: the type is gone, its events are not")
        else:
            found += [f"{name}: {change}" for change in breaks(old, schema_of(CATALOGUE[name]))]
    return found


def write(folder: Path = SCHEMAS) -> None:
    """Write the schema of every event of the catalogue."""
    folder.mkdir(exist_ok=True)
    for name, event in CATALOGUE.items():
        (folder / f"{name}.json").write_text(_text(schema_of(event)), encoding="utf-8")


def _text(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main(arguments: list[str] | None = None, folder: Path = SCHEMAS) -> int:
    """Run the command; 1 if writing would break a reader (then nothing is written) or the check finds drift, else 0."""
    parser = argparse.ArgumentParser(prog="python -m contracts.schema", description="JSON Schemas of every event.")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", action="store_true", help="write the schemas, unless that would break a reader")
    choice.add_argument("--check", action="store_true", help="exit with status 1 if the written schemas differ")
    writing = parser.parse_args(arguments).write
    faults = all_breaks(folder) if writing else [f"{name}: differs, run --write" for name in drift(folder)]
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    if writing and not faults:
        write(folder)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
