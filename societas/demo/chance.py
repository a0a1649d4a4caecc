"""Chance that falls the same on every machine: sums, products and correctly rounded exponentials, no libm."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from societas.demo.year import Year

EVEN = (1.0,) * 12


def generator(seed: int, *about: object) -> Random:
    """The generator for one matter: the same seed and matter give the same numbers, whatever was drawn before."""
    return Random(":".join(map(str, (seed, *about))))  # noqa: S311 — a story is told, nothing is protected


def exp(value: float) -> float:
    """The exponential of the value, correctly rounded (math.exp may differ in the last place between machines)."""
    return float(Decimal(repr(value)).exp())


def normal(chance: Random) -> float:
    """A draw of mean 0 and variance 1: twelve uniform draws less six."""
    return sum(chance.random() for _ in range(12)) - 6.0


def lognormal(chance: Random, mean: float, sigma: float) -> float:
    """A skewed positive draw with this mean; sigma is the deviation of its logarithm."""
    return mean * exp(sigma * normal(chance) - sigma * sigma / 2)


def poisson(chance: Random, mean: float) -> int:
    """How often a thing of this mean frequency happens (Knuth's product of uniforms)."""
    limit, product, count = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def happens(chance: Random, probability: float) -> bool:
    """Whether a thing of this probability happens."""
    return chance.random() < probability


def some(chance: Random, amount: float) -> int:
    """The amount rounded up or down at random, so that its mean is kept."""
    whole = int(amount)
    return whole + (chance.random() < amount - whole)


def day_between(chance: Random, first: date, last: date) -> date:
    """A day of first..last, both included, all alike."""
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def day_of_year(chance: Random, year: Year, months: Sequence[float] = EVEN, tilt: float = 0.0) -> date:
    """A day of the year by the weights of its months; a positive tilt prefers late days, a negative one early."""
    span, top = (year.last - year.first).days, max(months) * (1 + abs(tilt))
    while True:
        passed = chance.randrange(span + 1)
        day = year.first + timedelta(days=passed)
        if chance.random() * top <= months[day.month - 1] * (1 + tilt * (2 * passed / span - 1)):
            return day
