"""The register of societies 学会."""

from dataclasses import dataclass
from datetime import date

from chassis.days import InTheFuture
from chassis.language import N_
from chassis.refusals import Refusal, refuse
from contracts.calendar import midnight
from contracts.event import SocietyId
from contracts.membership import SocietyRegistered
from contracts.vocabulary import Discipline
from services.membership.identifiers import society_credit_code

LETTERS = {
    "A": Discipline.SCIENCE,
    "B": Discipline.ENGINEERING,
    "C": Discipline.AGRICULTURE,
    "D": Discipline.MEDICINE,
    "E": Discipline.INTERDISCIPLINARY,
}
"""What the first letter of a society's code says: 理科, 工科, 农科, 医科, 交叉学科 (list of the national societies)."""


class UnknownSociety(Refusal):
    """No society has this code."""

    slug = "unknown-society"
    status = 404
    title = N_("Unknown society")
    detail = N_("No society is registered under {value}.")


class CodeTaken(Refusal):
    """A society's code is given once."""

    slug = "code-taken"
    status = 409
    title = N_("The code is taken")
    detail = N_("{value} is the code of another society: {name}.")


class CreditCodeTaken(Refusal):
    """A credit code belongs to one body."""

    slug = "credit-code-taken"
    status = 409
    title = N_("The credit code is taken")
    detail = N_("{value} is the credit code of society {society}.")


class DisciplineMismatch(Refusal):
    """The first letter of a society's code is its class of disciplines."""

    slug = "discipline-mismatch"
    title = N_("Code and discipline do not fit")
    detail = N_("Code {code} is of the discipline {expected}, not {value}.")


@dataclass(frozen=True, slots=True)
class Society:
    """A society under the association's care. Names are not unique: the national list itself has one twice.

    `certified_reason`: why its credit code holds although it breaks its own rules; it stays in the service.
    """

    code: SocietyId
    name: str
    credit_code: str
    discipline: Discipline
    registered_on: date
    certified_reason: str | None = None


def register(
    *,
    code: SocietyId,
    name: str,
    credit_code: str,
    discipline: Discipline,
    registered_on: date,
    certified_reason: str | None = None,
    others: list[Society],
    today: date,
) -> tuple[Society, SocietyRegistered]:
    """Takes a society into the register; `others` are the societies that bear the same code or credit code.

    Raises:
        CodeTaken, CreditCodeTaken: another society has it.
        DisciplineMismatch, InTheFuture, and the refusals of a credit code; several at once as SeveralFaults.
    """
    faults: list[Refusal] = []
    if discipline is not (expected := LETTERS[code[0]]):
        faults.append(DisciplineMismatch(field="discipline", value=discipline, code=code, expected=expected))
    if registered_on > today:
        faults.append(InTheFuture(field="registered_on", value=registered_on, today=today))
    try:
        credit_code = society_credit_code(credit_code, certified=certified_reason is not None)
    except Refusal as fault:
        faults.append(fault)
    refuse(faults)
    society = Society(code, name.strip(), credit_code, discipline, registered_on, certified_reason)
    _check_unique(society, others)
    return society, _registered(society)


def _check_unique(society: Society, others: list[Society]) -> None:
    for other in others:
        if other.code == society.code:
            raise CodeTaken(field="code", value=society.code, name=other.name, clashes_with=other.code)
        if other.credit_code == society.credit_code:
            raise CreditCodeTaken(
                field="credit_code", value=society.credit_code, society=other.code, clashes_with=other.code
            )


def _registered(society: Society) -> SocietyRegistered:
    return SocietyRegistered(
        subject=society.code,
        happened_at=midnight(society.registered_on),
        credit_code=society.credit_code,
        name=society.name,
        discipline=society.discipline,
        registered_on=society.registered_on,
    )
