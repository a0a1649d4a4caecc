from chassis.language import N_
from contracts.membership import PartTimersReviewed
from records import Record, RecordType, field, part
from records.values import Count, Day, Several
from services.rights import DONE_BY_A_SOCIETY


class PartTimerReview(
    Record,
    path="part-timer-reviews",
    label=N_("Review of the part-timers"),
    event=PartTimersReviewed,
    day="reviewed_on",
):
    """Reviews of a society's part-timers (兼职人员考核)."""

    reviewed: Several = field(N_("Part-timers whose work was reviewed"), example=12)
    replaced: Count = field(N_("Part-timers replaced"), example=1)
    retired_officials: Count = field(N_("Retired officials"), example=2)
    approved: Count = field(N_("Retired officials approved"), example=2)
    reviewed_on: Day = field(N_("Reviewed on"), example="2025-06-28")


PART_TIMER_REVIEWS = RecordType(
    PartTimerReview,
    DONE_BY_A_SOCIETY,
    rules=(part("replaced", of="reviewed"), part("approved", of="retired_officials")),
)
