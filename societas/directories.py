"""Where platforms on this machine keep their data unless they are told: real records and a demo apart."""

from pathlib import Path

from societas.platform import ADMIN_TOKEN
from societas.premises import works_at

OWN = Path(".societas")
DEMO = Path(".societas-demo")


def directory_at(url: str) -> Path:
    """The one whose platform is at that address; if there is none, the first that exists."""
    known = (OWN, DEMO)
    working = [one for one in known if works_at(one, url)]
    return [*working, *(one for one in known if (one / ADMIN_TOKEN).exists()), OWN][0]
