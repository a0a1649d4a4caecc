"""The records that are defined once, by the service that has them."""

from collections.abc import Mapping

from records import RecordType, types_in
from services.events import records as events
from services.membership import records as membership

DEFINED: Mapping[str, tuple[RecordType, ...]] = {"membership": types_in(membership), "events": types_in(events)}
