"""What a type of record is, for programs: labels, fields, who may do what; pages, commands and documents read it."""

from typing import Any

from pydantic import BaseModel, Field

from chassis.language import Phrase, translate
from records.definition import RecordType
from records.record import Record, label_of


class Label(BaseModel):
    """What people call something."""

    zh: str
    en: str


class FieldDescription(BaseModel):
    """A field of a record."""

    name: str
    label: Label
    value: dict[str, Any] = Field(description="JSON Schema of its value")
    key: bool = Field(description="It names the record, with the other keys")
    private: bool = Field(description="It stays in the service: no event says it")


class RecordDescription(BaseModel):
    """A type of record."""

    record: str = Field(description="Its name in addresses", examples=["delegates"])
    label: Label
    event: str = Field(description="The type of the event that says it", examples=["membership.delegates-elected.v1"])
    day: str = Field(description="The field with the day on which it happened")
    fields: list[FieldDescription]
    recorded_by: list[str] = Field(description="Roles that record")
    changed_by: list[str] = Field(
        description="Roles that correct and withdraw: each what it recorded, the association everything"
    )
    read_by: list[str] = Field(description="Roles that read; empty: everybody")


def describe(type_: RecordType) -> RecordDescription:
    """The description of a type."""
    record, rights = type_.record, type_.rights
    return RecordDescription(
        record=type_.path,
        label=_label(record.label),
        event=record.event.type,
        day=record.day,
        fields=_fields(record),
        recorded_by=list(rights.record or ()),
        changed_by=list(rights.withdraw or ()),
        read_by=list(rights.read or ()),
    )


def _fields(record: type[Record]) -> list[FieldDescription]:
    schema = record.model_json_schema()
    words = schema.get("$defs", {})
    return [
        FieldDescription(
            name=name,
            label=_label(label_of(record, name)),
            value=_resolved(value, words),
            key=name in {"title", record.day},
            private=name == "title",
        )
        for name, value in schema["properties"].items()
    ]


def _resolved(value: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    named = words.get(str(value.get("$ref", "")).rpartition("/")[2], {})
    return {key: one for key, one in {**named, **value}.items() if key not in {"$ref", "title", "description"}}


def _label(label: Phrase) -> Label:
    return Label(zh=translate(label, "zh"), en=translate(label, "en"))
