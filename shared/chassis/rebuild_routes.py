"""How a listener is told to agree again with the logs as they are now."""

from fastapi import APIRouter
from pydantic import BaseModel

from chassis.access import may
from chassis.rebuilding import Rebuilding
from chassis.web import router


class RewoundView(BaseModel):
    """One speaker in one partition: where the listener stood, where it goes on, where the log ends."""

    speaker: str
    partition: int
    before: int
    common: int
    head: int


def routes(rebuilding: Rebuilding) -> APIRouter:
    """The routes of a service that listens."""
    found = router("log")

    @found.post("/rebuild", dependencies=[may("association")])
    async def rebuild() -> list[RewoundView]:
        """Goes back to the last position shared with each speaker's log, forgets what it no longer tells, goes on."""
        return [
            RewoundView(
                speaker=one.speaker, partition=one.partition, before=one.before, common=one.common, head=one.head
            )
            for one in await rebuilding.rebuild()
        ]

    return found
