"""What is proofread, and how names that lead nowhere are told."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chassis.language import N_, Phrase
from contracts.event import Correction
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.nearness import nearest, none_of
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.spec import PolicySpec
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import Vocabulary, amending


class Proof(NamedTuple):
    """A policy beside the events it may speak of."""

    spec: PolicySpec
    vocabulary: Vocabulary


EVENT = N_("There is no event {name}"), N_("There is no event {name}; is {near} meant?")
MEASURE = N_("There is no measure {name}"), N_("There is no measure {name}; is {near} meant?")
GRADE = N_("There is no grade {name}"), N_("There is no grade {name}; is {near} meant?")
QUOTA = N_("There is no class with a quota {name}"), N_("There is no class with a quota {name}; is {near} meant?")
CLOCK = N_("There is no clock {name}"), N_("There is no clock {name}; is {near} meant?")
FIELD = N_("{event} has no field {name}"), N_("{event} has no field {name}; is {near} meant?")


def nowhere(templates: tuple[Phrase, Phrase], name: str, known: Iterable[str], **said: object) -> Sentence:
    """That a name leads nowhere, and the one that was perhaps meant."""
    near = nearest(name, known)
    if near is not None:
        return Sentence.of(templates[1], name=name, near=near, **said)
    return Sentence.of(templates[0], name=name, **said)


def one_of_these(path: Path, used: Iterable[object], known: tuple[str, ...]) -> Iterator[Flaw]:
    """What is none of the words there are."""
    for word in used:
        if word not in known:
            yield Flaw(path, none_of(str(word), known))


def told_once(path: Path, names: Iterable[str], template: Phrase) -> Iterator[Flaw]:
    """A name that stands for two things, at the second."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Flaw((*path, index, "id"), Sentence.of(template, id=name))
        seen.add(name)


def no_event(name: str, proof: Proof) -> Sentence:
    """That there is no such event to count; of one that withdraws or corrects, which one it is about."""
    event = amending().get(name)
    if event is None:
        return nowhere(EVENT, name, proof.vocabulary)
    template = N_("{name} withdraws a record, which then no longer counts by itself: it cannot be counted")
    if issubclass(event, Correction):
        template = N_("{name} corrects a record, which then counts as corrected by itself: it cannot be counted")
    return Sentence.of(template, name=name)
