"""Exact arithmetic of points: integers in units of 1/10000 point, fractions of integers, no binary fractions."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator

from chassis.language import N_

UNITS = 10_000
"""How many units make one point."""

_POINTS = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,4})?")
_FRACTION = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})")


def half_up(numerator: int, denominator: int) -> int:
    """The nearest integer to a quotient, a half rounded up. The only place where the evaluation rounds.

    Points are rounded to 1/10000 when they are awarded, completeness to four decimals when it is said.
    """
    return (2 * numerator + denominator) // (2 * denominator)


@lru_cache(maxsize=4096)
def decimal_text(units: int) -> str:
    """Units as a decimal number without trailing zeros: ``725000`` is ``72.5``."""
    whole, rest = divmod(abs(units), UNITS)
    digits = f"{rest:04d}".rstrip("0")
    return f"{'-' if units < 0 else ''}{whole}{'.' + digits if digits else ''}"


def units_of(points: object) -> int:
    """Units from points as a policy writes them: an integer, or a decimal with at most four places.

    Raises:
        ValueError: it is neither, or negative.
    """
    text = str(points)
    if isinstance(points, bool) or not _POINTS.fullmatch(text) or text.startswith("-"):
        raise ValueError(N_("points are a decimal number with at most four places"))
    whole, _, rest = text.partition(".")
    return int(whole) * UNITS + int(rest.ljust(4, "0"))


def fraction_of(text: object) -> Fraction:
    """A share as a policy writes it: ``3/4``, or ``1``.

    Raises:
        ValueError: it is not a quotient of integers.
    """
    match = _FRACTION.fullmatch(str(text))
    if match:
        return Fraction(int(match[1]), int(match[2]))
    if isinstance(text, int) and not isinstance(text, bool) and text >= 0:
        return Fraction(text)
    raise ValueError(N_("a share is written as a quotient of integers, such as 3/4"))


Units = Annotated[int, BeforeValidator(units_of)]
Share = Annotated[Fraction, BeforeValidator(fraction_of)]
