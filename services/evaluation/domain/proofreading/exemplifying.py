"""Examples: names that lead nowhere, and records that no service could tell."""

from collections.abc import Iterable, Iterator
from datetime import date

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.examples import NONE, UNKNOWN, Expected, Given, Record
from services.evaluation.domain.filters import DAY, FLAG, NUMBER
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.points import exact
from services.evaluation.domain.proofreading.proof import FIELD, Proof, no_event, nowhere, one_of_these
from services.evaluation.domain.proofreading.said import mention_flaws
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import FieldKind


def examples(proof: Proof) -> Iterator[Flaw]:
    """What is wrong with the examples as they are written, whatever they come to."""
    for index, example in enumerate(proof.spec.examples):
        path: Path = ("examples", index)
        yield from _given(proof, (*path, "given"), example.given)
        yield from _expected(proof, (*path, "expected"), example.expected)


def _given(proof: Proof, path: Path, given: Given) -> Iterator[Flaw]:
    for index, record in enumerate(given.records):
        yield from _record(proof, (*path, "records", index), record)
    for name, value in given.measures.items():
        where = (*path, "measures", name)
        if name in proof.spec.figures:
            template = N_("{name} is a figure, which is worked out: give the measures that it looks at")
            yield Flaw(where, Sentence.of(template, name=name))
            continue
        words = () if value == UNKNOWN else (value,)
        yield from mention_flaws(proof, where, Mention((), name, words=words))


def _record(proof: Proof, path: Path, record: Record) -> Iterator[Flaw]:
    fields = proof.vocabulary.get(record.event)
    if fields is None:
        yield Flaw((*path, "event"), no_event(record.event, proof))
        return
    for name, value in record.fields.items():
        there = fields.get(name)
        if there is None:
            yield Flaw((*path, name), nowhere(FIELD, name, fields, event=record.event))
        elif there.words:
            yield from one_of_these((*path, name), (value,), there.words)
        elif not _fits(value, there):
            template = N_("{value} does not fit {field}, which holds values of kind {kind}")
            yield Flaw((*path, name), Sentence.of(template, value=str(value), field=name, kind=there.kind))


def _fits(value: object, there: FieldKind) -> bool:
    if there.kind == FLAG:
        return isinstance(value, bool)
    if there.kind == NUMBER:
        return not isinstance(value, bool) and exact(value) is not None
    return isinstance(value, date) if there.kind == DAY else True


def _expected(proof: Proof, path: Path, expected: Expected) -> Iterator[Flaw]:
    spec = proof.spec
    named: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("vetoes", expected.vetoes or (), (one.id for one in spec.vetoes)),
        ("ineligible", expected.ineligible or (), (one.id for one in spec.eligibility)),
        ("indicators", expected.indicators, (one.id for one in spec.indicators)),
        ("measures", expected.measures, (*spec.measures, *spec.figures)),
        ("grade", _one(expected.grade), (*(one.id for one in spec.grades), NONE)),
        ("profile", _one(expected.profile), (*(one.id for one in spec.profiles), NONE)),
    )
    for key, used, known in named:
        there = tuple(known)
        for step, name in enumerate(used):
            place = (key,) if key in ("grade", "profile") else (key, name if key in _BY_NAME else step)
            yield from one_of_these((*path, *place), (name,), there)


_BY_NAME = ("indicators", "measures")


def _one(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)
