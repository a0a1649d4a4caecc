"""The class and the credit record of a society, as reviews gave them."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from chassis.access import PUBLIC
from chassis.days import Day
from chassis.web import Reading, router
from contracts.event import EventId, ReviewId, SocietyId
from services.membership.api.values import EXAMPLE_ID
from services.membership.domain.credit import CreditKind, current_class, sanctions
from services.membership.store import credit as store
from services.membership.store import societies

routes = router("credit records")


class EntryView(BaseModel):
    """A class or a sanction that a review gave."""

    model_config = ConfigDict(from_attributes=True)

    event: EventId = Field(examples=[EXAMPLE_ID])
    kind: CreditKind
    review: ReviewId = Field(examples=["review-2025"])
    value: str = Field(examples=["support"])
    as_of: date | None = Field(description="The day whose ratings decided; null for a sanction")
    recorded_on: date
    until: date | None = Field(description="The last day of a sanction that ends")


class CreditRecord(BaseModel):
    """The class that binds, the sanctions, and everything that reviews recorded, oldest first."""

    society: SocietyId = Field(examples=["A-18"])
    current: EntryView | None
    sanctions: list[EntryView]
    entries: list[EntryView]


@routes.get("/societies/{society}/credit-record", dependencies=[PUBLIC])
async def read_credit_record(society: SocietyId, look: Reading, as_of: Day | None = None) -> CreditRecord:
    """The credit record (信用记录) of a society: the class that binds, and sanctions, all or those of a day."""
    await societies.load(look, society)
    entries = await store.entries_of(look, society)
    current = current_class(entries)
    return CreditRecord(
        society=society,
        current=EntryView.model_validate(current) if current else None,
        sanctions=[EntryView.model_validate(one) for one in sanctions(entries, as_of)],
        entries=[EntryView.model_validate(one) for one in entries],
    )
