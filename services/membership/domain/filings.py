"""What a society files: its rule books 规章制度 and its branches 分支机构."""

from dataclasses import dataclass
from datetime import date

from chassis.days import check_day
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import midnight
from contracts.event import BranchId, EventId
from contracts.membership import BranchFiled, RegulationAdopted
from contracts.vocabulary import BranchKind, Regulation
from services.membership.domain.societies import Society


class RegulationRecorded(Refusal):
    """A rule book is adopted once a day; a revision is adopted on another."""

    slug = "regulation-recorded"
    status = 409
    title = N_("This adoption is already recorded")
    detail = N_("The adoption of this rule book on {value} is already recorded by event {clashes_with}.")


class BranchRecorded(Refusal):
    """No two branches of a society bear one name."""

    slug = "branch-recorded"
    status = 409
    title = N_("This branch is already filed")
    detail = N_("The society has already filed a branch of this name, {value}: {clashes_with}.")


class UnknownBranch(Refusal):
    """The society has filed no such branch."""

    slug = "unknown-branch"
    status = 404
    title = N_("Unknown branch")
    detail = N_("The society has filed no branch {value}.")


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch: no legal person, no branches of its own (条例 art. 17)."""

    id: BranchId
    kind: BranchKind
    name: str
    filed_on: date


def adopt(
    society: Society, regulation: Regulation, adopted_on: date, *, recorded: EventId | None, today: date
) -> RegulationAdopted:
    """Records that a rule book was adopted or revised.

    Raises:
        RegulationRecorded: its adoption on that day is there already.
        InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("adopted_on", adopted_on, registered_on=society.registered_on, today=today)
    if recorded is not None:
        raise RegulationRecorded(field="adopted_on", value=adopted_on, clashes_with=recorded)
    return RegulationAdopted(
        subject=society.code, happened_at=midnight(adopted_on), regulation=regulation, adopted_on=adopted_on
    )


def file_branch(society: Society, branch: Branch, *, recorded: BranchId | None, today: date) -> BranchFiled:
    """Files a branch with the association (备案); its name stays here and is not on the bus.

    Raises:
        BranchRecorded: the society has a branch of this name.
        InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("filed_on", branch.filed_on, registered_on=society.registered_on, today=today)
    if recorded is not None:
        raise BranchRecorded(field="name", value=branch.name, clashes_with=recorded)
    return BranchFiled(
        subject=society.code,
        happened_at=midnight(branch.filed_on),
        branch=branch.id,
        kind=branch.kind,
        filed_on=branch.filed_on,
    )
