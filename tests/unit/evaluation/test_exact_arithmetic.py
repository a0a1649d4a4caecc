"""No binary fraction takes part in a score, and the points of an indicator are rounded once."""

import ast
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from services.evaluation.domain import rate_history
from services.evaluation.domain.points import decimal_text, paid, pay_of
from services.evaluation.domain.scores import scores
from tests.unit.evaluation.histories import TODAY, admitted, registered
from tests.unit.evaluation.little import TEXT, indicator, policy

DOMAIN = Path("services/evaluation/domain")
OF_INTEGERS = frozenset({"lcm", "gcd", "prod"})


def floats_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Everything by which a binary fraction could come into being, by line."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno, "a binary fraction"
            case ast.Name(id="float"):
                yield node.lineno, "float"
            case ast.BinOp(op=ast.Div(), left=ast.Call(func=ast.Name(id="Fraction"))):
                pass
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                yield node.lineno, "a division of what may be integers"
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in OF_INTEGERS:
                yield node.lineno, f"math.{name}"
            case ast.ImportFrom(module="math" | "statistics" | "random"):
                yield node.lineno, f"from {node.module}"
            case ast.Import(names=names) if {"statistics", "random"} & {one.name for one in names}:
                yield node.lineno, "statistics or random"


@pytest.mark.parametrize("file", sorted(DOMAIN.rglob("*.py")), ids=lambda file: str(file.relative_to(DOMAIN)))
def test_no_float_comes_into_being_in_the_domain(file: Path) -> None:
    assert list(floats_in(ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fraction(a) / b", 0),
        ("a // b", 0),
        ("a / b", 1),
        ("a /= b", 1),
        ("math.lcm(a, b)", 0),
        ("math.floor(a)", 1),
        ("0.5", 1),
        ("float(a)", 1),
        ("from statistics import mean", 1),
    ],
)
def test_what_the_search_for_floats_finds(text: str, found: int) -> None:
    assert len(list(floats_in(ast.parse(text)))) == found


@pytest.mark.parametrize(
    ("value", "steps"),
    [
        (10**19 - 1, 9_999_999_999_999_999),  # as a binary fraction it would be 10**16
        (10**19, 10**16),
        (Fraction(2999, 2), 1),
        (Fraction(1998), 1),
        (2000, 2),
    ],
)
def test_the_steps_of_a_great_number_are_counted_exactly(value: Any, steps: int) -> None:
    spec = {"kind": "first-then", "measure": "m", "begins": 0, "first": 0, "every": 1000, "then": "0.0001"}

    assert scores["first-then"].model_validate(spec).award({"m": value}, 10**17).points == steps


@pytest.mark.parametrize(
    ("pay", "full", "earned"),
    [("1/3", 1, "0.3333"), ("2/3", 1, "0.6667"), ("50%", 3, "1.5"), ("0.3333", 1, "0.3333")],
)
def test_a_part_of_the_points_is_exact_until_it_is_told(pay: str, full: int, earned: str) -> None:
    assert decimal_text(paid(pay_of(pay), full * 10_000)) == earned


def test_three_thirds_of_a_point_are_a_point() -> None:
    third = {"points": "1/3", "score": {"kind": "yes", "when": {"measure": "m", "equals": 1}}}
    spec = {"kind": "sum", "parts": {"a": third, "b": third, "c": third}}

    assert list(scores["sum"].model_validate(spec).flaws(10_000)) == []
    assert decimal_text(scores["sum"].model_validate(spec).award({"m": 1}, 10_000).points) == "1"


def test_a_profile_that_triples_a_third_gives_the_whole() -> None:
    profile = {
        "id": "p",
        "title": TEXT,
        "clause": "一",
        "when": {"measure": "m", "at_least": 0},
        "points": {"one": 3, "two": 97},
    }
    by = policy(
        {"m": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}}},
        indicator({"kind": "linear", "measure": "m", "full_at": 3}, 1),
        indicator({"kind": "linear", "measure": "m", "full_at": 3}, 99, id="two"),
        profiles=[profile],
    )
    rating = rate_history([registered(), admitted(number=1)], by, TODAY)

    assert decimal_text(rating.findings[0].points) == "1"  # not 3 x 0.3333
