import copy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts.catalogue import CATALOGUE
from contracts.event import Event
from contracts.membership import MemberEnded
from contracts.schema import SCHEMAS, all_breaks, breaks, drift, main, schema_of, write

EVERY_EVENT = pytest.mark.parametrize("event", CATALOGUE.values(), ids=CATALOGUE.keys())

COUNTED: dict[str, Any] = {
    "$id": "urn:societas:schema:clock.ticked.v1",
    "title": "Ticked",
    "type": "object",
    "$defs": {"Kind": {"type": "string", "enum": ["loud", "quiet"], "description": "two kinds"}},
    "properties": {
        "kind": {"$ref": "#/$defs/Kind"},
        "mood": {"anyOf": [{"$ref": "#/$defs/Kind"}, {"type": "string"}]},
        "clock": {"type": "string", "pattern": "^[a-z]+$"},
        "count": {"type": "integer", "minimum": 1},
        "ticked_on": {"type": "string", "format": "date"},
        "title": {"type": "string", "maxLength": 10},
        "marks": {"type": "array", "items": {"type": "object", "properties": {"at": {"type": "integer"}}}},
    },
    "required": ["kind", "clock", "count", "ticked_on"],
}


def changed(*path: str, to: Any) -> dict[str, Any]:
    schema = copy.deepcopy(COUNTED)
    *parents, last = path
    place = schema
    for step in parents:
        place = place[step]
    if to is None:
        del place[last]
    else:
        place[last] = to
    return schema


@EVERY_EVENT
def test_a_schema_is_valid_open_and_named_after_its_type(event: type[Event]) -> None:
    schema = schema_of(event)

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:societas:schema:{event.type}" == event.dataschema()
    assert schema["title"] == event.__name__
    assert schema["description"].splitlines()[0] in (event.__doc__ or "")
    assert schema.get("additionalProperties", True) is True
    assert not {"subject", "happened_at"} & schema["properties"].keys()


def test_the_committed_schemas_are_the_generated_ones() -> None:
    assert drift() == [], "run: python -m contracts.schema --write"


def test_no_class_breaks_a_reader_of_its_committed_schema() -> None:
    assert all_breaks() == []


@pytest.mark.parametrize(
    ("new", "named"),
    [
        (changed("properties", "title", to=None), ["title: removed"]),
        (changed("required", to=["kind", "clock", "count"]), ["ticked_on: is not required any more"]),
        (changed("required", to=[*COUNTED["required"], "title"]), ["title: is required now"]),
        (changed("properties", "count", "type", to="number"), ['count: type "integer" became "number"']),
        (changed("properties", "count", "minimum", to=2), ["count: minimum 1 became 2"]),
        (changed("properties", "count", "minimum", to=0), ["count: minimum 1 became 0"]),
        (changed("properties", "count", "minimum", to=None), ["count: minimum 1 became nothing"]),
        (changed("properties", "count", "maximum", to=9), ["count: maximum nothing became 9"]),
        (changed("properties", "title", "maxLength", to=9), ["title: maxLength 10 became 9"]),
        (changed("properties", "clock", "pattern", to="^[a-f]+$"), ['clock: pattern "^[a-z]+$" became "^[a-f]+$"']),
        (changed("properties", "ticked_on", "format", to=None), ['ticked_on: format "date" became nothing']),
        (changed("$defs", "Kind", "enum", to=["loud"]), ["kind: word 'quiet' removed"]),
        (changed("$defs", "Kind", "enum", to=["loud", "quiet", "mute"]), ["kind: word 'mute' added"]),
        (changed("properties", "kind", to={"type": "string"}), ["kind: is not an enumeration now"]),
        (changed("additionalProperties", to=False), ["data: additionalProperties nothing became false"]),
        (
            changed("properties", "marks", "items", "properties", "at", "type", to="string"),
            ['marks[].at: type "integer" became "string"'],
        ),
        (
            changed("properties", "count", to={"anyOf": [{"type": "integer"}, {"type": "null"}]}),
            [
                'count: anyOf nothing became [{"type": "integer"}, {"type": "null"}]',
                "count: minimum 1 became nothing",
                'count: type "integer" became nothing',
            ],
        ),
    ],
)
def test_a_change_that_breaks_a_reader_is_named(new: dict[str, Any], named: list[str]) -> None:
    assert breaks(COUNTED, new) == named


@pytest.mark.parametrize(
    "new",
    [
        COUNTED,
        changed("title", to="Tick"),
        changed("description", to="a clock ticked"),
        changed("$defs", "Kind", "description", to="kinds of tick"),
        changed("required", to=list(reversed(COUNTED["required"]))),
        changed("$defs", "Kind", "enum", to=["quiet", "loud"]),
        changed("properties", "count", "examples", to=[3]),
        changed("properties", "later", to={"type": "integer"}),
        changed("properties", "kind", to={"type": "string", "enum": ["loud", "quiet"]}),
        changed("properties", "mood", "anyOf", to=[{"enum": ["glad"], "type": "string"}, {"type": "string"}]),
    ],
)
def test_a_change_that_breaks_nobody_passes(new: dict[str, Any]) -> None:
    assert breaks(COUNTED, new) == []


def test_writing_refuses_to_break_a_reader_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)
    published = tmp_path / f"{MemberEnded.type}.json"
    published.write_text(published.read_text(encoding="utf-8").replace('"lapsed"', '"forgotten"'), encoding="utf-8")
    before = published.read_bytes()

    assert main(["--write"], tmp_path) == 1
    assert "membership.member-ended.v1: reason: word 'forgotten' removed" in capsys.readouterr().err
    assert published.read_bytes() == before


def test_a_type_once_published_cannot_vanish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    (tmp_path / "clock.ticked.v1.json").write_text("{}", encoding="utf-8")

    assert main(["--write"], tmp_path) == 1
    assert "clock.ticked.v1: the type is gone" in capsys.readouterr().err


def test_the_check_fails_on_drift_until_it_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path)
    (tmp_path / f"{MemberEnded.type}.json").unlink()

    assert main(["--check"], tmp_path) == 1
    assert f"{MemberEnded.type}: differs" in capsys.readouterr().err
    assert main(["--write"], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0


def test_every_committed_schema_is_written_the_same_way() -> None:
    for path in SCHEMAS.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("}\n"), path.name
        assert "\\u" not in text, path.name
