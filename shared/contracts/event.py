"""What every event is, and how things are named in it."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema

from contracts.values import Ahead

# [0-9] and never \d, which also matches the full-width digits of Chinese input.
_UUID7 = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
_SOCIETY = r"[A-E]-[0-9]{2}[GW]?"
_FEDERATION = r"[a-z][a-z0-9-]{1,39}"

SocietyId = Annotated[str, Field(pattern=f"^{_SOCIETY}$")]
"""Code of a society (学会代码): class of disciplines and number, ``A-18``; G international, W cared for elsewhere."""

FederationId = Annotated[str, Field(pattern=f"^{_FEDERATION}$")]
"""Short name of a federation (联合体) in Latin letters, chosen at its founding, never changed."""

SubjectId = Annotated[str, Field(pattern=f"^({_SOCIETY}|{_FEDERATION})$")]
"""What an event is about: a society, a federation, a review, or the word ``calendar``."""

EventId = Annotated[str, Field(pattern=_UUID7)]
MemberId = Annotated[str, Field(pattern=_UUID7)]
BatchId = Annotated[str, Field(pattern=_UUID7)]
MeetingId = Annotated[str, Field(pattern=_UUID7)]
BranchId = Annotated[str, Field(pattern=_UUID7)]
ChangeId = Annotated[str, Field(pattern=_UUID7)]
LeaderId = Annotated[str, Field(pattern=_UUID7)]
ActivityId = Annotated[str, Field(pattern=_UUID7)]
JournalId = Annotated[str, Field(pattern=_UUID7)]
RecordId = Annotated[str, Field(pattern=_UUID7)]
AssessmentId = Annotated[str, Field(pattern=_UUID7)]
AssessorId = Annotated[str, Field(pattern=_UUID7)]
ObjectionId = Annotated[str, Field(pattern=_UUID7)]

ReviewId = Annotated[str, Field(pattern=r"^review-[a-z0-9][a-z0-9-]{0,30}$")]
"""Short name of a review (评审), chosen when it is opened: ``review-2025``."""

PanelMemberId = Annotated[str, Field(pattern=r"^p-[0-9]{1,6}$")]
"""Number of a member of the evaluation committee (评估委员会), given by the association; never a name."""

_TYPE = re.compile(r"(?P<speaker>[a-z]+)\.[a-z]+(-[a-z]+)*\.v[0-9]+")
IN_THE_ENVELOPE = frozenset({"subject", "happened_at"})
_RESERVED = frozenset({"specversion", "id", "source", "type", "time", "datacontenttype", "dataschema", "data"}) | {
    *("recordedtime", "sequence", "previousid", "correlationid", "causationid", "traceparent", "tracestate"),
    *("speaker", "of"),
}
_defined: dict[str, type["Event"]] = {}


class _Untitled(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 the signature is pydantic's
        return False


class Event(BaseModel):
    """Something that happened, told by the service that knows, true for ever.

    A class that names its ``type`` is an event; one that does not is a kind of event, to be inherited from.
    Unknown data fields are passed over (tolerant reader).

    Raises:
        TypeError: on definition: the type is ill-formed or taken, or a field bears a word of the envelope.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    type: ClassVar[str]
    speaker: ClassVar[str]
    personal_days: ClassVar[frozenset[str]] = frozenset()
    """Fields with a day from which a person's own day can be read, such as that of birth: not for everybody."""

    subject: SubjectId
    happened_at: AwareDatetime

    def __init_subclass__(cls, *, type: str | None = None, **kwargs: Any) -> None:  # noqa: A002 the word on the wire
        super().__init_subclass__(**kwargs)
        if type is not None:
            cls.type, cls.speaker = type, _speaker_of(type)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Check the fields, which pydantic knows only now, and take the name."""
        super().__pydantic_init_subclass__(**kwargs)
        taken = _RESERVED & cls.model_fields.keys()
        if taken:
            raise TypeError(f"{cls.__name__}: words of the envelope cannot be data: {', '.join(sorted(taken))}")
        if "type" in cls.__dict__:
            _claim(cls)

    def data(self) -> dict[str, Any]:
        """What travels in ``data``: JSON-able, without what the envelope carries.

        What is optional and was not said is not said, so that an event told before there was such a field reads, and is
        sealed, as it was told.
        """
        return self.model_dump(mode="json", exclude=set(IN_THE_ENVELOPE), exclude_unset=True)

    @classmethod
    def dataschema(cls) -> str:
        """The URN of the schema of the data, for the envelope's ``dataschema``."""
        return f"urn:societas:schema:{cls.type}"

    @classmethod
    def past_days(cls) -> tuple[str, ...]:
        """The fields with a day that had come when the event was recorded: every day not declared as ``DayAhead``."""
        found = {name: list(_parts(field)) for name, field in cls.model_fields.items()}
        ahead = {name for name, parts in found.items() if any(isinstance(part, Ahead) for part in parts)}
        return tuple(name for name, parts in found.items() if date in parts and name not in ahead)

    @classmethod
    def data_schema(cls) -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of the data alone; open, so one field more is no error."""
        whole = cls.model_json_schema(schema_generator=_Untitled)
        properties = {name: schema for name, schema in whole["properties"].items() if name not in IN_THE_ENVELOPE}
        return whole | {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": cls.dataschema(),
            "title": cls.__name__,
            "description": inspect.cleandoc(cls.__doc__ or ""),
            "properties": properties,
            "required": [name for name in whole["required"] if name in properties],
        }


class SocietyEvent(Event):
    """An event about one society (学会): its subject is the society's code."""

    subject: SocietyId


class PlainRecord(SocietyEvent):
    """An event that tells of one plain record: it says what was done on one day, and is withdrawn by the record's id.

    It has one day, the field whose name ends in ``_on``.
    """

    record: RecordId


class _Amendment(SocietyEvent):
    of: ClassVar[type[Event]]

    def __init_subclass__(cls, *, of: type[Event] | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if of is not None:
            cls.of = of
        elif "type" in cls.__dict__:
            raise TypeError(f"{cls.__name__} does not say which event it amends (of=…)")


class Withdrawal(_Amendment):
    """An earlier record should not have been made (撤销): what the event ``withdraws`` said did not happen."""

    withdraws: EventId


class Correction(_Amendment):
    """An earlier record was wrong (更正): these data stand in its place, all of them, not only those that changed.

    ``corrects`` is always the id of the first event, also when it was corrected before: the last told counts.
    """

    corrects: EventId

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Check that nothing of the record it replaces is left unsaid."""
        super().__pydantic_init_subclass__(**kwargs)
        missing = cls.of.model_fields.keys() - cls.model_fields.keys()
        if missing:
            raise TypeError(f"{cls.__name__} leaves unsaid of {cls.of.__name__}: {', '.join(sorted(missing))}")


def _parts(field: FieldInfo) -> Iterator[object]:
    """A field's type and everything it is made of, with what is declared beside it."""
    yield from field.metadata
    waiting: list[object] = [field.annotation]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += get_args(part)


def _speaker_of(name: str) -> str:
    match = _TYPE.fullmatch(name)
    if match is None:
        raise TypeError(f"not a type of event such as speaker.noun-verbed.v1: {name!r}")
    return match["speaker"]


def _claim(cls: type[Event]) -> None:
    # The same class defined anew (a reload, a test run twice) is no second class.
    holder = _defined.setdefault(cls.type, cls)
    if (holder.__module__, holder.__qualname__) != (cls.__module__, cls.__qualname__):
        raise TypeError(f"{cls.type} is already {holder.__module__}.{holder.__qualname__}")
    _defined[cls.type] = cls
