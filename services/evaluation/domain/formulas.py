"""Formulas: arithmetic on measures as a policy writes it, exact, and nothing else."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import PlainValidator

from chassis.language import N_
from services.evaluation.domain.points import Number, half_up, whole_or_exact

LONGEST = 600
"""How many characters a formula may have."""

_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]{1,18}(?:\.[0-9]{1,12})?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*/(),]))")
_DEEPEST = 20

Figures = Mapping[str, Number]
Work = Callable[[Figures], Number]


def _whole(number: Number) -> int:
    return number.numerator // number.denominator


def _nearest(number: Number) -> int:
    return half_up(number.numerator, number.denominator)


FUNCTIONS: Mapping[str, Callable[..., Number]] = {"min": min, "max": max, "floor": _whole, "round": _nearest}
_OF_ONE = frozenset({"floor", "round"})


class Formula(NamedTuple):
    """A formula ready to be worked out: its text, the names in it, and how to work it out."""

    text: str
    names: tuple[str, ...]
    work: Work

    def value(self, figures: Figures) -> Number | None:
        """What it comes to, exactly; None if it divides by nothing."""
        try:
            return whole_or_exact(self.work(figures))
        except ZeroDivisionError:
            return None

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text cut at its names; true marks a name."""
        last = 0
        for match in re.finditer(r"[a-z][a-z0-9_]*", self.text):
            if match[0] in self.names:
                yield self.text[last : match.start()], False
                yield match[0], True
                last = match.end()
        yield self.text[last:], False


class _Token(NamedTuple):
    kind: str
    text: str


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0
        self.names: dict[str, None] = {}

    def whole(self) -> Work:
        work = self.sum()
        if self.at < len(self.tokens):
            raise _wrong()
        return work

    def sum(self) -> Work:
        work = self.product()
        while (sign := self.take("+", "-")) is not None:
            work = _added(work, self.product()) if sign == "+" else _taken(work, self.product())
        return work

    def product(self) -> Work:
        work = self.factor()
        while (sign := self.take("*", "/")) is not None:
            work = _multiplied(work, self.factor()) if sign == "*" else _divided(work, self.factor())
        return work

    def factor(self) -> Work:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _wrong()
        try:
            if self.take("-"):
                return _negated(self.factor())
            if self.take("("):
                return self.closed(self.sum())
            return self.atom()
        finally:
            self.depth -= 1

    def atom(self) -> Work:
        token = self.next()
        if token.kind == "number":
            constant = whole_or_exact(Fraction(token.text))
            return lambda _: constant
        if token.kind != "name":
            raise _wrong()
        if self.take("("):
            return self.call(token.text)
        self.names[token.text] = None
        name = token.text
        return lambda figures: figures[name]

    def call(self, name: str) -> Work:
        function = FUNCTIONS.get(name)
        parts = [self.sum()]
        while self.take(","):
            parts.append(self.sum())
        if function is None or (len(parts) == 1) != (name in _OF_ONE):
            raise _wrong()
        return self.closed(lambda figures: function(*[part(figures) for part in parts]))

    def closed(self, work: Work) -> Work:
        if self.take(")") is None:
            raise _wrong()
        return work

    def take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at].text in signs:
            self.at += 1
            return self.tokens[self.at - 1].text
        return None

    def next(self) -> _Token:
        if self.at >= len(self.tokens):
            raise _wrong()
        self.at += 1
        return self.tokens[self.at - 1]


def _tokens(text: str) -> Iterator[_Token]:
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _wrong()
        yield _Token(match.lastgroup, match[match.lastgroup])
        at = match.end()


def _added(one: Work, other: Work) -> Work:
    return lambda figures: one(figures) + other(figures)


def _taken(one: Work, other: Work) -> Work:
    return lambda figures: one(figures) - other(figures)


def _multiplied(one: Work, other: Work) -> Work:
    return lambda figures: one(figures) * other(figures)


def _divided(one: Work, other: Work) -> Work:
    return lambda figures: Fraction(one(figures)) / other(figures)


def _negated(one: Work) -> Work:
    return lambda figures: -one(figures)


def _wrong() -> ValueError:
    return ValueError(
        N_("a formula is made of names, numbers, + - * / ( ), min(a, b), max(a, b), floor(a) and round(a)")
    )


def formula_of(text: object) -> Formula:
    """The formula that a text is.

    Raises:
        ValueError: it is none.
    """
    written = str(text)
    if isinstance(text, bool) or len(written) > LONGEST:
        raise _wrong()
    parser = _Parser(written)
    work = parser.whole()
    return Formula(written, tuple(parser.names), work)


Calculation = Annotated[Formula, PlainValidator(formula_of)]
