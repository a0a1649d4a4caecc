"""What evaluation says of reviews, as far as these pages show it."""

import msgspec

from services.portal.documents import PolicyName, Row


class Points(msgspec.Struct, frozen=True):
    """Points of those that apply."""

    total: str
    max: str


class Numbered(msgspec.Struct, frozen=True):
    """An objection by its number in the review."""

    number: int


class Revision(msgspec.Struct, frozen=True):
    """What an upheld objection did to a rating: nothing more, where others had put the same fault right."""

    before: Points
    after: Points
    put_right_by: list[Numbered] = []


class Objection(msgspec.Struct, frozen=True):
    """An objection and what became of it; no words of it are published, and nobody's vote."""

    objection: str
    objector: str
    about: str
    raised_on: str
    indicator: str | None = None
    outcome: str | None = None
    decided_on: str | None = None
    members: int | None = None
    present: int | None = None
    uphold: int | None = None
    dismiss: int | None = None
    revision: Revision | None = None


class Due(msgspec.Struct, frozen=True):
    """What the association owes by a day."""

    duty: str
    due_on: str
    late: bool
    objection: str | None = None
    done_on: str | None = None


class Review(msgspec.Struct, frozen=True):
    """How a review stands. Of a file that is broken there is what comes before the step at which it breaks, if any."""

    review: str
    phase: str
    binding: bool
    steps: int
    policy: PolicyName | None = None
    as_of: str | None = None
    chain: str | None = None
    opened_on: str | None = None
    broken_at: int | None = None
    hash: str | None = None
    published_on: str | None = None
    objections_until: str | None = None
    confirmed_on: str | None = None
    sealed_on: str | None = None
    objections: list[Objection] = []
    timetable: list[Due] = []

    def number(self, objection: str | None) -> int | None:
        """Which objection of the review it is, from 1."""
        ids = [one.objection for one in self.objections]
        return ids.index(objection) + 1 if objection in ids else None


class Reviews(msgspec.Struct, frozen=True):
    """The reviews there are."""

    items: list[Review]


class Results(msgspec.Struct, frozen=True):
    """The result list of a review, best first."""

    results: list[Row] = []
