"""The plan of the story: for each day what is told to whom, the same for the same seed on every machine."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from societas.demo import (
    activities,
    applicants,
    assessments,
    federations,
    filings,
    founding,
    governance,
    journals,
    members,
    records,
    review,
    supervision,
)
from societas.demo.profile import Profile, profiles
from societas.demo.request import Entry, Request
from societas.demo.societies import Society
from societas.demo.year import Year, year, year_of

FIRST_DAY = date(2025, 1, 1)
"""Where the story begins, fixed: its ratings can be computed again anywhere at any time."""


class Plan:
    """What happens on each day. Day 0 is the eve of the first day and tells all that already is.

    A day is planned from the seed alone, without the days before it. `first_day` is a first of January.
    """

    def __init__(self, societies: Sequence[Society], seed: int, first_day: date = FIRST_DAY) -> None:
        """`seed` decides everything that is left to chance."""
        self.seed = seed
        self.first_day = first_day
        self.cast: tuple[Profile, ...] = profiles(societies, seed, first_day)
        codes = {society.code for society in societies}
        known = federations.federations()
        self.federations = tuple(one for one in known if codes.issuperset((*one.lasting, *one.leaves_in_demo)))
        self._calendar = lru_cache(maxsize=4)(self._year)

    def date_of(self, day: int) -> date:
        """The date of a day: day 1 is the first day."""
        return self.first_day + timedelta(days=day - 1)

    def day(self, day: int) -> list[Request]:
        """The requests of a day in their order, each with its idempotency key `demo-<seed>-<day>-<n>`."""
        requests = self._eve() if day == 0 else self._told_on(self.date_of(day))
        return [replace(one, idempotency_key=f"demo-{self.seed}-{day}-{n}") for n, one in enumerate(requests)]

    def _eve(self) -> list[Request]:
        today = self.date_of(0)
        societies = (entry for profile in self.cast for entry in founding.founding(profile, today))
        joint = (entry for federation in self.federations for entry in federations.founding(federation, today))
        return [entry.request for entry in (*societies, *joint)]

    def _told_on(self, today: date) -> list[Request]:
        """Of this year, and what is told late of the year before."""
        index = year_of(self.first_day, today)
        before = self._calendar(index - 1).get(today, ()) if index > 0 else ()
        return [*before, *self._calendar(index).get(today, ())]

    def _year(self, index: int) -> Mapping[date, Sequence[Request]]:
        calendar: dict[date, list[Request]] = defaultdict(list)
        for entry in self._entries(year(self.first_day, index)):
            calendar[entry.on].append(entry.request)
        return calendar

    def _entries(self, of: Year) -> Iterator[Entry]:
        objector = review.objector(self.cast, self.seed, of)
        for profile in self.cast:
            yield from members.turnover(profile, of)
            missed = [review.missed_meeting(of)] if profile.code == objector else []
            yield from governance.governance(profile, of, missed)
            yield from filings.filings(profile, of)
            yield from supervision.supervision(profile, of)
            yield from activities.activities(profile, of, self.cast)
            yield from journals.issues(profile, of)
            yield from journals.figures(profile, of)
            yield from records.records(profile, of)
            yield from assessments.assessments(profile, of)
            yield from applicants.applicants(profile, of)
        for federation in self.federations:
            yield from federations.together(federation, self.seed, of)
        yield from review.review(self.cast, self.seed, of)
