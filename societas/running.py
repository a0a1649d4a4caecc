"""The platform in this process, for as long as a command needs it."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from chassis.clock import Clock
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.telemetry import configure_logging
from societas.premises import DataNotWritable, Premises

if TYPE_CHECKING:
    from societas.embedded import Embedded


class BusSilent(Refusal):
    """The embedded bus does not start."""

    slug = "bus-silent"
    title = N_("The bus does not start")
    detail = N_("The embedded bus does not start ({reason}).")


@asynccontextmanager
async def running(premises: Premises, clock: Clock) -> "AsyncIterator[Embedded]":
    """A platform that is started, and stopped in the end whatever happens.

    Raises:
        DataNotWritable, BusSilent: it cannot be started, and why.
    """
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 — 2 seconds of imports

    from societas.embedded import Embedded  # noqa: PLC0415 — as above
    from societas.valkey import BusDoesNotStart  # noqa: PLC0415 — as above

    before = os.umask(0o077)
    configure_logging("console" if sys.stderr.isatty() else "json", os.environ.get("SOCIETAS_LOG_LEVEL", "WARNING"))
    embedded = Embedded(premises, clock)
    try:
        await embedded.start()
    except BusDoesNotStart as error:
        raise BusSilent(field="data", value=premises.data, reason=str(error)) from error
    except (OSError, DBAPIError) as error:
        reason = getattr(error, "strerror", None) or str(getattr(error, "orig", error))
        raise DataNotWritable(field="data", value=premises.data, reason=reason) from error
    finally:
        os.umask(before)
    try:
        yield embedded
    finally:
        await embedded.stop()
