"""The shapes of single values in events: counts, days, decimal numbers, numbers of registers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_LENGTH_OF_A_DAY = len("YYYY-MM-DD")


def _written_as_a_day(value: Any) -> Any:
    # pydantic alone would read 20250101 or "1735660800" as seconds since 1970.
    is_text = isinstance(value, str) and len(value) == _LENGTH_OF_A_DAY and value[4] == "-"
    if not is_text and (not isinstance(value, date) or isinstance(value, datetime)):
        raise PydanticCustomError("day_form", "a day is written YYYY-MM-DD")
    return value


def _written_as_a_decimal(value: Any) -> Any:
    if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
        raise PydanticCustomError("decimal_form", "a decimal is written as text, never as a binary fraction")
    return value


def _written_out(number: Decimal) -> str:
    return format(number, "f")


Count = Annotated[int, Field(ge=0, strict=True)]
"""How many, none included."""

Several = Annotated[int, Field(ge=1, strict=True)]
"""How many, at least one."""

YesNo = Annotated[bool, Field(strict=True)]
"""True or false, and no other spelling of it."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Marks a day that may lie after the day on which the event is recorded."""


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
"""A date at +08:00, ``YYYY-MM-DD`` on the wire, that had come when the event was recorded."""

DayAhead = Annotated[Day, Ahead()]
"""A date at +08:00 that may still lie ahead when the event is recorded: the end of a term, a deadline, a plan."""

Points = Annotated[
    Decimal,
    Field(max_digits=30, decimal_places=12),
    BeforeValidator(_written_as_a_decimal),
    PlainSerializer(_written_out),
    WithJsonSchema({"type": "string", "pattern": r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?$"}),
]
"""A score in points: an exact decimal of at most 12 places, on the wire a text without exponent."""

Share = Annotated[
    Decimal,
    Field(ge=0, le=1, decimal_places=12),
    BeforeValidator(_written_as_a_decimal),
    PlainSerializer(_written_out),
    WithJsonSchema({"type": "string", "pattern": r"^(0(\.[0-9]{1,12})?|1(\.0{1,12})?)$"}),
]
"""A part of a whole, from 0 to 1: an exact decimal of at most 12 places, on the wire a text without exponent."""

ImpactFactor = Annotated[
    Decimal,
    Field(ge=0, lt=1000, decimal_places=4),
    BeforeValidator(_written_as_a_decimal),
    PlainSerializer(_written_out),
    WithJsonSchema({"type": "string", "pattern": r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,4})?$"}),
]
"""Citations per paper of a journal (影响因子): an exact decimal of at most 4 places, on the wire a text."""

Title = Annotated[str, Field(min_length=1, max_length=200)]
"""Name of an organisation or a journal; never of a person."""

CreditCode = Annotated[str, Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")]
"""Unified social credit code (统一社会信用代码, GB 32100-2015), 18 characters; the speaker checked the last."""

Issn = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{3}[0-9X]$")]
"""International standard serial number (ISO 3297), with its hyphen; the speaker checked the last character."""

Cn = Annotated[str, Field(pattern=r"^CN [0-9]{2}-[0-9]{4}(/[A-Z][A-Z0-9]{0,7})?$")]
"""National serial number (国内统一连续出版物号, GB/T 9999.1-2018): ``CN 42-1234``, with a class ``CN 42-1234/O``."""

POLICY_FORM = r"^[a-z0-9][a-z0-9._-]{0,79}$"
VERSION_FORM = r"^[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}$"

PolicyId = Annotated[str, Field(pattern=POLICY_FORM)]
"""Identifier of an evaluation policy (评价办法), as its file gives it."""

PolicyVersion = Annotated[str, Field(pattern=VERSION_FORM)]
"""Version of an evaluation policy, as its file gives it, as text."""

PolicyCalled = Annotated[str, Field(pattern=f"{POLICY_FORM[:-1]}(@{VERSION_FORM[1:-1]})?$")]
"""A policy by its id, or a version of it: ``hubei-2017@2.0``."""

ItemId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")]
"""Identifier of an item of an index system (指标项), as the policy's author chose it."""

JudgedWord = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A word by which an assessor judges, such as a level of participation, as the policy's author chose it."""

Grade = Annotated[str, Field(min_length=1, max_length=40)]
"""Name of a grade (等级), as the policy gives it."""

Year = Annotated[int, Field(ge=1800, le=9999, strict=True)]
"""A calendar year."""

Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
"""What seals a text or a document: ``sha256:`` and 64 hexadecimal digits."""

ClassId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
"""Identifier of a class of societies (分类), as the policy gives it: ``support``."""

Instant = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$")]
"""A moment in UTC with microseconds, as text that sorts as it follows in time."""
