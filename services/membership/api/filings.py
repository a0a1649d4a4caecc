"""Rule books and branches."""

from pydantic import Field

from chassis.days import Day
from chassis.web import Writing, router
from contracts.event import BranchId, SocietyId
from contracts.vocabulary import BranchKind, Regulation
from services.membership.api.values import EXAMPLE_ID, Form, Name, Told
from services.membership.domain.filings import Branch, adopt, file_branch
from services.membership.store import governance as store
from services.membership.store import societies
from services.rights import MEMBERSHIP

routes = router("filings")


class RegulationForm(Form):
    """A rule book that was adopted or revised."""

    regulation: Regulation
    adopted_on: Day = Field(examples=["2025-06-28"])


class BranchForm(Form):
    """A branch to file."""

    kind: BranchKind
    name: Name = Field(examples=["动物行为学专业委员会"])
    filed_on: Day = Field(examples=["2025-06-30"])


class BranchRecorded(Told):
    """The branch is filed."""

    branch: BranchId = Field(examples=[EXAMPLE_ID])


@routes.post("/societies/{society}/regulations", status_code=201, dependencies=[MEMBERSHIP["regulations"].may_record])
async def adopt_regulation(society: SocietyId, form: RegulationForm, work: Writing) -> Told:
    """Record that a rule book (规章制度) was adopted or revised."""
    keeper = await societies.hold(work.conn, society)
    recorded = await store.regulation(work.conn, society, form.regulation, form.adopted_on)
    event = work.say(adopt(keeper, form.regulation, form.adopted_on, recorded=recorded, today=work.today()))
    await store.add_regulation(work.conn, society, form.regulation, form.adopted_on, event)
    return Told(event=event)


@routes.post("/societies/{society}/branches", status_code=201, dependencies=[MEMBERSHIP["branches"].may_record])
async def record_branch(society: SocietyId, form: BranchForm, work: Writing) -> BranchRecorded:
    """File a branch (分支机构备案); two branches of one society cannot bear one name."""
    keeper = await societies.hold(work.conn, society)
    branch = Branch(work.new_id(), form.kind, form.name, form.filed_on)
    recorded = await store.branch_named(work.conn, society, form.name)
    event = work.say(file_branch(keeper, branch, recorded=recorded, today=work.today()))
    await store.add_branch(work.conn, society, branch, event)
    return BranchRecorded(branch=branch.id, event=event)
