"""The two numbers a journal bears: ISSN (ISO 3297) and the national serial number CN (GB/T 9999.1-2018)."""

import re
from enum import StrEnum

from chassis.language import N_
from chassis.refusals import Refusal

_SPANS = ((10, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
DIVISIONS = frozenset(str(number) for first, last in _SPANS for number in range(first, last + 1))
"""First two digits of the divisions of GB/T 2260; Beijing is 11 and, since its serials ran out, also 10."""

_ISSN = re.compile(r"(?:ISSN[ :]*)?([0-9]{4})-?([0-9]{3})([0-9X])")
_CN = re.compile(r"(?:CN ?)?([0-9]{2})-([0-9]{4})(?:/([A-Z][A-Z0-9]{0,7}))?")
_ISSN_WEIGHTS = range(8, 1, -1)
_CHECKS = "0123456789X"
_NONE = "0000000"


class Medium(StrEnum):
    """How a serial appears, as its CN number tells: 报纸, 纸质期刊, 网络连续型出版物, 电子出版物."""

    NEWSPAPER = "newspaper"
    PRINT = "print"
    ONLINE = "online"
    ELECTRONIC = "electronic"


class IssnMisspelt(Refusal):
    """An ISSN is eight characters, the last of them a digit or X (ISO 3297)."""

    slug = "issn-misspelt"
    title = N_("Not an ISSN")
    detail = N_("An ISSN has the form 1234-5679, eight digits of which the last may be X: {value}")


class IssnCheckWrong(Refusal):
    """The last character of an ISSN is computed from the others (ISO 3297, annex A)."""

    slug = "issn-check-wrong"
    title = N_("The ISSN's check character is wrong")
    detail = N_(
        "The last character of {value} should be {expected}; some digit was probably mistyped. "
        "If it was issued so, the association states that in certified_reason."
    )


class IssnNotGiven(Refusal):
    """0000-0000 stands for an ISSN that a journal does not have yet; its check character is right all the same."""

    slug = "issn-not-given"
    title = N_("This ISSN belongs to no journal")
    detail = N_("{value} is never given to a journal; enter the ISSN that the centre gave to this one.")


class CnMisspelt(Refusal):
    """A CN number is division, serial and perhaps a class (GB/T 9999.1-2018)."""

    slug = "cn-misspelt"
    title = N_("Not a CN number")
    detail = N_("A CN number has the form CN 42-1234/N: two digits, a hyphen, four digits, perhaps a class: {value}")


class CnDivisionUnknown(Refusal):
    """The first two digits of a CN number are those of a division (GB/T 2260)."""

    slug = "cn-division-unknown"
    title = N_("Unknown division in the CN number")
    detail = N_("{value} begins with {division}, which is the number of no province, region or municipality.")


class CnNotOfAJournal(Refusal):
    """Serials 0001 to 0999 are newspapers, 0000 is never given; a journal has 1000 or more."""

    slug = "cn-not-of-a-journal"
    title = N_("Not the CN number of a journal")
    detail = N_("A journal's serial is 1000 to 9999 ({value}): 0001 to 0999 are newspapers, 0000 is not given.")


def issn(text: str, *, certified: bool = False, field: str = "issn") -> str:
    """A journal's ISSN in its one spelling, `0317-8471`; takes it without the hyphen or after the letters ISSN.

    One that is `certified` was given with a wrong check character, as some were.

    Raises:
        IssnMisspelt: not eight characters of its alphabet.
        IssnNotGiven: it is 0000-0000.
        IssnCheckWrong: the last does not fit the first seven.
    """
    match = _ISSN.fullmatch(text.strip().upper())
    if match is None:
        raise IssnMisspelt(field=field, value=text)
    head, tail, check = match.groups()
    if head + tail == _NONE:
        raise IssnNotGiven(field=field, value=f"{head}-{tail}{check}")
    if not certified and check != (expected := issn_check(head + tail)):
        raise IssnCheckWrong(field=field, value=f"{head}-{tail}{check}", expected=expected)
    return f"{head}-{tail}{check}"


def issn_check(body: str) -> str:
    """The eighth character for the first seven: weights 8 to 2, (11 - sum mod 11) mod 11, 10 is X (ISO 3297)."""
    return _CHECKS[-sum(int(digit) * weight for digit, weight in zip(body, _ISSN_WEIGHTS, strict=True)) % 11]


def journal_cn(text: str, *, field: str = "cn") -> str:
    """A journal's CN number in its one spelling, `CN 42-1234` or `CN 42-1234/TP`; takes it without the letters CN.

    Raises:
        CnMisspelt: not of that form.
        CnDivisionUnknown: no division has these digits.
        CnNotOfAJournal: the serial is a newspaper's, or 0000.
    """
    match = _CN.fullmatch(text.strip().upper())
    if match is None:
        raise CnMisspelt(field=field, value=text)
    division, serial, subject = match.groups()
    if division not in DIVISIONS:
        raise CnDivisionUnknown(field=field, value=text, division=division)
    if medium_of(serial) in {None, Medium.NEWSPAPER}:
        raise CnNotOfAJournal(field=field, value=text)
    return f"CN {division}-{serial}" + (f"/{subject}" if subject else "")


def cn_number(cn: str) -> str:
    """The part of a CN number that is unique, `42-1234`: the class after the stroke only describes (GB/T 9999.1)."""
    return cn.removeprefix("CN ").partition("/")[0]


def medium_of(serial: str) -> Medium | None:
    """What a serial of four digits says: 0001 newspaper, 1000 print, 6000 online, 9000 electronic; None for 0000."""
    bounds = ((9000, Medium.ELECTRONIC), (6000, Medium.ONLINE), (1000, Medium.PRINT), (1, Medium.NEWSPAPER))
    return next((medium for least, medium in bounds if int(serial) >= least), None)
