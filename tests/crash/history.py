"""A short history of a few societies, as requests; every one may be repeated."""

from collections.abc import Iterator
from typing import Any

from services.membership.identifiers import completed

SOCIETIES = [
    ("A-01", "science"),
    ("A-02", "science"),
    ("B-01", "engineering"),
    ("C-01", "agriculture"),
    ("D-01", "medicine"),
]
Step = tuple[str, dict[str, Any], str]


def registrations() -> Iterator[Step]:
    for number, (code, discipline) in enumerate(SOCIETIES):
        yield (
            "/api/membership/societies",
            {
                "code": code,
                "name": f"Society {code}",
                "credit_code": completed(f"51420000{number:08d}"),
                "discipline": discipline,
                "registered_on": "2010-01-01",
            },
            f"register-{code}",
        )


def year(rounds: int = 12) -> Iterator[Step]:
    """A year of the societies' life, a month a round."""
    for month in range(1, rounds + 1):
        for code, _ in SOCIETIES:
            at, day = f"/api/membership/societies/{code}", f"2024-{month:02d}-15"
            key = f"{code}-{month}"
            members = [{} for _ in range(40 + month)]
            yield f"{at}/members/bulk", {"kind": "individual", "admitted_on": day, "members": members}, f"bulk-{key}"
            yield f"{at}/members", {"kind": "unit", "admitted_on": day}, f"one-{key}"
            meeting = {"organ": "council", "entitled": 60, "present": 45, "held_on": day}
            yield f"{at}/meetings", meeting, f"meeting-{key}"
            activity = {
                "title": f"Lecture {month}",
                "kind": "lecture",
                "level": "provincial",
                "starts_on": day,
                "organisers": [{"society": code, "role": "host"}],
            }
            yield "/api/events/activities", activity, f"activity-{key}"
