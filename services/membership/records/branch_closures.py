from chassis.language import N_
from contracts.event import BranchId
from contracts.membership import BranchClosed
from records import Record, RecordType, field
from records.values import EXAMPLE_ID, Day
from services.membership.store.governance import require_branch
from services.rights import DONE_BY_A_SOCIETY


class BranchClosure(
    Record, path="branch-closures", label=N_("Closure of a branch"), event=BranchClosed, day="closed_on"
):
    """Branches that were closed (分支机构撤销)."""

    branch: BranchId = field(N_("Branch"), example=EXAMPLE_ID)
    closed_on: Day = field(N_("Closed on"), example="2025-06-28")


BRANCH_CLOSURES = RecordType(BranchClosure, DONE_BY_A_SOCIETY, refers={"branch": require_branch})
