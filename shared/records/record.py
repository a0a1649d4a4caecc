"""What is asked for of one kind of record: a pydantic model that says the same as its event."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from chassis.language import N_, Phrase
from chassis.titles import normalised
from contracts.calendar import midnight
from contracts.event import IN_THE_ENVELOPE, PlainRecord, RecordId, SocietyId
from records.values import Title

Key = tuple[date, str]
"""What names a record among those of its kind and society: its day, and its title as titles are compared."""

_NOT_ASKED = IN_THE_ENVELOPE | {"record"}


def field(label: Phrase, *, example: object = None) -> Any:
    """A field of a record: its label in forms, lists and errors, and an example where no list of words gives one."""
    return Field(title=label, examples=None if example is None else [example])


class Record(BaseModel):
    """A record of what was done on one day. Kind, day and title name it; the title stays in the service.

    A subclass names its `path` in addresses, its `label`, its `event`, and the field with its `day`; its fields are
    those of the event, each with a label.

    Raises:
        TypeError: on definition: record and event do not say the same, or something has no label.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: ClassVar[str]
    label: ClassVar[Phrase]
    event: ClassVar[type[PlainRecord]]
    day: ClassVar[str]

    title: Title = field(N_("Title"), example="2025年第一次")

    def __init_subclass__(cls, *, path: str, label: Phrase, event: type[PlainRecord], day: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.path, cls.label, cls.event, cls.day = path, label, event, day

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Compare the fields, which pydantic knows only now, with those of the event."""
        super().__pydantic_init_subclass__(**kwargs)
        if wrong := list(_disagreements(cls)):
            raise TypeError(f"{cls.__name__} and {cls.event.__name__}: {'; '.join(wrong)}")

    @property
    def happened_on(self) -> date:
        """The day on which it happened."""
        day: date = getattr(self, self.day)
        return day

    @property
    def key(self) -> Key:
        """What no other record of the kind and the society has."""
        return self.happened_on, normalised(self.title)

    def news(self, society: SocietyId, id_: RecordId) -> PlainRecord:
        """The event that says this of a society."""
        said = {name: getattr(self, name) for name in public_fields(type(self))}
        return self.event(subject=society, happened_at=midnight(self.happened_on), record=id_, **said)


def public_fields(record: type[Record]) -> tuple[str, ...]:
    """The fields that the event says, in its order."""
    return tuple(name for name in record.event.model_fields if name not in _NOT_ASKED)


def label_of(record: type[Record], name: str) -> Phrase:
    """The label of a field."""
    return Phrase(record.model_fields[name].title or name)


def example_of(record: type[Record]) -> dict[str, Any]:
    """A form that is filled in: each field's example, or the first word of its list."""
    fields = record.model_fields.items()
    return {name: one.examples[0] if one.examples else _first_word(one.annotation) for name, one in fields}


def _first_word(annotation: Any) -> str:
    first: StrEnum = next(iter(annotation))
    return first.value


def _disagreements(record: type[Record]) -> Iterator[str]:
    asked = {name: one.annotation for name, one in record.model_fields.items() if name != "title"}
    said = {name: record.event.model_fields[name].annotation for name in public_fields(record)}
    for name in sorted(asked.keys() | said.keys()):
        if name not in asked:
            yield f"{name} is said by the event and not asked for"
        elif name not in said:
            yield f"{name} is asked for and not said by the event"
        elif asked[name] != said[name]:
            yield f"{name} is {asked[name]} here and {said[name]} in the event"
        elif not record.model_fields[name].title:
            yield f"{name} has no label"
    if asked.get(record.day) is not date:
        yield f"{record.day} is no field with a day"
