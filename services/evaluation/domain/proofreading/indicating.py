"""Figures and indicators: what they look at, and whether their points can be right."""

from collections import Counter
from collections.abc import Iterator

from chassis.language import N_
from services.evaluation.domain.derived import circle_in
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.proofreading.proof import Proof, told_once
from services.evaluation.domain.proofreading.said import all_mentions, condition_flaws
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.sections import Sections
from services.evaluation.domain.texts import Sentence


def figures(proof: Proof) -> Iterator[Flaw]:
    """Names taken twice, circles, and what figures look at."""
    spec = proof.spec
    for name, figure in spec.figures.items():
        path: Path = ("figures", name)
        if name in spec.measures:
            yield Flaw(path, Sentence.of(N_("There is a measure {measure} already"), measure=name))
        yield from all_mentions(proof, path, figure.mentions())
        for flaw in figure.flaws():
            yield Flaw((*path, *flaw.path), flaw.sentence)
    circle = circle_in(spec.figures)
    if circle:
        template = N_("These look at one another in a circle: {names}")
        yield Flaw(("figures", circle[0]), Sentence.of(template, names=circle))


def indicators(proof: Proof) -> Iterator[Flaw]:
    """What indicators look at, and scores that cannot be right for their points."""
    spec, sections = proof.spec, Sections(proof.spec)
    fulls = sections.fulls() if not list(sections.astray()) else {}
    named = Counter(one.id for one in spec.indicators)
    yield from told_once(("indicators",), (one.id for one in spec.indicators), N_("There are two indicators {id}"))
    for index, indicator in enumerate(spec.indicators):
        path: Path = ("indicators", index)
        yield from all_mentions(proof, (*path, "score"), indicator.score.mentions())
        # Of two with one id nobody can say what each is worth by its weight.
        full = indicator.full if named[indicator.id] > 1 else fulls.get(indicator.id, indicator.full)
        for flaw in indicator.score.flaws(full):
            yield Flaw((*path, "score", *flaw.path), flaw.sentence)
        if indicator.applies_when is not None:
            yield from condition_flaws(proof, (*path, "applies_when"), indicator.applies_when)
