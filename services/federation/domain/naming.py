"""What lists of societies and days must satisfy wherever they stand."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from services.federation.domain.refusals import InTheFuture, SocietyNamedTwice, UnknownSociety


def happened(day: date, *, field: str, today: date) -> None:
    """Lets today and every day before pass; records may be late.

    Raises:
        InTheFuture: the day is after today.
    """
    if day > today:
        raise InTheFuture(field=field, value=day, today=today)


def named_once(societies: Sequence[str], *, field: str) -> None:
    """Lets a list pass in which each society stands once.

    Raises:
        SocietyNamedTwice: names every society that stands more often.
    """
    if repeated := [society for society, count in Counter(societies).items() if count > 1]:
        raise SocietyNamedTwice(field=field, value=repeated)


def known_to_us(societies: Sequence[str], known: Collection[str], *, field: str) -> None:
    """Lets societies pass that are registered.

    Raises:
        UnknownSociety: names every one that is not.
    """
    if unknown := [society for society in societies if society not in known]:
        raise UnknownSociety(field=field, value=unknown)
