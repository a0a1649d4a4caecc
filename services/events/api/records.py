"""The records of events that are defined once, at their addresses."""

from chassis.web import router
from contracts.events import RecordWithdrawn
from records import types_in
from records.doors import open_doors
from records.recording import Register
from records.store import Store
from services.events import records
from services.events.store import societies
from services.events.store.tables import plain_records

routes = router("records")

open_doors(routes, Register(Store(plain_records), societies.hold, RecordWithdrawn), types_in(records))
