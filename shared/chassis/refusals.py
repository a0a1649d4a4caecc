"""The root of every domain error: pure, with a stable name on the wire and the values that explain it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from chassis.echo import echo
from chassis.language import N_, Language, Phrase, translate

MOST_FAULTS = 100
"""How many faults are told over HTTP at once; of the rest it is said how many they are."""


class Refusal(Exception):  # noqa: N818 — a refusal is an answer, not a fault of the program
    """Something asked for was refused; carries the field, the value and what would be right.

    A subclass names itself (`slug`), says how HTTP calls it (`status`), and brings two bilingual texts whose {names}
    are filled from the keyword values it is raised with, and from `field` and `value`.
    """

    slug: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    title: ClassVar[Phrase] = N_("The request was refused")
    detail: ClassVar[Phrase] = N_("What was asked for cannot be done.")
    headers: ClassVar[Mapping[str, str]] = MappingProxyType({})
    errors: tuple["Refusal", ...] = ()
    """The faults, where several were found at once."""
    more: int = 0
    """How many faults there are besides."""
    retry_after: int | None = None
    """In how many seconds to ask again, where that would help; HTTP has it as Retry-After."""
    line: int | None = None
    """Where what was sent has lines: which, from 1."""
    label: Phrase | None = None
    """What people call the field, where that is known."""

    def __init__(self, *, field: str | None = None, value: object = None, **values: object) -> None:
        """`field` is the dotted path in the request; `value` what was sent; `values` fill the texts."""
        self.field = field
        self.value = value
        self.values = values
        super().__init__(self.explained("en"))

    @property
    def type(self) -> str:
        """The problem type on the wire (RFC 9457 §3.1.1), stable for ever."""
        return f"urn:societas:problem:{self.slug}"

    @property
    def clashes_with(self) -> str | None:
        """The id of the record that what was sent clashes with, as a withdrawal takes it; one of the `values`."""
        named = self.values.get("clashes_with")
        return None if named is None else str(named)

    def titled(self, language: Language) -> str:
        """What kind of refusal this is."""
        return translate(self.title, language)

    def as_json(self, language: Language) -> dict[str, Any]:
        """The refusal as a document: type, title, detail, field, value, and every fault where there are several."""
        document: dict[str, Any] = {
            "type": self.type,
            "title": self.titled(language),
            "detail": self.explained(language),
            "field": self.field,
            "value": echo(self.field or "", self.value),
            "label": self.labelled(language),
            "clashes_with": self.clashes_with,
        }
        if self.errors:
            document["errors"] = [one.as_fault(language) for one in self.errors]
        return {name: value for name, value in document.items() if value is not None}

    def as_fault(self, language: Language) -> dict[str, Any]:
        """The refusal as one fault of several: line, field, value, and what would be right."""
        value, message = echo(self.field or "", self.value), self.explained(language)
        fault = {"line": self.line, "field": self.field or "", "value": value, "message": message}
        fault |= {"label": self.labelled(language), "clashes_with": self.clashes_with}
        return {name: value for name, value in fault.items() if value is not None}

    def labelled(self, language: Language) -> str | None:
        """What people call the field, in that language."""
        return None if self.label is None else translate(self.label, language)

    def explained(self, language: Language) -> str:
        """What is wrong in this case and what would be right."""
        return translate(self.detail, language, **{"field": self.field, "value": self.value} | self.values)


class SeveralFaults(Refusal):
    """Several faults of one form, named at once so that it is filled in again only once; `errors` holds them."""

    slug = "several-faults"
    title = N_("Several entries are wrong")
    detail = N_("{count} entries are wrong; each is named under errors.")

    def __init__(self, errors: Sequence[Refusal]) -> None:
        self.errors = tuple(errors)
        super().__init__(count=len(self.errors))


def refuse(faults: Sequence[Refusal]) -> None:
    """Raises the one fault, or all of them as SeveralFaults; nothing when there is none."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SeveralFaults(faults)
