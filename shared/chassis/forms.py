"""What a text of a certain form looks like, in words and with an example: a pattern tells a person nothing."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from chassis.language import N_, Phrase
from contracts import event, values

_UNSEEN = (
    r"\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff"
)
"""What nobody sees: controls, marks of direction, signs without width, and places that hold no character."""

PRINTABLE = rf"^[^\x00-\x1f{_UNSEEN}]*$"
"""One line of text without control characters, which PostgreSQL would not take either, and without invisible signs."""

PRINTABLE_LINES = rf"^[^\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]*$"
"""Some lines of such text."""

_OTHERWISE = N_("This must look like {pattern}.")
_OF_TYPES: tuple[tuple[Any, Phrase], ...] = (
    (
        event.SocietyId,
        N_("This must be the code of a society: a letter from A to E, a hyphen, a number, as in A-18."),
    ),
    (event.EventId, N_("This must be an id as the platform gives them, as in 01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11.")),
    (
        event.FederationId,
        N_("This must be the id of a federation: 2 to 40 small letters, digits and hyphens, as in life-sciences."),
    ),
    (event.SubjectId, N_("This must be the code of a society, as in A-18, or the id of a federation or review.")),
    (event.ReviewId, N_("This must be the id of a review: review- and small letters, digits, hyphens: review-2025.")),
    (event.PanelMemberId, N_("This must be the number of a member of the committee, as in p-1.")),
    (values.CreditCode, N_("This must be a unified social credit code: 18 digits and capital letters.")),
    (values.Issn, N_("This must be an ISSN with its hyphen, as in 2095-882X.")),
    (values.Cn, N_("This must be a CN number, as in CN 42-1234/Q.")),
    (
        values.PolicyId,
        N_("This must be a name of at most 80 small letters, digits and . _ - as in hubei-2017."),
    ),
    (values.PolicyVersion, N_("This must be the version of a policy, as in 2.0.")),
    (values.PolicyCalled, N_("This must be the name of a policy, or of a version of it, as in hubei-2017@2.0.")),
    (
        values.ItemId,
        N_("This must be the id of an item in the policy: at most 80 small letters, digits and . _ - as in plan."),
    ),
    (values.JudgedWord, N_("This must be a word of at most 40 small letters, digits and hyphens, as in second-rate.")),
    (values.Digest, N_("This must be a digest: sha256: and 64 hexadecimal digits.")),
    (values.ClassId, N_("This must be the id of a class: at most 60 small letters, digits and _ - as in support.")),
    (values.Instant, N_("This must be an instant in UTC with six places, as in 2025-06-30T04:00:00.000000Z.")),
)
_OF_PATTERNS: Mapping[str, Phrase] = {
    PRINTABLE: N_("This must be one line of text without control characters and invisible signs."),
    PRINTABLE_LINES: N_("This must be text without control characters and invisible signs."),
}


def form_of(pattern: str) -> Phrase:
    """What a text of that pattern looks like; of a pattern nobody has put into words, the pattern."""
    return _forms().get(pattern, _OTHERWISE)


@cache
def _forms() -> Mapping[str, Phrase]:
    patterns = {TypeAdapter(type_).json_schema()["pattern"]: said for type_, said in _OF_TYPES}
    return {**patterns, **_OF_PATTERNS}
