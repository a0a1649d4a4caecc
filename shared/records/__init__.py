"""A record is defined once: from its definition follow its event, its checks, its rights and its addresses.

A definition is a pydantic model that says the same as its event (`record`), the rules about it (`rules`), and a
`RecordType` that says who may do what (`definition`). Everything else is a function of the two and can be used alone:
`recording` checks, records, corrects and withdraws in one transaction, `store` reads and writes, `doors` serves HTTP.
"""

from records.definition import RecordType, types_in
from records.record import Record, field
from records.rules import Context, part, year_not_ahead

__all__ = ["Context", "Record", "RecordType", "field", "part", "types_in", "year_not_ahead"]
