from chassis.language import N_
from contracts.membership import CharterApproved
from records import Record, RecordType, field
from records.values import Day, YesNo
from services.rights import DECIDED_ABOUT_A_SOCIETY


class CharterApproval(
    Record, path="charter-approvals", label=N_("Approval of the charter"), event=CharterApproved, day="approved_on"
):
    """Charters that the registry approved (章程核准)."""

    model_text: YesNo = field(N_("Follows the model charter"), example=True)
    party_clauses: YesNo = field(N_("Has the clauses on party building"), example=True)
    approved_on: Day = field(N_("Approved on"), example="2025-06-28")


CHARTER_APPROVALS = RecordType(CharterApproval, DECIDED_ABOUT_A_SOCIETY)
