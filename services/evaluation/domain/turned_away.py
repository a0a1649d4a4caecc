"""Why a record of the right type is none of a measure's business: what it says, and what would count."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from chassis.language import N_, Phrase
from contracts.evaluation import AssessmentRecorded
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import WORD, Bounds, Quorum, Wanted, Where, keeping
from services.evaluation.domain.points import exact, number_text
from services.evaluation.domain.sheet import Wording
from services.evaluation.domain.texts import Sentence
from services.evaluation.domain.vocabulary import published

_COUNTS = {
    ("least", ""): N_("{field} is {said}; it counts from {least} on"),
    ("more", ""): N_("{field} is {said}; it counts above {more}"),
    ("", "most"): N_("{field} is {said}; it counts up to {most}"),
    ("", "less"): N_("{field} is {said}; it counts below {less}"),
    ("least", "most"): N_("{field} is {said}; it counts from {least} to {most}"),
    ("least", "less"): N_("{field} is {said}; it counts from {least} to below {less}"),
    ("more", "most"): N_("{field} is {said}; it counts above {more} up to {most}"),
    ("more", "less"): N_("{field} is {said}; it counts above {more} and below {less}"),
}


ITEM = "item"
"""The field that names what a judgement is of."""


class Refused(NamedTuple):
    """What kept a record out: a filter, the quorum, or that it says nothing to count; and that in words."""

    code: str
    reason: Sentence


def is_filtered(where: Where, data: Mapping[str, Any]) -> bool:
    """Whether a filter keeps the record out."""
    keep = keeping(where, None)
    return keep is not None and not keep(data)


def refused(where: Where, quorum: Quorum | None, fact: Fact, wording: Wording) -> Refused:
    """Why a record that contributes nothing does not: by the first filter it does not pass."""
    for field, wanted in where.items():
        if is_filtered({field: wanted}, fact.data):
            return Refused("filtered", _filtered(fact, field, wanted, wording))
    if quorum is not None and not quorum.keeps(fact.data):
        return Refused("no-quorum", _too_few(quorum, fact.data))
    return Refused("says-nothing", Sentence.of(N_("It says nothing that is counted here")))


def is_candidate(where: Where, fact: Fact) -> bool:
    """Whether a record might have counted: a judgement of another item never can."""
    return fact.type != AssessmentRecorded.type or not is_filtered(
        {k: v for k, v in where.items() if k == ITEM}, fact.data
    )


def _filtered(fact: Fact, field: str, wanted: Wanted, wording: Wording) -> Sentence:
    told, kind = fact.data.get(field), published().get(fact.type, {}).get(field)
    listed = kind is not None and kind.kind == WORD

    def _word(word: object) -> object:
        return wording.word(word, listed=listed) if isinstance(word, str) else _plain(word)

    said = _word(told)
    if not isinstance(wanted, Bounds):
        words = [_word(word) for word in (wanted if isinstance(wanted, tuple) else (wanted,))]
        return Sentence.of(
            N_("{field} is {said}; what counts is {wanted}"), field=Phrase(field), said=said, wanted=words
        )
    if wanted.none_of is not None and (told is None or told in wanted.none_of):
        words = [_word(word) for word in wanted.none_of]
        return Sentence.of(
            N_("{field} is {said}; what does not count is {wanted}"), field=Phrase(field), said=said, wanted=words
        )
    return wanted.limits_in_words(_COUNTS, field=Phrase(field), said=said)


def _too_few(quorum: Quorum, data: Mapping[str, Any]) -> Sentence:
    part, whole = data.get(quorum.part), data.get(quorum.whole)
    if not isinstance(part, int) or not isinstance(whole, int):
        return Sentence.of(N_("It does not say how many were present, and of how many"))
    template = N_("{part} of {whole} were present; it counts from {least} on")
    return Sentence.of(template, part=part, whole=whole, least=quorum.least(whole))


def _plain(told: object) -> object:
    if told is None:
        return Sentence.of(N_("not stated"))
    if isinstance(told, bool):
        return Sentence.of(N_("yes") if told else N_("no"))
    number = exact(told)
    return str(told) if number is None else number_text(number)
