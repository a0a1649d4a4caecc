"""Plain records of how a society is governed and conducts itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.plain_records import Kind, Room, open_doors
from chassis.web import router
from contracts import membership
from contracts.event import SocietyId
from services.membership.store import governance, societies
from services.membership.store.tables import plain_records
from services.rights import MEMBERSHIP

routes = router("records")

KINDS = (
    Kind("delegates", membership.DelegatesElected, {"front_line": "delegates"}),
    Kind("major-matters", membership.MajorMatterDecided),
    Kind("work-stages", membership.WorkStageReported),
    Kind("charter-approvals", membership.CharterApproved),
    Kind("branch-reviews", membership.BranchReviewed),
    Kind("branch-closures", membership.BranchClosed),
    Kind("fee-votes", membership.FeeStandardVoted, {"in_favour": "present", "present": "entitled"}),
    Kind("finance-audits", membership.FinanceAudited),
    Kind("disclosures", membership.DisclosurePublished),
    Kind("staff-trainings", membership.StaffTrained),
    Kind(
        "part-timer-reviews", membership.PartTimersReviewed, {"replaced": "reviewed", "approved": "retired_officials"}
    ),
    Kind("member-services", membership.MemberServiceProvided),
    Kind("party-contacts", membership.PartyContactAppointed),
    Kind("party-works", membership.PartyWorkDone),
    Kind("support-declarations", membership.SupportDeclared),
    Kind("honours", membership.HonourReceived),
    Kind("penalties", membership.PenaltyImposed),
)


async def _hold(conn: AsyncConnection, society: SocietyId, facts: Mapping[str, Any]) -> date:
    keeper = await societies.hold(conn, society)
    if "branch" in facts:
        await governance.require_branch(conn, society, facts["branch"])
    return keeper.registered_on


open_doors(routes, Room(plain_records, _hold, membership.RecordWithdrawn, MEMBERSHIP), KINDS)
