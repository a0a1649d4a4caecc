from chassis.language import N_
from contracts.event import BranchId
from contracts.membership import BranchReviewed
from contracts.record_vocabulary import ReviewConclusion
from records import Record, RecordType, field
from records.values import EXAMPLE_ID, Day
from services.membership.store.governance import require_branch
from services.rights import DONE_BY_A_SOCIETY


class BranchReview(
    Record, path="branch-reviews", label=N_("Review of a branch"), event=BranchReviewed, day="reviewed_on"
):
    """Reviews of branches by their society (分支机构考核)."""

    branch: BranchId = field(N_("Branch"), example=EXAMPLE_ID)
    conclusion: ReviewConclusion = field(N_("Conclusion of the review"))
    reviewed_on: Day = field(N_("Reviewed on"), example="2025-06-28")


BRANCH_REVIEWS = RecordType(BranchReview, DONE_BY_A_SOCIETY, refers={"branch": require_branch})
