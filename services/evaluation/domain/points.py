"""Exact arithmetic of points: integers in units of 1/10000 point, fractions of integers, no binary fractions."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, PlainValidator, StrictStr, Tag

from chassis.language import N_

UNITS = 10_000
"""How many units make one point."""

Number = int | Fraction
"""An exact number; what is whole is an int."""

_POINTS = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")
_FRACTION = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)\s?%")
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?")


_DIGITS = N_("a number is written with digits, such as 12 or 0.5")
_YES_OR_NO = N_("yes and no are 1 and 0 here; a word needs quotes")


def half_up(numerator: Number, denominator: Number) -> int:
    """The nearest integer to a quotient, a half rounded up. The only place where the evaluation rounds.

    The points of an indicator are rounded to 1/10000, once; completeness to four decimals when it is said.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def rounded(units: Number) -> int:
    """Whole units, half up."""
    return units if isinstance(units, int) else half_up(units.numerator, units.denominator)


@lru_cache(maxsize=4096)
def decimal_text(units: Number) -> str:
    """Units as a decimal number without trailing zeros, ``725000`` is ``72.5``; fractions of a unit rounded half up."""
    whole_units = rounded(units)
    whole, rest = divmod(abs(whole_units), UNITS)
    digits = f"{rest:04d}".rstrip("0")
    return f"{'-' if whole_units < 0 else ''}{whole}{'.' + digits if digits else ''}"


def whole_or_exact(number: Number) -> Number:
    """The same number, an int if it is whole."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def share_of(part: Number, whole: Number) -> Number:
    """A quotient, exactly; never a binary fraction."""
    return whole_or_exact(Fraction(part) / whole)


def exact(told: object) -> Number | None:
    """The number a record says: an integer, yes as 1 and no as 0, or a decimal written as text; None if it is none."""
    if isinstance(told, int):
        return int(told)
    if isinstance(told, str) and _DECIMAL.fullmatch(told):
        return whole_or_exact(Fraction(told))
    return None


def number_text(number: Number) -> str:
    """A number for people: a decimal of at most four places, rounded half up for show alone."""
    return (
        str(number) if isinstance(number, int) else decimal_text(half_up(number.numerator * UNITS, number.denominator))
    )


def units_of(points: object) -> int:
    """Units from points as a policy writes them: an integer, or a decimal with at most four places.

    Raises:
        ValueError: it is neither, or negative.
    """
    units = signed_units_of(points)
    if units < 0:
        raise ValueError(N_("points are not negative here; what is taken off the total is a range with most: 0"))
    return units


def signed_units_of(points: object) -> int:
    """Units from points that may be negative.

    Raises:
        ValueError: it is no decimal number with at most four places.
    """
    text = str(points)
    if isinstance(points, bool) or not _POINTS.fullmatch(text):
        raise ValueError(N_("points are a decimal number with at most four places"))
    whole, _, rest = text.lstrip("-").partition(".")
    units = int(whole) * UNITS + int(rest.ljust(4, "0"))
    return -units if text.startswith("-") else units


def pay_of(points: object) -> Number:
    """What something pays: points in units, or a part of the indicator's points, written ``75%`` or ``1/3``.

    Raises:
        ValueError: it is neither.
    """
    text = str(points)
    return fraction_of(points) if "%" in text or "/" in text else units_of(points)


def paid(pay: Number, full: Number) -> Number:
    """The units that something pays out of full, a part of it exactly."""
    return pay if isinstance(pay, int) else whole_or_exact(pay * full)


def fraction_of(text: object) -> Fraction:
    """A share as a policy writes it: ``3/4``, ``75%``, or ``1``.

    Raises:
        ValueError: it is not a quotient of integers.
    """
    if match := _FRACTION.fullmatch(str(text)):
        return Fraction(int(match[1]), int(match[2]))
    if match := _PERCENT.fullmatch(str(text)):
        return Fraction(match[1]) / 100
    if isinstance(text, int) and not isinstance(text, bool) and text >= 0:
        return Fraction(text)
    raise ValueError(N_("a share is written as a quotient of integers, such as 3/4, or in percent, such as 75%"))


def number_of(told: object) -> Number:
    """A number as a policy writes it: whole, or with a decimal point.

    Raises:
        ValueError: it is none.
    """
    number = exact(told)
    if number is None or isinstance(told, bool):
        raise ValueError(_DIGITS if number is None else _YES_OR_NO)
    return number


Units = Annotated[int, BeforeValidator(units_of)]
SignedUnits = Annotated[int, BeforeValidator(signed_units_of)]
Pay = Annotated[Number, PlainValidator(pay_of)]
Share = Annotated[Fraction, BeforeValidator(fraction_of)]
Exact = Annotated[Number, PlainValidator(number_of)]


def _form(data: Any) -> str:
    return "<word>" if isinstance(data, str) and exact(data) is None else "<number>"


Said = Annotated[Annotated[StrictStr, Tag("<word>")] | Annotated[Exact, Tag("<number>")], Discriminator(_form)]
"""What a measure or a figure may be: a word or a number."""
