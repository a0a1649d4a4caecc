"""Registering societies and looking them up."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from chassis.days import Day
from chassis.paging import Page, Paging
from chassis.web import Looking, Writing, router
from contracts.event import SocietyId
from contracts.vocabulary import Discipline
from services.membership import identifiers
from services.membership.api.values import Form, Line, Name, Reason, Told
from services.membership.domain.societies import Society, register
from services.membership.store import societies as store
from services.rights import MEMBERSHIP

routes = router("societies")


class Registration(Form):
    """A society to register."""

    code: SocietyId = Field(examples=["A-18"])
    name: Name = Field(examples=["中国动物学会"])
    credit_code: Line = Field(max_length=40, examples=["51420000500000023Y"])
    discipline: Discipline = Field(examples=["science"])
    registered_on: Day = Field(examples=["1991-06-30"])
    certified_reason: Reason | None = Field(
        default=None, description="Why the credit code holds although it breaks its own rules", examples=[None]
    )


class Registered(Told):
    """The society is in the register."""

    society: SocietyId = Field(examples=["A-18"])


class SocietyView(BaseModel):
    """A society of the register (学会)."""

    model_config = ConfigDict(from_attributes=True)

    code: SocietyId = Field(examples=["A-18"])
    name: str = Field(examples=["中国动物学会"])
    credit_code: str = Field(examples=["51420000500000023Y"])
    discipline: Discipline = Field(examples=["science"])
    registered_on: date = Field(examples=["1991-06-30"])


@routes.post("/societies", status_code=201, dependencies=[MEMBERSHIP["societies"].may_record])
async def register_society(form: Registration, work: Writing) -> Registered:
    """Register a society (学会登记). Its code says its discipline; names may be alike, codes and credit codes not."""
    others = await store.bearing(work.conn, form.code, identifiers.normalised(form.credit_code))
    society, news = register(**dict(form), others=others, today=work.today())
    event = work.say(news)
    await store.add(work.conn, society, event)
    return Registered(society=society.code, event=event)


@routes.get("/societies", dependencies=[MEMBERSHIP["societies"].may_read])
async def list_societies(look: Looking, paging: Paging) -> Page[SocietyView]:
    """The register of societies, in the order of their codes."""
    found = await store.page(look, paging.text, paging.limit + 1)
    return paging.page([_view(society) for society in found], key=lambda one: (one.code,))


@routes.get("/societies/{society}", dependencies=[MEMBERSHIP["societies"].may_read])
async def read_society(society: SocietyId, look: Looking) -> SocietyView:
    """One society."""
    return _view(await store.load(look, society))


def _view(society: Society) -> SocietyView:
    return SocietyView.model_validate(society)
