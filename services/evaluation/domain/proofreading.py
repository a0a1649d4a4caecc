"""Does a policy hold together: everything a shape alone cannot show."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.filters import WORD, Need
from services.evaluation.domain.folds.extremes import Best
from services.evaluation.domain.folds.fold import Fold
from services.evaluation.domain.folds.records import Latest
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.points import UNITS, decimal_text
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.spec import PolicySpec
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import Vocabulary

HUNDRED = 100 * UNITS
TIE_BREAKERS = ("completeness", "code")


class Proof(NamedTuple):
    """A policy beside the events it may speak of."""

    spec: PolicySpec
    vocabulary: Vocabulary


def flaws(proof: Proof) -> Iterator[Flaw]:
    """Every contradiction and every name that leads nowhere, with its place."""
    yield from _society(proof)
    for name, fold in proof.spec.measures.items():
        yield from _measure(proof, ("measures", name), fold)
    yield from _indicators(proof)
    yield from _weights(proof.spec)
    yield from _vetoes(proof)
    yield from _grades(proof.spec)
    yield from _classes(proof)


def _society(proof: Proof) -> Iterator[Flaw]:
    source = proof.spec.society
    if source.event not in proof.vocabulary:
        yield Flaw(("society", "event"), Sentence.of(N_("There is no event {event}"), event=source.event))
        return
    for part, field in (("name", source.name), ("peer_group", source.peer_group)):
        if field not in proof.vocabulary[source.event]:
            yield Flaw(("society", part), _no_field(source.event, field))


def _measure(proof: Proof, path: Path, fold: Fold) -> Iterator[Flaw]:
    for place, event in fold.events_at():
        if event not in proof.vocabulary:
            yield Flaw((*path, *place), Sentence.of(N_("There is no event {event}"), event=event))
    for need in fold.needs():
        if need.type in proof.vocabulary:
            yield from _need(proof, path, need)


def _need(proof: Proof, path: Path, need: Need) -> Iterator[Flaw]:
    there = proof.vocabulary[need.type].get(need.field)
    if there is None:
        yield Flaw((*path, *need.path), _no_field(need.type, need.field))
    elif there.kind not in need.kinds:
        template = N_("{field} of {event} is of kind {kind}; what can be used here: {kinds}")
        said = {"field": need.field, "event": need.type, "kind": there.kind, "kinds": sorted(need.kinds)}
        yield Flaw((*path, *need.path), Sentence.of(template, **said))
    elif there.words:
        yield from _words((*path, *need.path), need.words, there.words)


def _words(path: Path, used: tuple[object, ...], known: tuple[str, ...]) -> Iterator[Flaw]:
    for word in used:
        if word not in known:
            yield Flaw(path, Sentence.of(N_("{word} is not one of: {known}"), word=str(word), known=known))


def _indicators(proof: Proof) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, indicator in enumerate(proof.spec.indicators):
        path: Path = ("indicators", index)
        if indicator.id in seen:
            yield Flaw((*path, "id"), Sentence.of(N_("There are two indicators {id}"), id=indicator.id))
        seen.add(indicator.id)
        if indicator.group not in proof.spec.groups:
            yield Flaw((*path, "group"), Sentence.of(N_("There is no group {group}"), group=indicator.group))
        for mention in indicator.score.mentions():
            yield from _mention(proof, (*path, "score"), mention)
        for flaw in indicator.score.flaws(indicator.full):
            yield Flaw((*path, "score", *flaw.path), flaw.sentence)
        if indicator.applies_when is not None:
            yield from _condition(proof, (*path, "applies_when"), indicator.applies_when)


def _condition(proof: Proof, path: Path, condition: Condition) -> Iterator[Flaw]:
    for mention in mentions(condition):
        yield from _mention(proof, path, mention)


def _mention(proof: Proof, path: Path, mention: Mention) -> Iterator[Flaw]:
    fold = proof.spec.measures.get(mention.measure)
    if fold is None:
        yield Flaw((*path, *mention.path), Sentence.of(N_("There is no measure {measure}"), measure=mention.measure))
        return
    known = _words_said(fold, proof.vocabulary)
    if mention.number and known:
        template = N_("{measure} is a word, where a number is needed")
        yield Flaw((*path, *mention.path), Sentence.of(template, measure=mention.measure))
    elif known:
        yield from _words((*path, *mention.path), mention.words, known)


def _words_said(fold: Fold, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words a measure can say; none if it says numbers."""
    if isinstance(fold, Best):
        return fold.ranking
    if not isinstance(fold, Latest):
        return ()
    fields = [vocabulary.get(event, {}).get(fold.field) for _, event in fold.events_at()]
    return tuple(word for field in fields if field is not None and field.kind == WORD for word in field.words)


def _weights(spec: PolicySpec) -> Iterator[Flaw]:
    total = sum(indicator.full for indicator in spec.indicators)
    if total != spec.full:
        template = N_("The points of the indicators add up to {total}, not to {full}")
        yield Flaw(("points",), Sentence.of(template, total=decimal_text(total), full=decimal_text(spec.full)))


def _vetoes(proof: Proof) -> Iterator[Flaw]:
    grades = {grade.id for grade in proof.spec.grades}
    quotas = {quota.id for quota in proof.spec.classes.quotas}
    for index, veto in enumerate(proof.spec.vetoes):
        path: Path = ("vetoes", index)
        yield from _condition(proof, (*path, "when"), veto.when)
        if veto.caps.grade is not None and veto.caps.grade not in grades:
            yield Flaw((*path, "caps", "grade"), Sentence.of(N_("There is no grade {grade}"), grade=veto.caps.grade))
        for place, name in enumerate(veto.caps.classes):
            if name not in quotas:
                sentence = Sentence.of(N_("There is no class with a quota {name}"), name=name)
                yield Flaw((*path, "caps", "classes", place), sentence)


def _grades(spec: PolicySpec) -> Iterator[Flaw]:
    floors: set[int] = set()
    for index, grade in enumerate(spec.grades):
        floor = decimal_text(grade.at_least)
        if grade.at_least in floors:
            template = N_("Two grades overlap: both begin at {floor}")
            yield Flaw(("grades", index, "at_least"), Sentence.of(template, floor=floor))
        if grade.at_least > HUNDRED:
            template = N_("Grades are cut from a hundred points; {floor} is above them")
            yield Flaw(("grades", index, "at_least"), Sentence.of(template, floor=floor))
        floors.add(grade.at_least)


def _classes(proof: Proof) -> Iterator[Flaw]:
    classes = proof.spec.classes
    if classes.rule is not None:
        yield from _condition(proof, ("classes", "rule", "when"), classes.rule.when)
    ruled = [] if classes.rule is None else [classes.rule.id]
    counted = Counter([*(quota.id for quota in classes.quotas), *ruled, classes.rest.id])
    for name, times in counted.items():
        if times > 1:
            yield Flaw(("classes",), Sentence.of(N_("Two classes are called {name}"), name=name))
    known = (*TIE_BREAKERS, *proof.spec.groups)
    for index, name in enumerate(proof.spec.ties.order):
        yield from _words(("ties", "order", index), (name,), known)


def _no_field(event: str, field: str) -> Sentence:
    return Sentence.of(N_("{event} has no field {field}"), event=event, field=field)
