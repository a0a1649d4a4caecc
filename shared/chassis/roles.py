"""The roles of the platform, all of them: how each is written, and what it is called."""

import re
from dataclasses import dataclass

from chassis.language import N_, Phrase

# As contracts.event has them, which the command line does without until it needs an event.
_SOCIETY = r"[A-E]-[0-9]{2}[GW]?"
_SHORT_NAME = r"[a-z][a-z0-9-]{1,39}"
_SEAT = r"review-[a-z0-9][a-z0-9-]{0,30}:p-[0-9]{1,6}"
_SERVICE = r"[a-z]{1,30}"
_PARAMETER = r"\*|\{\w+\}(:\{\w+\})?"


@dataclass(frozen=True, slots=True)
class Role:
    """A role. One that belongs to something is written with its identifier (`society:A-18`), whose regex is `of`.

    A role that cannot be `minted` comes from an act of the platform alone: a seat on a panel.
    """

    name: str
    label: Phrase
    example: str
    of: str | None = None
    minted: bool = True

    def fits(self, text: str) -> bool:
        """Whether this text is the role, written out."""
        return re.fullmatch(self.name if self.of is None else f"{self.name}:{self.of}", text) is not None

    def asked_by(self, pattern: str) -> bool:
        """Whether a route's pattern asks for this role: as written, of a path parameter (`{society}`), of any (`*`)."""
        any_of = self.of is not None and re.fullmatch(f"{self.name}:({_PARAMETER})", pattern) is not None
        return any_of or self.fits(pattern)


ROLES = (
    Role("association", N_("The association"), "association"),
    Role("operator", N_("Operator of the platform"), "operator"),
    Role("importer", N_("Importer of logs"), "importer"),
    Role("society", N_("A society"), "society:A-18", _SOCIETY),
    Role("federation", N_("A federation"), "federation:ecology", _SHORT_NAME),
    Role("partner", N_("A member of federations that is no society"), "partner:institute", _SHORT_NAME),
    Role("evaluator", N_("Evaluator"), "evaluator"),
    Role("panel", N_("A seat on the panel of a review"), "panel:review-2025:p-3", _SEAT, minted=False),
    Role("auditor", N_("Auditor"), "auditor"),
    Role("service", N_("A service of the platform"), "service:evaluation", _SERVICE),
)
"""In the order in which people are shown them."""

EXAMPLES = ", ".join(role.example for role in ROLES)
MINTED = ", ".join(role.example for role in ROLES if role.minted)
"""Those that a token may be minted for."""


def role_of(text: str) -> Role | None:
    """The role that this text writes out; None if it is no role."""
    return next((role for role in ROLES if role.fits(text)), None)


def role_asked_by(pattern: str) -> Role:
    """The role that a route's pattern asks for.

    Raises:
        ValueError: there is no such role, so nobody could ever have it.
    """
    for role in ROLES:
        if role.asked_by(pattern):
            return role
    raise ValueError(f"{pattern!r} asks for no role; there are {EXAMPLES}")
