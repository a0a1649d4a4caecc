"""Many judgements at once: everything that is wrong in a list of them is named at its place."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date

from chassis.language import N_, Language, Phrase, translate
from chassis.refusals import Refusal
from contracts.event import SocietyId
from services.evaluation.domain.assessments import Assessment, faults_of

LABELS: Mapping[str, Phrase] = {
    "society": N_("Society"),
    "item": N_("Item"),
    "kind": N_("Kind of judgement"),
    "assessor": N_("Assessor"),
    "assessed_on": N_("Day of judgement"),
    "number": N_("Number judged"),
    "word": N_("Word of judgement"),
    "holds": N_("Whether it holds"),
    "answer": N_("Answer"),
    "concerns": N_("Event it is about"),
}
"""What people call the fields of a judgement."""

Entry = tuple[SocietyId, Assessment]


class JudgementRepeated(Refusal):
    """Of two judgements of one list only the later would count, and which is meant nobody can say."""

    slug = "judgement-repeated"
    title = N_("A judgement stands twice")
    detail = N_("Judgement {first} of the list is of the same society, item, assessor and year {year}: leave one out.")


class WrongInList(Refusal):
    """What is wrong with one judgement of a list: its place, from 1, the field as people call it, and the fault."""

    slug = "wrong-in-list"
    title = N_("A judgement of the list is wrong")
    detail = N_("Judgement {place}, {label}: {said}")

    def __init__(self, place: int, fault: Refusal) -> None:
        """`place` counts from 0, as paths in a request do."""
        self.fault = fault
        field = fault.field or ""
        path = ".".join(filter(None, ("assessments", str(place), field)))
        super().__init__(field=path, value=fault.value, place=place + 1, label=LABELS.get(field, field or "–"))

    def explained(self, language: Language) -> str:
        """The place, the field and what is wrong there."""
        return translate(self.detail, language, **self.values, said=self.fault.explained(language))


class JudgementsNotRecorded(Refusal):
    """A list is recorded whole or not at all; `errors` names everything that is wrong in it."""

    slug = "judgements-not-recorded"
    title = N_("The judgements were not recorded")
    detail = N_("Nothing was recorded: {count} entries of the list are wrong; each is named under errors.")

    def __init__(self, errors: Sequence[Refusal]) -> None:
        """`errors` in the order of their places."""
        self.errors = tuple(errors)
        super().__init__(field="assessments", count=len(self.errors))


def faults_of_list(
    entries: Mapping[int, Entry], *, known: Container[SocietyId], unknown: type[Refusal], today: date
) -> Iterator[tuple[int, Refusal]]:
    """Everything that is wrong with judgements, each with its place; `unknown` refuses a society that is not known."""
    first: dict[object, int] = {}
    for place, (society, made) in entries.items():
        if society not in known:
            yield place, unknown(field="society", value=society)
        for fault in faults_of(made, today=today):
            yield place, fault
        earlier = first.setdefault(_what(society, made), place)
        if earlier != place:
            yield (
                place,
                JudgementRepeated(field="item", value=made.item, first=earlier + 1, year=made.assessed_on.year),
            )


def _what(society: SocietyId, made: Assessment) -> object:
    """What a judgement is of; an assessor says it once a year."""
    return society, made.item, made.kind, made.assessor, made.answer, made.concerns, made.assessed_on.year
