"""What is in order in a policy but hardly meant so: its author is warned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from pydantic import BaseModel

from chassis.language import N_
from chassis.titles import normalised
from services.evaluation.domain.conditions import Compare, Condition, Conditional, Mention, mentions
from services.evaluation.domain.folds.years import YearsRunning
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.points import Number, number_text
from services.evaluation.domain.proofreading.implication import implies
from services.evaluation.domain.proofreading.proof import Proof
from services.evaluation.domain.proofreading.said import Says, of_fold
from services.evaluation.domain.scores.lists import Cases
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.texts import Sentence, Text

_NEVER_REACHED = N_("This case is never reached: whenever it holds, an earlier one holds")
_NEVER_PAID = N_("This case is never paid: whenever it holds, another one holds that pays no less")
_ORDERED = ("cases", "special", "profiles")


def remarks(proof: Proof) -> Iterator[Flaw]:
    """Measures that nothing uses, words of one title, conditions that always hold, cases never reached or paid."""
    yield from _unused(proof)
    yield from _alike(proof.spec.words)
    for path, part in _parts((), proof.spec):
        if isinstance(part, Compare):
            yield from _always(proof, path, part)
        elif isinstance(part, Cases):
            yield from _unpaid((*path, "cases"), part)
        else:
            yield from _unreached(path, part)


def _unused(proof: Proof) -> Iterator[Flaw]:
    spec = proof.spec
    used = {mention.measure for mention in _named(proof)}
    used |= {against.of for fold in spec.measures.values() for against in fold.compared.values()}
    if spec.sizes is not None:
        used.add(spec.sizes.measure)
    templates = {"measures": N_("Nothing uses the measure {name}"), "figures": N_("Nothing uses the figure {name}")}
    declared: Mapping[str, Iterable[str]] = {"measures": spec.measures, "figures": spec.figures}
    for part, template in templates.items():
        for name in declared[part]:
            if name not in used:
                yield Flaw((part, name), Sentence.of(template, name=name))


def _alike(words: Mapping[str, Text]) -> Iterator[Flaw]:
    """Words of one title: who enters the title cannot say which of them is meant."""
    first: dict[str, str] = {}
    for word, title in words.items():
        other = first.setdefault(normalised(title.zh), word)
        if other != word:
            template = N_("{word} has the title of {other}: who enters it cannot say which is meant")
            yield Flaw(("words", word), Sentence.of(template, word=word, other=other))


def _named(proof: Proof) -> Iterator[Mention]:
    spec = proof.spec
    yield from chain.from_iterable(one.score.mentions() for one in spec.indicators)
    yield from chain.from_iterable(figure.mentions() for figure in spec.figures.values())
    conditions = [one.applies_when for one in spec.indicators if one.applies_when is not None]
    ruled: list[Conditional] = [*spec.vetoes, *spec.eligibility, *spec.profiles]
    conditions += [one.when for one in (*ruled, *((spec.classes.rule,) if spec.classes.rule else ()))]
    yield from chain.from_iterable(map(mentions, conditions))


def _parts(path: Path, part: Any) -> Iterator[tuple[Path, BaseModel]]:
    """Every part of a part, itself included, each with its place."""
    if isinstance(part, BaseModel):
        yield path, part
        for name, info in type(part).model_fields.items():
            yield from _parts((*path, info.alias or name), getattr(part, name))
    elif isinstance(part, Mapping):
        for name, each in part.items():
            yield from _parts((*path, name), each)
    elif isinstance(part, tuple):
        for index, each in enumerate(part):
            yield from _parts((*path, index), each)


def _always(proof: Proof, path: Path, asked: Compare) -> Iterator[Flaw]:
    """A comparison that every value of a measure stands, which is never unknown."""
    fold = proof.spec.measures.get(asked.measure)
    if fold is None or (fold.absent == "unknown" and not isinstance(fold, YearsRunning)) or not asked.by_order:
        return
    says = of_fold(proof, fold)
    if says.is_word or asked.equals is not None or asked.one_of is not None:
        return
    if _from_below(asked, says.least) and _from_above(asked, says.most):
        yield Flaw(path, _holds(asked.measure, says))


def _from_below(asked: Compare, least: Number | None) -> bool:
    if asked.at_least is None and asked.more_than is None:
        return True
    return least is not None and (
        (asked.at_least is None or asked.at_least <= least) and (asked.more_than is None or asked.more_than < least)
    )


def _from_above(asked: Compare, most: Number | None) -> bool:
    if asked.at_most is None and asked.less_than is None:
        return True
    return most is not None and (
        (asked.at_most is None or asked.at_most >= most) and (asked.less_than is None or asked.less_than > most)
    )


def _holds(measure: str, says: Says) -> Sentence:
    if says.least is not None and says.most is not None:
        template = N_("This always holds: {measure} lies from {least} to {most}")
        ends = {"least": number_text(says.least), "most": number_text(says.most)}
        return Sentence.of(template, measure=measure, **ends)
    if says.least is not None:
        least = number_text(says.least)
        return Sentence.of(N_("This always holds: {measure} is never less than {least}"), measure=measure, least=least)
    most = number_text(says.most or 0)
    return Sentence.of(N_("This always holds: {measure} is never more than {most}"), measure=measure, most=most)


def _unpaid(path: Path, score: Cases) -> Iterator[Flaw]:
    """Cases of which the best paid counts, and that are never the best paid."""
    pays = [case.points for case in score.cases]
    if len({isinstance(pay, int) for pay in pays}) > 1:
        return  # points beside parts of all points: which is more depends on the indicator
    for index, case in enumerate(score.cases):
        for other, beside in enumerate(score.cases):
            better = pays[other] > pays[index] or (pays[other] == pays[index] and other < index)
            if other != index and better and implies(case.when, beside.when):
                yield Flaw((*path, index), Sentence.of(_NEVER_PAID))
                break


def _unreached(path: Path, part: BaseModel) -> Iterator[Flaw]:
    """Cases of which the first that holds counts, behind one that holds whenever they do."""
    for key in _ORDERED:
        cases: Sequence[Any] = getattr(part, key, ())
        conditions: list[Condition] = [case.when for case in cases if hasattr(case, "when")]
        for index, condition in enumerate(conditions):
            if any(implies(condition, earlier) for earlier in conditions[:index]):
                yield Flaw((*path, key, index), Sentence.of(_NEVER_REACHED))
