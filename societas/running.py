"""The platform in this process, for as long as a command needs it."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from chassis.clock import Clock
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.telemetry import configure_logging

if TYPE_CHECKING:
    from societas.embedded import Embedded


class PortTaken(Refusal):
    """Another program listens on the port."""

    slug = "port-taken"
    title = N_("The port is taken")
    detail = N_("Port {value} cannot be opened ({reason}). Choose another with --port.")


class DataInUse(Refusal):
    """Another platform works on the data directory."""

    slug = "data-in-use"
    title = N_("The data directory is in use")
    detail = N_("Another platform works on {value}. Stop it, or choose another directory with --data.")


class DataNotWritable(Refusal):
    """The data directory cannot be made or written."""

    slug = "data-not-writable"
    title = N_("The data directory cannot be written")
    detail = N_("{value} cannot be written ({reason}).")


@asynccontextmanager
async def running(data: Path, port: int, clock: Clock, *, demo: bool = False) -> "AsyncIterator[Embedded]":
    """A platform that is started, and stopped in the end whatever happens.

    Raises:
        PortTaken, DataInUse, DataNotWritable: it cannot be started, and why.
    """
    from societas.embedded import AlreadyRunning, Embedded, PortClosed  # noqa: PLC0415 — 2 seconds of imports

    configure_logging("console" if sys.stderr.isatty() else "json", os.environ.get("SOCIETAS_LOG_LEVEL", "WARNING"))
    embedded = Embedded(_made(data), port, clock, demo=demo)
    try:
        await embedded.start()
    except AlreadyRunning as error:
        raise DataInUse(field="data", value=data) from error
    except PortClosed as error:
        raise PortTaken(field="port", value=port, reason=error) from error
    except OSError as error:
        raise DataNotWritable(field="data", value=data, reason=error.strerror or error) from error
    try:
        yield embedded
    finally:
        await embedded.stop()


def _made(data: Path) -> Path:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataNotWritable(field="data", value=data, reason=error.strerror) from error
    return data.resolve()
