"""What makes a service ready, each as a question with a sentence for an answer."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chassis import bus
from chassis.database import Database
from chassis.language import N_
from chassis.listener import Listener
from chassis.relay import Relay
from chassis.serving import Check, Trouble

_LONGEST_LAG_SECONDS = 30.0


def checks(db: Database, client: bus.Client, relay: Relay, listener: Listener | None) -> dict[str, Check]:
    """The checks of a service, by name, in the order in which a fault in one explains faults in the next."""

    async def database() -> Trouble | None:
        try:
            async with db.reading() as conn:
                await conn.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            return Trouble(N_("The database does not answer ({reason})."), {"reason": type(error).__name__})
        return None

    async def the_bus() -> Trouble | None:
        try:
            await client.ping()
        except bus.AWAY as error:
            return Trouble(N_("The bus does not answer ({reason})."), {"reason": type(error).__name__})
        return None

    async def the_relay() -> Trouble | None:
        if relay.trouble is None:
            return None
        return Trouble(N_("The relay cannot copy the log to the bus ({reason})."), {"reason": relay.trouble})

    found: dict[str, Check] = {"database": database, "bus": the_bus, "relay": the_relay}
    if listener is not None:
        found["listener"] = _listening(listener)
    return found


def _listening(listener: Listener) -> Check:
    async def listening() -> Trouble | None:
        """A standby is ready: it hears nothing because another instance does."""
        if listener.trouble is not None:
            return Trouble(N_("The listener waits ({reason})."), {"reason": listener.trouble})
        for reading in listener.readings.values():
            for speaker, foreign in sorted(reading.seat.diverged.items()):
                if foreign is not None:
                    return Trouble(foreign.sentence, foreign.values)
                return Trouble(
                    N_(
                        "The history of {speaker} is not the one that was applied here: "
                        "nothing of it is applied until the listener is rebuilt (`societas rebuild`)."
                    ),
                    {"speaker": speaker},
                )
            for reader in reading.readers:
                if reader.seconds_behind > _LONGEST_LAG_SECONDS:
                    return Trouble(
                        N_("The listener is {events} events behind {speaker}, for {seconds} seconds."),
                        {
                            "events": reader.lag.events,
                            "speaker": reader.speaker,
                            "seconds": round(reader.seconds_behind),
                        },
                    )
        return None

    return listening
