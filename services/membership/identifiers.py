"""The unified social credit code 统一社会信用代码 (GB 32100-2015), and the organisation code in it (GB 11714-1997)."""

from collections.abc import Iterable

from chassis.language import N_
from chassis.refusals import Refusal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100 in the order of their values: no I, O, S, V, Z."""

SOCIETY_CLASS = "51"
"""Registry 5 (civil affairs 民政) and class 1 (society 社会团体): what every society's code begins with."""

_LENGTH = 18
_ORGANISATION = slice(8, 16)
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(_LENGTH - 1))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_CHECKS = "0123456789X"


class CreditCodeMisspelt(Refusal):
    """A credit code has 18 characters of the alphabet of GB 32100."""

    slug = "credit-code-misspelt"
    title = N_("Not a unified social credit code")
    detail = N_(
        "A unified social credit code has 18 characters, digits and capital letters without I, O, S, V, Z: {value}"
    )


class CreditCodeCheckWrong(Refusal):
    """The last character of a credit code is computed from the others (GB 32100)."""

    slug = "credit-code-check-wrong"
    title = N_("The credit code's check character is wrong")
    detail = N_(
        "The 18th character of {value} should be {expected}; some character was probably mistyped. "
        "If it was issued so, the association states that in certified_reason."
    )


class OrganisationCodeCheckWrong(Refusal):
    """The 17th character checks the organisation code in places 9 to 16 (GB 11714)."""

    slug = "organisation-code-check-wrong"
    title = N_("The organisation code's check character is wrong")
    detail = N_(
        "The 17th character of {value} should be {expected}; some character was probably mistyped. "
        "If it was issued so, the association states that in certified_reason."
    )


class NotASocietysCreditCode(Refusal):
    """The code is valid, but belongs to a company, a foundation or another kind of body."""

    slug = "not-a-societys-credit-code"
    title = N_("Not the credit code of a society")
    detail = N_("A society's credit code begins with 51 (civil affairs, society); {value} does not.")


def society_credit_code(text: str, *, certified: bool = False, field: str = "credit_code") -> str:
    """A society's credit code in its one spelling: no surrounding blanks, capital letters.

    One that is `certified` was given as it is, against its own rules; it still has 18 characters of the alphabet.

    Raises:
        CreditCodeMisspelt: not 18 characters of the alphabet.
        CreditCodeCheckWrong: the 18th character does not fit the first 17.
        OrganisationCodeCheckWrong: the 17th character does not fit places 9 to 16.
        NotASocietysCreditCode: a valid code of another class than 51.
    """
    code = credit_code(text, certified=certified, field=field)
    if not certified and not code.startswith(SOCIETY_CLASS):
        raise NotASocietysCreditCode(field=field, value=code)
    return code


def credit_code(text: str, *, certified: bool = False, field: str = "credit_code") -> str:
    """Anybody's credit code in its one spelling; raises as `society_credit_code`, but takes every class."""
    code = normalised(text)
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        raise CreditCodeMisspelt(field=field, value=text)
    if certified:
        return code
    if code[-1] != (expected := credit_check(code[:-1])):
        raise CreditCodeCheckWrong(field=field, value=code, expected=expected)
    if code[-2] != (expected := organisation_check(code[_ORGANISATION])):
        raise OrganisationCodeCheckWrong(field=field, value=code, expected=expected)
    return code


def normalised(text: str) -> str:
    """A code in the spelling in which it is kept and compared, whether it is right or wrong."""
    return text.strip().upper()


def completed(head: str) -> str:
    """The credit code whose first 16 characters are these: the 17th and the 18th follow from them."""
    body = head + organisation_check(head[_ORGANISATION])
    return body + credit_check(body)


def credit_check(body: str) -> str:
    """The 18th character for the first 17: (31 - sum of value times 3^i mod 31) mod 31 (GB 32100, annex)."""
    return ALPHABET[-_weighed(body, ALPHABET, _CREDIT_WEIGHTS) % 31]


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code for its first eight: 11 - weighted sum mod 11, 10 is X, 11 is 0."""
    return _ORGANISATION_CHECKS[-_weighed(body, _ORGANISATION_ALPHABET, _ORGANISATION_WEIGHTS) % 11]


def _weighed(body: str, alphabet: str, weights: Iterable[int]) -> int:
    return sum(alphabet.index(character) * weight for character, weight in zip(body, weights, strict=True))
