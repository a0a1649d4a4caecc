"""How a society is governed: delegates, decisions taken together, the year's work, its charter, branches, fees."""

from contracts.event import BranchId, PlainRecord
from contracts.record_vocabulary import MatterKind, ReviewConclusion, WorkStage
from contracts.values import Count, Day, Several, Year, YesNo


class DelegatesElected(PlainRecord, type="membership.delegates-elected.v1"):
    """The delegates to the assembly were elected (会员代表产生): some from the ``front_line``. Told once."""

    delegates: Several
    front_line: Count
    elected_on: Day


class MajorMatterDecided(PlainRecord, type="membership.major-matter-decided.v1"):
    """A major matter, project or sum was decided together, on record (重大事项集体决策). Told once per decision."""

    matter: MatterKind
    decided_on: Day


class WorkStageReported(PlainRecord, type="membership.work-stage-reported.v1"):
    """The plan, mid-year check or summary of a year's work was filed (工作推进). Told each time."""

    year: Year
    stage: WorkStage
    reported_on: Day


class CharterApproved(PlainRecord, type="membership.charter-approved.v1"):
    """A charter that the assembly had passed was approved by the registry (章程核准). Told once per approval.

    ``model_text``: it follows the model charter; ``party_clauses``: it has the clauses on party building (党建入章).
    """

    model_text: YesNo
    party_clauses: YesNo
    approved_on: Day


class BranchReviewed(PlainRecord, type="membership.branch-reviewed.v1"):
    """A society reviewed one of its branches (分支机构考核). Told once per review."""

    branch: BranchId
    conclusion: ReviewConclusion
    reviewed_on: Day


class BranchClosed(PlainRecord, type="membership.branch-closed.v1"):
    """A branch of a society was closed (分支机构撤销). Told once."""

    branch: BranchId
    closed_on: Day


class FeeStandardVoted(PlainRecord, type="membership.fee-standard-voted.v1"):
    """The assembly voted on the members' fees (会费标准表决). Told once per vote.

    ``in_favour`` of those ``present``, who are some of those ``entitled``.
    """

    entitled: Several
    present: Count
    in_favour: Count
    secret_ballot: YesNo
    voted_on: Day
