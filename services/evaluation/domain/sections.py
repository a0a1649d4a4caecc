"""The sections of an index system: what each is worth, and what its indicators add up to."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from chassis.language import N_
from services.evaluation.domain.nearness import nearest
from services.evaluation.domain.points import Number, decimal_text, half_up, number_text, whole_or_exact
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.spec import Extras, Group, Indicator, PolicySpec
from services.evaluation.domain.texts import Sentence

WHOLE = ""
"""The name of the whole among the sections: the one that is within no other."""

_ALL = Fraction(1)


class Sections:
    """The tree of a policy's sections, from the whole down to the indicators."""

    def __init__(self, spec: PolicySpec) -> None:
        self.spec = spec
        self.groups: dict[str, list[str]] = {WHOLE: [], **{name: [] for name in spec.groups}}
        for name, group in spec.groups.items():
            self.groups.get(group.within or WHOLE, []).append(name)
        self.indicators: dict[str, list[Indicator]] = {name: [] for name in self.groups}
        for indicator in spec.indicators:
            self.indicators.get(indicator.group, []).append(indicator)

    def parents(self, name: str) -> list[str]:
        """The sections a section lies within, the nearest first; ends where a circle would begin."""
        found: list[str] = []
        above = self.spec.groups[name].within
        while above is not None and above in self.spec.groups and above not in (name, *found):
            found.append(above)
            above = self.spec.groups[above].within
        return found

    def worth(self, name: str) -> Fraction:
        """What a section is worth, in units."""
        if name == WHOLE:
            return Fraction(self.spec.full)
        group = self.spec.groups[name]
        if group.weight is not None:
            return group.weight * self.worth(group.within or WHOLE)
        return Fraction(self.sum(name) if group.full is None else group.full)

    def sum(self, name: str) -> Fraction:
        """What the parts of a section that have points are worth together, in units."""
        own = sum(one.full for one in self.indicators[name] if not one.extra and one.weight is None)
        return own + sum((self.worth(each) for each in self.groups[name] if not self._weight(each)), Fraction(0))

    def _weight(self, name: str) -> Fraction | None:
        return self.spec.groups[name].weight

    def fulls(self) -> dict[str, int]:
        """The units of each indicator by its id. Weights are rounded so that the whole keeps its sum to the unit."""
        exact = {one.id: self._exact(one) for one in self.spec.indicators}
        base = [one for one in self.spec.indicators if not one.extra]
        rounded: dict[str, int] = {one.id: one.full for one in self.spec.indicators if one.extra}
        before = Fraction(0)
        for one in base:
            after = before + exact[one.id]
            rounded[one.id] = half_up(after, 1) - half_up(before, 1)
            before = after
        return rounded

    def _exact(self, one: Indicator) -> Fraction:
        return Fraction(one.full) if one.weight is None else one.weight * self.worth(one.group)

    def flaws(self) -> Iterator[Flaw]:
        """Sections that lead nowhere or in a circle, and parts that do not add up."""
        astray = list(self.astray())
        yield from astray
        for name, group in self.spec.groups.items():
            if group.full is not None and group.weight is not None:
                yield Flaw(("groups", name), Sentence.of(N_("A group has points or a weight, not both")))
        for name in () if astray else self.groups:
            yield from self._adding_up(name)

    def astray(self) -> Iterator[Flaw]:
        """Sections and indicators whose place in the tree cannot be told."""
        for name, group in self.spec.groups.items():
            if group.within is not None and group.within not in self.spec.groups:
                yield Flaw(("groups", name, "within"), self._no_group(group.within))
            elif group.within is not None and name in (group.within, *self.parents(group.within)):
                yield Flaw(("groups", name, "within"), Sentence.of(N_("{group} lies within itself"), group=name))
        for index, one in enumerate(self.spec.indicators):
            if one.group not in self.spec.groups:
                path = ("indicators", index, "group")
                yield Flaw(path, self._no_group(one.group))

    def _no_group(self, name: str) -> Sentence:
        near = nearest(name, self.spec.groups)
        if near is None:
            return Sentence.of(N_("There is no group {name}"), name=name)
        return Sentence.of(N_("There is no group {name}; is {near} meant?"), name=name, near=near)

    def _adding_up(self, name: str) -> Iterator[Flaw]:
        path: tuple[str, ...] = ("points",) if name == WHOLE else ("groups", name)
        parts = [one for one in self.indicators[name] if not one.extra]
        weights = [one.weight for one in parts if one.weight is not None]
        weights += [weight for each in self.groups[name] if (weight := self._weight(each)) is not None]
        if not parts and not self.groups[name]:
            if not self.indicators[name]:
                yield Flaw(path, Sentence.of(N_("No indicator lies in it")))
            return
        if not weights:
            yield from self._points(name, path)
        elif len(weights) < len(parts) + len(self.groups[name]):
            yield Flaw(
                path, Sentence.of(N_("Its parts have now points, now weights: all must have the one or the other"))
            )
        elif sum(weights) != _ALL:
            said = number_text(whole_or_exact(sum(weights) * 100))
            yield Flaw(path, Sentence.of(N_("The weights of its parts add up to {sum} %, not to 100 %"), sum=said))
        elif name != WHOLE and self.worth(name) == 0:
            yield Flaw(path, Sentence.of(N_("Its parts have weights, but it has no points to share among them")))

    def _points(self, name: str, path: tuple[str, ...]) -> Iterator[Flaw]:
        if name == WHOLE:
            total = self.sum(WHOLE)
            template = N_("The points of the indicators add up to {total}, not to {full}")
        else:
            total, template = self.sum(name), N_("The points of its parts add up to {total}, not to {full}")
        worth = self.worth(name)
        if total != worth:
            said = {"total": decimal_text(half_up(total, 1)), "full": decimal_text(half_up(worth, 1))}
            yield Flaw(path, Sentence.of(template, **said))


class Tally(NamedTuple):
    """What a section comes to: earned of full marks, on top of them; of full marks what applies, and what is known."""

    base: int
    extra: int
    applicable: int
    known: int = 0


class Summed(NamedTuple):
    """What one indicator contributes to its group: points, extra or not, its maximum if it applies, and if known."""

    group: str
    extra: bool
    points: int
    applicable: int
    known: int


def settle(groups: Mapping[str, Group], whole: Extras, contributions: Sequence[Summed]) -> int:
    """The total of all contributions, in units. Whatever is taken off never takes the whole below nothing."""
    final = tallied(groups, whole, contributions)[WHOLE]
    return max(final.base + final.extra, 0)


def tallied(groups: Mapping[str, Group], whole: Extras, contributions: Sequence[Summed]) -> dict[str, Tally]:
    """What every section and the whole come to, from the innermost outwards.

    Extra points of a section are cut at its ``up_to``; and, unless they may go over full marks, at what its other
    indicators lack of theirs.
    """
    tallies = {name: Tally(0, 0, 0) for name in (*groups, WHOLE)}
    for one in contributions:
        before = tallies[one.group]
        base, extra = (
            (before.base, before.extra + one.points) if one.extra else (before.base + one.points, before.extra)
        )
        tallies[one.group] = Tally(base, extra, before.applicable + one.applicable, before.known + one.known)
    for name in _inside_out(groups):
        inner = tallies[name] = cut(tallies[name], groups[name].extras)
        above = groups[name].within or WHOLE
        tallies[above] = Tally(*(mine + its for mine, its in zip(tallies[above], inner, strict=True)))
    tallies[WHOLE] = cut(tallies[WHOLE], whole)
    return tallies


def attainable(spec: PolicySpec) -> int:
    """The most points there are to earn, extra ones included as far as they count, in units."""
    fulls = Sections(spec).fulls()
    parts = [
        Summed(one.group, one.extra, fulls[one.id], 0 if one.extra else fulls[one.id], 0) for one in spec.indicators
    ]
    return settle(spec.groups, spec.extras, parts)


def cut(tally: Tally, extras: Extras | None) -> Tally:
    """A section with its extra points cut at what it allows."""
    if extras is None:
        return tally
    extra = tally.extra if extras.up_to is None else min(tally.extra, extras.up_to)
    if not extras.over_full:
        extra = min(extra, tally.applicable - tally.base)
    return tally._replace(extra=extra)


def _inside_out(groups: Mapping[str, Group]) -> list[str]:
    """The sections, each before the one it lies within."""

    def depth(name: str) -> int:
        above = groups[name].within
        return 0 if above is None else 1 + depth(above)

    return sorted(groups, key=depth, reverse=True)


def with_all_within(groups: Mapping[str, Group], named: Sequence[str]) -> frozenset[str]:
    """Some sections and all that lie within them."""
    found = set(named)
    for name in reversed(_inside_out(groups)):
        if groups[name].within in found:
            found.add(name)
    return frozenset(found)


def in_points(pay: Number, full: int) -> Fraction:
    """A floor written in points, or as a share of full marks, in units."""
    return Fraction(pay) if isinstance(pay, int) else pay * full
