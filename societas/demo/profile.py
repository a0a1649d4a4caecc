"""What sort of society each one is in this story: how big, how lively, how its year leans."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isqrt

from societas.demo import chance
from societas.demo.societies import Society

MEMBERS_PER_SOCIETY = 1208
"""Members of a provincial society on average, 2005 (National Bureau of Statistics, 2006 yearbook)."""
SIZE_SPREAD = 1.05
SMALLEST, LARGEST = 60, 14_000
WITHOUT_PARTY_ORGANISATION = 3
ESTABLISHING_ONE_THIS_YEAR = 9
BELOW_THREE_QUARTERS = 8
ONE_APPLIES_OF = 8
"""Of how many societies one, the liveliest, asks for a grade."""
TROUBLED = ("barely-passed-twice",) * 3 + ("last-check-failed", "warned", "warned")
"""What lies behind some of those who ask, all of it before the first day or of the year before it."""
SLACK, LIVELY = 0.35, 0.6
BIG = 800


@dataclass(frozen=True, slots=True)
class Profile:
    """A society's part in the story.

    `vigour` is between 0 (dormant) and 1 (exemplary), `tilt` between -0.8 (its year fades) and 0.8 (it wakes up);
    `members` is the stock before the first day; `term_years` the length of a council's term; `party` says when it has
    a party organisation: standing, this-year or none; `applies` whether it has asked for a grade, `trouble` what might
    have barred it: barely-passed-twice, last-check-failed, warned, or nothing.
    """

    society: Society
    serial: int
    seed: int
    first_day: date
    members: int
    vigour: float
    tilt: float
    registered_on: date
    term_years: int
    last_election_on: date
    council_seats: int
    front_line_enough: bool = True
    party: str = "standing"
    applies: bool = False
    trouble: str = ""

    @property
    def code(self) -> str:
        """The society's id."""
        return self.society.code

    @property
    def liveliness(self) -> float:
        """How much more, or less, than the average society it does; 1.0 on average."""
        return 0.3 + 1.4 * self.vigour

    @property
    def slack(self) -> bool:
        """Whether it lets terms run over and filings lie."""
        return self.vigour < SLACK

    @property
    def lively(self) -> bool:
        """Whether it does more than it must."""
        return self.vigour > LIVELY

    @property
    def big(self) -> bool:
        """Whether it has more than 800 members."""
        return self.members > BIG


def profiles(societies: Sequence[Society], seed: int, first_day: date) -> tuple[Profile, ...]:
    """The cast, in the order of the societies; the members add up to the published average."""
    sizes = _sizes(societies, seed)
    casting = chance.generator(seed, "casting")
    order = casting.sample(range(len(societies)), len(societies))
    without, late = WITHOUT_PARTY_ORGANISATION, WITHOUT_PARTY_ORGANISATION + ESTABLISHING_ONE_THIS_YEAR
    parties = dict.fromkeys(order[:without], "none") | dict.fromkeys(order[without:late], "this-year")
    short = set(order[late - 2 : late - 2 + BELOW_THREE_QUARTERS])
    cast = tuple(
        replace(
            _character(society, serial, seed, sizes[serial], first_day),
            party=parties.get(serial, "standing"),
            front_line_enough=serial not in short,
        )
        for serial, society in enumerate(societies)
    )
    return _applying(cast, seed)


def _applying(cast: Sequence[Profile], seed: int) -> tuple[Profile, ...]:
    """The cast with those marked that ask for a grade, and whatever troubles some of them."""
    asking = sorted(cast, key=lambda one: (-one.vigour, one.serial))[: len(cast) // ONE_APPLIES_OF]
    shuffled = chance.generator(seed, "applying").sample(asking, len(asking))
    trouble = {one.serial: what for one, what in zip(shuffled, TROUBLED, strict=False)}
    serials = {one.serial for one in asking}
    return tuple(replace(one, applies=one.serial in serials, trouble=trouble.get(one.serial, "")) for one in cast)


def _sizes(societies: Sequence[Society], seed: int) -> list[int]:
    draws = [
        min(LARGEST, max(SMALLEST, chance.lognormal(chance.generator(seed, society.code, "size"), 1100, SIZE_SPREAD)))
        for society in societies
    ]
    scale = MEMBERS_PER_SOCIETY * len(societies) / sum(draws)
    return [round(draw * scale) for draw in draws]


def _character(society: Society, serial: int, seed: int, members: int, first_day: date) -> Profile:
    draw = chance.generator(seed, society.code, "character")
    vigour = 0.5 + 0.2 * chance.normal(draw) + (0.08 if members > MEMBERS_PER_SOCIETY else -0.03)
    term_years = 5 if chance.happens(draw, 0.6) else 4
    since_election = draw.randrange(2, term_years * 365 + (120 if vigour < SLACK else 0))
    return Profile(
        society=society,
        serial=serial,
        seed=seed,
        first_day=first_day,
        members=members,
        vigour=min(0.98, max(0.04, vigour)),
        tilt=max(-0.8, min(0.8, 0.35 * chance.normal(draw))),
        registered_on=chance.day_between(draw, date(1979, 1, 1), date(2014, 12, 31)),
        term_years=term_years,
        last_election_on=first_day - timedelta(days=since_election),
        council_seats=min(181, 31 + 2 * round(isqrt(members) * draw.uniform(0.5, 1.0))),
    )
