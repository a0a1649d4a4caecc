"""A turn of the day that names another day than its own is not followed, whoever wrote it into a log."""

from datetime import date

from fastapi import FastAPI

from chassis import wire
from chassis.correlation import new_traceparent
from chassis.hearing import Partition
from chassis.ids import new_id
from contracts.calendar import midnight
from contracts.evaluation import DayTurned
from services.evaluation.handlers import LiveRatings

DAY = date(2025, 6, 29)


async def test_no_event_moves_the_calendar_beyond_its_own_time(app: FastAPI) -> None:
    live, service = LiveRatings(), app.state.service
    async with service.db.reading() as conn:
        await live.begin(conn, Partition())
    told = DayTurned(happened_at=midnight(DAY), day=DAY)
    document = wire.encode(
        told, id_=new_id(), recorded_at=midnight(DAY), correlation="c", traceparent=new_traceparent()
    )
    forged = wire.decode(document.replace('"day":"2025-06-29"', '"day":"2199-12-31"'))

    sound = wire.decode(document)
    ((buried, error),) = live.refused([forged, sound])

    assert buried == forged
    assert "its own midnight" in str(error)
    async with service.work() as work:
        await live.apply([sound], work)
    assert live.board.day == DAY
