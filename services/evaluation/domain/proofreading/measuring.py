"""What is read of events: that there are such events, and that their fields can say what is asked of them."""

import re
from collections.abc import Iterator, Mapping

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.filters import FLAG, NUMBER, TEXT, Need
from services.evaluation.domain.folds import Fold
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.proofreading.proof import (
    FIELD,
    MEASURE,
    Proof,
    no_event,
    nowhere,
    one_of_these,
    told_once,
)
from services.evaluation.domain.proofreading.said import mention_flaws, running_flaws
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import FieldKind

_WRITTEN: Mapping[str, type] = {FLAG: bool, NUMBER: int, TEXT: str}


def society(proof: Proof) -> Iterator[Flaw]:
    """The event that registers a society, and its fields."""
    source = proof.spec.society
    if source.event not in proof.vocabulary:
        yield Flaw(("society", "event"), no_event(source.event, proof))
        return
    for part, field in (("name", source.name), ("peer_group", source.peer_group)):
        if field not in proof.vocabulary[source.event]:
            yield Flaw(("society", part), _no_field(proof, source.event, field))


def measures(proof: Proof) -> Iterator[Flaw]:
    """The events and fields that measures read."""
    for name, fold in proof.spec.measures.items():
        path: Path = ("measures", name)
        for place, event in fold.events_at():
            if event not in proof.vocabulary:
                yield Flaw((*path, *place), no_event(event, proof))
        for need in fold.needs():
            yield from _need(proof, path, need)
        yield from running_flaws(proof, path, name, fold)
        yield from _compared(proof, path, fold)


def _compared(proof: Proof, path: Path, fold: Fold) -> Iterator[Flaw]:
    """Measures that records are held against: there, numbers, and not held against another one themselves."""
    known = proof.spec.measures
    for field, against in fold.compared.items():
        where: Path = (*path, "compared", field, "of")
        if against.of not in known:
            yield Flaw(where, nowhere(MEASURE, against.of, known))
        elif known[against.of].compared:
            template = N_("{measure} is compared with another measure itself, so nothing is compared with it")
            yield Flaw(where, Sentence.of(template, measure=against.of))
        else:
            yield from mention_flaws(proof, (), Mention(where, against.of, number=True))


def clocks(proof: Proof) -> Iterator[Flaw]:
    """The events and fields that clocks read."""
    yield from told_once(("clocks",), (clock.id for clock in proof.spec.clocks), N_("There are two clocks {id}"))
    for index, clock in enumerate(proof.spec.clocks):
        path: Path = ("clocks", index)
        for place, told in clock.told_at():
            if told.event not in proof.vocabulary:
                yield Flaw((*path, *place, "event"), no_event(told.event, proof))
        for need in clock.needs():
            yield from _need(proof, path, need)


def _need(proof: Proof, path: Path, need: Need) -> Iterator[Flaw]:
    if need.type not in proof.vocabulary:
        return
    there = proof.vocabulary[need.type].get(need.field)
    if there is None:
        yield Flaw((*path, *need.path), _no_field(proof, need.type, need.field))
    elif there.kind not in need.kinds:
        template = N_("{field} of {event} is of kind {kind}; what can be used here: {kinds}")
        said = {"field": need.field, "event": need.type, "kind": there.kind, "kinds": sorted(need.kinds)}
        yield Flaw((*path, *need.path), Sentence.of(template, **said))
    elif there.words:
        yield from one_of_these((*path, *need.path), need.words, there.words)
    else:
        for sentence in _misfits(need, there):
            yield Flaw((*path, *need.path), sentence)


def _misfits(need: Need, there: FieldKind) -> Iterator[Sentence]:
    """What a filter asks of a field that the field can never say."""
    for word in need.words:
        if there.kind in _WRITTEN and type(word) is not _WRITTEN[there.kind]:
            template = N_("{word} does not fit {field}, which holds values of kind {kind}; texts need quotes")
            yield Sentence.of(template, word=str(word), field=need.field, kind=there.kind)
        elif there.pattern is not None and not re.search(there.pattern, str(word)):
            template = N_("{field} of {event} can never be {word}: it has the form {pattern}")
            yield Sentence.of(template, field=need.field, event=need.type, word=str(word), pattern=there.pattern)


def _no_field(proof: Proof, event: str, field: str) -> Sentence:
    return nowhere(FIELD, field, proof.vocabulary[event], event=event)
