"""What is wrong with records that are to be recorded or corrected: every fault of every one, at once."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from chassis.refusals import Refusal
from chassis.rows import malformed
from chassis.work import Work
from contracts.event import RecordId, SocietyId
from records.definition import RecordType
from records.record import Key, Record, label_of
from records.refusals import RecordedAlready, TwiceInTheBatch
from records.rules import Context, of_the_day
from records.store import Store

Sent = Record | ValidationError
"""A row of a batch: a record, or what kept it from being one."""


async def faults(
    work: Work,
    store: Store,
    type_: RecordType,
    society: SocietyId,
    sent: Sequence[Sent],
    *,
    context: Context,
    but: RecordId | None = None,
) -> list[list[Refusal]]:
    """The faults of each of the records. `but`: a record that is to be replaced, whose key is free.

    A record is compared with others only if nothing else is wrong with it.
    """
    found = [await _faults(work, type_, society, one, context) for one in sent]
    sound = {place: one for place, one in enumerate(sent) if isinstance(one, Record) and not found[place]}
    days = {one.happened_on for one in sound.values()}
    known = await store.keys(work.conn, society, type_.path, days) if days else {}
    first: dict[Key, int] = {}
    for place, one in sound.items():
        named: dict[str, Any] = {"field": "title", "value": one.title, "day": one.happened_on}
        if known.get(one.key, but) != but:
            found[place].append(RecordedAlready(**named, clashes_with=known[one.key]))
        elif one.key in first:
            found[place].append(TwiceInTheBatch(**named, first=first[one.key]))
        first.setdefault(one.key, place)
    for each in found:
        _label(type_, each)
    return found


async def _faults(work: Work, type_: RecordType, society: SocietyId, sent: Sent, context: Context) -> list[Refusal]:
    if isinstance(sent, ValidationError):
        return malformed(sent)
    found = [fault for rule in (of_the_day, *type_.rules) for fault in rule(sent, context)]
    for name, require in type_.refers.items():
        try:
            await require(work.conn, society, getattr(sent, name))
        except Refusal as refusal:
            found.append(refusal)
    return found


def _label(type_: RecordType, found: Sequence[Refusal]) -> None:
    """Says of each fault by which label people know its field."""
    for fault in found:
        name = (fault.field or "").partition(".")[0]
        if name in type_.record.model_fields:
            fault.label = label_of(type_.record, name)
