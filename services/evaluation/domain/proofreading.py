"""Does a policy hold together: everything a shape alone cannot show."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.derived import circle_in
from services.evaluation.domain.filters import FLAG, NUMBER, TEXT, WORD, Need
from services.evaluation.domain.folds.extremes import Best
from services.evaluation.domain.folds.fold import Fold
from services.evaluation.domain.folds.records import Latest
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.points import Number, decimal_text, half_up, number_text
from services.evaluation.domain.profiles import under
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.scores.tiers import end_flaws
from services.evaluation.domain.sections import Sections, in_points
from services.evaluation.domain.spec import PolicySpec, Profile
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import Vocabulary

_WRITTEN: Mapping[str, type] = {FLAG: bool, NUMBER: int, TEXT: str}
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
    yield from _figures(proof)
    yield from _indicators(proof)
    yield from Sections(proof.spec).flaws()
    yield from _profiles(proof)
    yield from _sizes(proof)
    yield from _eligibility(proof)
    yield from _vetoes(proof)
    yield from _clocks(proof)
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


def _clocks(proof: Proof) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, clock in enumerate(proof.spec.clocks):
        path: Path = ("clocks", index)
        if clock.id in seen:
            yield Flaw((*path, "id"), Sentence.of(N_("There are two clocks {id}"), id=clock.id))
        seen.add(clock.id)
        for place, told in clock.told_at():
            if told.event not in proof.vocabulary:
                sentence = Sentence.of(N_("There is no event {event}"), event=told.event)
                yield Flaw((*path, *place, "event"), sentence)
        for need in clock.needs():
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
    else:
        for word in need.words:
            if there.kind in _WRITTEN and type(word) is not _WRITTEN[there.kind]:
                template = N_("{word} does not fit {field}, which holds values of kind {kind}; texts need quotes")
                said = {"word": str(word), "field": need.field, "kind": there.kind}
                yield Flaw((*path, *need.path), Sentence.of(template, **said))


def _words(path: Path, used: tuple[object, ...], known: tuple[str, ...]) -> Iterator[Flaw]:
    for word in used:
        if word not in known:
            yield Flaw(path, Sentence.of(N_("{word} is not one of: {known}"), word=str(word), known=known))


def _indicators(proof: Proof) -> Iterator[Flaw]:
    seen: set[str] = set()
    sections = Sections(proof.spec)
    fulls = sections.fulls() if not list(sections.astray()) else {}
    for index, indicator in enumerate(proof.spec.indicators):
        path: Path = ("indicators", index)
        if indicator.id in seen:
            yield Flaw((*path, "id"), Sentence.of(N_("There are two indicators {id}"), id=indicator.id))
        seen.add(indicator.id)
        for mention in indicator.score.mentions():
            yield from _mention(proof, (*path, "score"), mention)
        for flaw in indicator.score.flaws(fulls.get(indicator.id, indicator.full)):
            yield Flaw((*path, "score", *flaw.path), flaw.sentence)
        if indicator.applies_when is not None:
            yield from _condition(proof, (*path, "applies_when"), indicator.applies_when)


def _condition(proof: Proof, path: Path, condition: Condition) -> Iterator[Flaw]:
    for mention in mentions(condition):
        yield from _mention(proof, path, mention)


def _mention(proof: Proof, path: Path, mention: Mention) -> Iterator[Flaw]:
    if mention.standing is not None:
        yield from _clock_named(proof, (*path, *mention.path), mention.standing.clock)
        return
    known = _words_of(proof, mention.measure)
    if known is None:
        names = (*proof.spec.measures, *proof.spec.figures)
        yield Flaw((*path, *mention.path), _unknown_measure(mention.measure, names))
        return
    if mention.number and known:
        template = N_("{measure} is a word, where a number is needed")
        yield Flaw((*path, *mention.path), Sentence.of(template, measure=mention.measure))
    elif known:
        yield from _words((*path, *mention.path), mention.words, known)


def _clock_named(proof: Proof, path: Path, name: str) -> Iterator[Flaw]:
    known = [clock.id for clock in proof.spec.clocks]
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    if near:
        yield Flaw(path, Sentence.of(N_("There is no clock {clock}; is {near} meant?"), clock=name, near=near[0]))
    else:
        yield Flaw(path, Sentence.of(N_("There is no clock {clock}"), clock=name))


def _words_of(proof: Proof, name: str) -> tuple[str, ...] | None:
    """The words that a measure or figure can say, none if it says numbers; None if there is neither."""
    if name in proof.spec.figures:
        return proof.spec.figures[name].words()
    fold = proof.spec.measures.get(name)
    return None if fold is None else _words_said(fold, proof.vocabulary)


def _figures(proof: Proof) -> Iterator[Flaw]:
    declared = proof.spec.figures
    for name, figure in declared.items():
        path: Path = ("figures", name)
        if name in proof.spec.measures:
            yield Flaw(path, Sentence.of(N_("There is a measure {measure} already"), measure=name))
        for mention in figure.mentions():
            yield from _mention(proof, path, mention)
        for flaw in figure.flaws():
            yield Flaw((*path, *flaw.path), flaw.sentence)
    if circle := circle_in(declared):
        sentence = Sentence.of(N_("These look at one another in a circle: {names}"), names=circle)
        yield Flaw(("figures", circle[0]), sentence)


def _words_said(fold: Fold, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words a measure can say; none if it says numbers."""
    if isinstance(fold, Best):
        return fold.ranking
    if not isinstance(fold, Latest):
        return ()
    fields = [vocabulary.get(event, {}).get(fold.field) for _, event in fold.events_at()]
    return tuple(word for field in fields if field is not None and field.kind == WORD for word in field.words)


def _vetoes(proof: Proof) -> Iterator[Flaw]:
    grades = {grade.id for grade in proof.spec.grades}
    quotas = {quota.id for quota in proof.spec.classes.quotas}
    indicators = tuple(one.id for one in proof.spec.indicators)
    for index, veto in enumerate(proof.spec.vetoes):
        path: Path = ("vetoes", index)
        yield from _condition(proof, (*path, "when"), veto.when)
        if veto.caps.grade is not None and veto.caps.grade not in grades:
            yield Flaw((*path, "caps", "grade"), Sentence.of(N_("There is no grade {grade}"), grade=veto.caps.grade))
        for place, name in enumerate(veto.caps.zero.indicators):
            yield from _words((*path, "caps", "zero", "indicators", place), (name,), indicators)
        for place, name in enumerate(veto.caps.zero.groups):
            yield from _words((*path, "caps", "zero", "groups", place), (name,), tuple(proof.spec.groups))
        for place, name in enumerate(veto.caps.classes):
            if name not in quotas:
                sentence = Sentence.of(N_("There is no class with a quota {name}"), name=name)
                yield Flaw((*path, "caps", "classes", place), sentence)


def _grades(spec: PolicySpec) -> Iterator[Flaw]:
    floors: set[Number] = set()
    for index, grade in enumerate(spec.grades):
        floor = in_points(grade.at_least, spec.full)
        said = decimal_text(half_up(floor, 1))
        if floor in floors:
            template = N_("Two grades overlap: both begin at {floor}")
            yield Flaw(("grades", index, "at_least"), Sentence.of(template, floor=said))
        if floor > spec.full and not spec.extras.over_full:
            template = N_("No society can reach {floor}: full marks are {full}")
            sentence = Sentence.of(template, floor=said, full=decimal_text(spec.full))
            yield Flaw(("grades", index, "at_least"), sentence)
        floors.add(floor)


def _profiles(proof: Proof) -> Iterator[Flaw]:
    spec = proof.spec
    known, groups = tuple(one.id for one in spec.indicators), tuple(spec.groups)
    sound = next(Sections(spec).flaws(), None) is None
    seen: set[str] = set()
    for index, profile in enumerate(spec.profiles):
        path: Path = ("profiles", index)
        if profile.id in seen:
            yield Flaw((*path, "id"), Sentence.of(N_("There are two profiles {id}"), id=profile.id))
        seen.add(profile.id)
        yield from _condition(proof, (*path, "when"), profile.when)
        astray = [flaw for key in ("points", "weights") for flaw in _named((*path, key), getattr(profile, key), known)]
        astray += _named((*path, "groups"), profile.groups, groups)
        yield from astray
        for flaw in Sections(under(spec, profile)).flaws() if sound and not astray else ():
            yield Flaw((*path, *_where(flaw.path, profile)), flaw.sentence)


def _named(path: Path, given: Iterable[str], known: tuple[str, ...]) -> Iterator[Flaw]:
    for name in given:
        yield from _words((*path, name), (name,), known)


def _where(path: Path, profile: Profile) -> Path:
    """Where a profile says what does not add up."""
    if path[:1] == ("groups",) and path[1] in profile.groups:
        return path
    return ("points",) if profile.points else ("weights",) if profile.weights else ("groups",)


def _sizes(proof: Proof) -> Iterator[Flaw]:
    sizes = proof.spec.sizes
    if sizes is None:
        return
    yield from _mention(proof, ("sizes",), Mention(("measure",), sizes.measure, number=True))
    floors = sorted(one.at_least for one in sizes.classes)
    for index, one in enumerate(sizes.classes):
        if floors.count(one.at_least) > 1:
            sentence = Sentence.of(N_("Two tiers overlap: both begin at {floor}"), floor=number_text(one.at_least))
            yield Flaw(("sizes", "classes", index, "at_least"), sentence)
        yield from end_flaws(("sizes", "classes", index, "below"), one.at_least, one.below, floors)


def _eligibility(proof: Proof) -> Iterator[Flaw]:
    for index, requirement in enumerate(proof.spec.eligibility):
        yield from _condition(proof, ("eligibility", index, "when"), requirement.when)
    if proof.spec.succeeds == proof.spec.id:
        yield Flaw(("succeeds",), Sentence.of(N_("A policy cannot succeed itself; a change of it is a new version")))


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


def _unknown_measure(name: str, known: tuple[str, ...]) -> Sentence:
    near = get_close_matches(name, known, n=1)
    if not near:
        return Sentence.of(N_("There is no measure {measure}"), measure=name)
    return Sentence.of(N_("There is no measure {measure}; is {near} meant?"), measure=name, near=near[0])


def _no_field(event: str, field: str) -> Sentence:
    return Sentence.of(N_("{event} has no field {field}"), event=event, field=field)
