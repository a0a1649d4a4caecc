"""Identifiers of the demo: synthetic serial numbers under real check-digit rules. None of them was ever issued."""

from contracts.membership.register import NOWHERE

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ASSOCIATION_OF_NOWHERE = f"51{NOWHERE}"
"""Registry 5 (civil affairs), class 1 (社会团体), of a division that does not exist: it cannot be anybody's."""


def credit_code(serial: int) -> str:
    """A 统一社会信用代码 (GB 32100-2015) that nobody can have been given; both its check characters are right."""
    body = f"5{serial:07d}"
    code = ASSOCIATION_OF_NOWHERE + body + _organisation_check(body)
    return code + uscc_check(code)


def uscc_check(code: str) -> str:
    """The eighteenth character that belongs to the first seventeen: (31 - sum mod 31) mod 31."""
    total = sum(USCC_ALPHABET.index(sign) * weight for sign, weight in zip(code, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def issn(serial: int) -> str:
    """An ISSN from the block 9xxx-xxxx, not yet issued by the ISSN centre, with the right check digit."""
    digits = f"9{serial:06d}"
    check = -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) % 11
    return f"{digits[:4]}-{digits[4:]}{_x_for_ten(check)}"


def cn(serial: int) -> str:
    """A CN (GB/T 9999.1-2018) of a made-up Hubei print journal: serials 1000-5999."""
    return f"CN 42-{1000 + serial % 5000}"


def _organisation_check(body: str) -> str:
    check = -sum(int(digit) * weight for digit, weight in zip(body, ORGANISATION_WEIGHTS, strict=True)) % 11
    return _x_for_ten(check)


def _x_for_ten(check: int) -> str:
    return "X" if check == 10 else str(check)  # noqa: PLR2004 — a check digit of ten is written X
