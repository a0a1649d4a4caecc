"""Plain records of what societies undertake, and of the figures of their journals."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.plain_records import Kind, Room, open_doors
from chassis.web import router
from contracts import events
from contracts.event import SocietyId
from services.events.domain.refusals import UnknownJournal
from services.events.store import journals, societies
from services.events.store.tables import plain_records
from services.rights import EVENTS

routes = router("records")

KINDS = (
    Kind("talents", events.TalentRecommended, {"young": "recommended"}),
    Kind("awards", events.AwardConferred),
    Kind("advice", events.AdviceSubmitted),
    Kind("bases", events.BaseEstablished),
    Kind("standards", events.StandardIssued),
    Kind("functions", events.FunctionUndertaken),
    Kind("technical-services", events.TechnicalServiceProvided),
    Kind("exchanges", events.ExchangeMade, {"young": "participants"}),
    Kind("journal-figures", events.JournalMeasured, {"issues_online": "issues_due"}),
    Kind("journal-indexings", events.JournalIndexed),
)


async def _hold(conn: AsyncConnection, society: SocietyId, facts: Mapping[str, Any]) -> date | None:
    registered_on = await societies.hold(conn, society)
    if "journal" in facts and (await journals.load(conn, facts["journal"])).society != society:
        raise UnknownJournal(field="journal", value=facts["journal"])
    return registered_on


open_doors(routes, Room(plain_records, _hold, events.RecordWithdrawn, EVENTS), KINDS)
