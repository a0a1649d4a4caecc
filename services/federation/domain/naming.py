"""What lists of societies must satisfy wherever they stand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from services.federation.domain.refusals import SocietyNamedTwice, UnknownSociety

Registered = Mapping[str, date | None]
"""Societies that membership has told of, with the day of their registration where it was told."""


def named_once(societies: Sequence[str], *, field: str) -> None:
    """Lets a list pass in which each society stands once.

    Raises:
        SocietyNamedTwice: names every society that stands more often.
    """
    if repeated := [society for society, count in Counter(societies).items() if count > 1]:
        raise SocietyNamedTwice(field=field, value=repeated)


def known_to_us(societies: Sequence[str], known: Registered, *, field: str) -> None:
    """Lets societies pass that are registered.

    Raises:
        UnknownSociety: names every one that is not.
    """
    if unknown := [society for society in societies if society not in known]:
        raise UnknownSociety(field=field, value=unknown)


def all_registered(societies: Sequence[str], known: Registered) -> date | None:
    """The first day on which all of them were registered, as far as that is known."""
    return max((day for day in map(known.get, societies) if day is not None), default=None)
