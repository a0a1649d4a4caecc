"""The class and the credit record of a society, as reviews gave them."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from chassis.days import Day
from chassis.web import Looking, router
from contracts.event import EventId, ReviewId, SocietyId
from services.membership.api.values import EXAMPLE_ID
from services.membership.domain.credit import (
    CreditEntry,
    CreditKind,
    current_class,
    proposed_class,
    recorded_by,
    sanctions,
)
from services.membership.store import credit as store
from services.membership.store import societies
from services.rights import MEMBERSHIP

routes = router("credit records")


class EntryView(BaseModel):
    """A class that a review proposed or gave, or a sanction."""

    model_config = ConfigDict(from_attributes=True)

    event: EventId = Field(examples=[EXAMPLE_ID])
    kind: CreditKind
    review: ReviewId = Field(examples=["review-2025"])
    value: str = Field(examples=["support"])
    as_of: date | None = Field(description="The day whose ratings decided; null for a sanction")
    recorded_on: date
    until: date | None = Field(description="The last day of a sanction that ends")


class CreditRecord(BaseModel):
    """The class that binds, the one proposed, the sanctions, and everything that reviews recorded, oldest first."""

    society: SocietyId = Field(examples=["A-18"])
    current: EntryView | None
    proposed: EntryView | None = Field(description="Published by a review that has not assigned classes; binds nobody")
    sanctions: list[EntryView]
    entries: list[EntryView]


@routes.get("/societies/{society}/credit-record", dependencies=[MEMBERSHIP["credit-records"].may_read])
async def read_credit_record(society: SocietyId, look: Looking, as_of: Day | None = None) -> CreditRecord:
    """The credit record (信用记录) of a society: now, or as it stood at the end of a day, with the sanctions of it."""
    await societies.load(look, society)
    entries = recorded_by(await store.entries_of(look, society), as_of)
    return CreditRecord(
        society=society,
        current=_view(current_class(entries)),
        proposed=_view(proposed_class(entries)),
        sanctions=[EntryView.model_validate(one) for one in sanctions(entries, as_of)],
        entries=[EntryView.model_validate(one) for one in entries],
    )


def _view(entry: CreditEntry | None) -> EntryView | None:
    return None if entry is None else EntryView.model_validate(entry)
