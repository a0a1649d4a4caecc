"""Does a policy hold together: everything a shape alone cannot show."""

from collections.abc import Iterator

from services.evaluation.domain.proofreading.assessing import eligibility, profiles, sizes, succession, vetoes
from services.evaluation.domain.proofreading.exemplifying import examples
from services.evaluation.domain.proofreading.indicating import figures, indicators
from services.evaluation.domain.proofreading.measuring import clocks, measures, society
from services.evaluation.domain.proofreading.proof import Proof
from services.evaluation.domain.proofreading.ranking import classes, grades, validity
from services.evaluation.domain.proofreading.remarks import remarks
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.sections import Sections


def flaws(proof: Proof) -> Iterator[Flaw]:
    """Every contradiction and every name that leads nowhere, with its place."""
    yield from society(proof)
    yield from measures(proof)
    yield from figures(proof)
    yield from indicators(proof)
    yield from Sections(proof.spec).flaws()
    yield from profiles(proof)
    yield from sizes(proof)
    yield from eligibility(proof)
    yield from succession(proof)
    yield from vetoes(proof)
    yield from clocks(proof)
    yield from grades(proof)
    yield from validity(proof)
    yield from classes(proof)
    yield from examples(proof)


__all__ = ["Proof", "flaws", "remarks"]
