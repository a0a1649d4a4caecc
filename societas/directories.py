"""Where platforms on this machine keep their data unless they are told: real records and a demo apart."""

import os
from pathlib import Path

from chassis.language import N_
from chassis.refusals import Refusal
from societas.platform import ADMIN_TOKEN
from societas.premises import address_of, works_at

OWN = Path(".societas")
DEMO = Path(".societas-demo")


class NotRunning(Refusal):
    """A data directory was named on which no platform works."""

    slug = "not-running"
    title = N_("No platform runs there")
    detail = N_(
        "No platform works on {value}. Start it with `societas up --data {value}`, or say where it is with --url."
    )


def address_at(data: Path | None) -> str | None:
    """Where the platform of a data directory is; else of one of those known, if one works.

    Raises:
        NotRunning: a directory was named, and none does.
    """
    found = [address for one in ([data] if data else (OWN, DEMO)) if (address := address_of(one))]
    if data and not found:
        raise NotRunning(field="data", value=data)
    return found[0] if found else None


def vouches(data: Path, url: str) -> bool:
    """Whether the credentials of a data directory are for that address.

    They are where its own platform is there, or where the environment names both together, as a deployment does.
    """
    together = (os.environ.get("SOCIETAS_URL"), os.environ.get("SOCIETAS_DATA"))
    return works_at(data, url) or together == (url, str(data))


def directory_at(url: str) -> Path:
    """The one whose platform is at that address; if there is none, the first that exists."""
    known = (OWN, DEMO)
    working = [one for one in known if works_at(one, url)]
    return [*working, *(one for one in known if (one / ADMIN_TOKEN).exists()), OWN][0]
