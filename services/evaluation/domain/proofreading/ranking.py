"""Grades, how long they are valid, classes and ties."""

from collections import Counter
from collections.abc import Iterator

from chassis.language import N_
from services.evaluation.domain.points import Number, decimal_text, half_up
from services.evaluation.domain.proofreading.proof import Proof, one_of_these
from services.evaluation.domain.proofreading.said import condition_flaws
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.sections import Sections, attainable, in_points
from services.evaluation.domain.texts import Sentence

TIE_BREAKERS = ("completeness", "code")


def grades(proof: Proof) -> Iterator[Flaw]:
    """Grades that begin where others do, or where nobody can come."""
    spec = proof.spec
    sound = next(Sections(spec).flaws(), None) is None
    most = attainable(spec) if sound else None
    floors: set[Number] = set()
    before: Number | None = None
    for index, grade in enumerate(spec.grades):
        floor = in_points(grade.at_least, spec.full)
        said = decimal_text(half_up(floor, 1))
        if floor in floors:
            template = N_("Two grades overlap: both begin at {floor}")
            yield Flaw(("grades", index, "at_least"), Sentence.of(template, floor=said))
        if most is not None and floor > most:
            sentence = Sentence.of(
                N_("No society can reach {floor}: the most is {most}"), floor=said, most=decimal_text(most)
            )
            yield Flaw(("grades", index, "at_least"), sentence)
        if before is not None and floor > before:
            template = N_("{grade} stands below a better grade but begins higher: grades are listed from the best down")
            yield Flaw(("grades", index, "at_least"), Sentence.of(template, grade=grade.id))
        floors.add(floor)
        before = floor


def validity(proof: Proof) -> Iterator[Flaw]:
    """A time to ask anew that is longer than the grade is valid."""
    declared = proof.spec.validity
    if declared is None:
        return
    for key in ("again_in_first", "again_in_last"):
        years = getattr(declared, key)
        if years is not None and years > declared.years:
            sentence = Sentence.of(
                N_("{key} is more than the {years} years of validity"), key=key, years=declared.years
            )
            yield Flaw(("validity", key), sentence)
    if not proof.spec.grades:
        yield Flaw(("validity",), Sentence.of(N_("There are no grades that could be valid")))


def classes(proof: Proof) -> Iterator[Flaw]:
    """Classes of one name, and ties that are broken by what is not there."""
    declared = proof.spec.classes
    if declared.rule is not None:
        yield from condition_flaws(proof, ("classes", "rule", "when"), declared.rule.when)
    ruled = [] if declared.rule is None else [declared.rule.id]
    counted = Counter([*(quota.id for quota in declared.quotas), *ruled, declared.rest.id])
    for name, times in counted.items():
        if times > 1:
            yield Flaw(("classes",), Sentence.of(N_("Two classes are called {name}"), name=name))
    known = (*TIE_BREAKERS, *proof.spec.groups)
    for index, name in enumerate(proof.spec.ties.order):
        yield from one_of_these(("ties", "order", index), (name,), known)
