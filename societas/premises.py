"""What a platform needs to itself before anything is started: a data directory and a port."""

import fcntl
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from chassis.language import N_
from chassis.refusals import Refusal

GENERATED = "generated"
"""A file that says of a data directory: what is recorded here was made up."""
RECORDS = "membership.db"
_LOCK = "lock"
_BACKLOG = 2048


class PortTaken(Refusal):
    """Another program listens on the port, or this user may not open it."""

    slug = "port-taken"
    title = N_("The port cannot be opened")
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
    detail = N_("{value} cannot be written ({reason}). Choose another directory with --data.")


class Premises:
    """A data directory and a port that nobody else has until they are closed.

    The port takes calls from the start; they are answered as soon as something serves it.
    """

    def __init__(self, data: Path, port: int, host: str = "127.0.0.1") -> None:
        """Takes both.

        Raises:
            DataNotWritable, DataInUse, PortTaken: it cannot, and has left nothing behind but the directory.
        """
        self.data = _made(data)
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._lock = _locked(self.data, data)
        try:
            self.socket = _listening(host, port)
        except BaseException:
            self._lock.close()
            raise
        self._lock.truncate(0)
        self._lock.write(self.url)
        self._lock.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generated(self) -> bool:
        """Whether the records here were made up; they stay so, whoever serves them."""
        return (self.data / GENERATED).exists()

    @property
    def used(self) -> bool:
        """Whether a platform has ever kept records here."""
        return (self.data / RECORDS).exists()

    def mark_generated(self) -> None:
        """From now on the records here are made up."""
        (self.data / GENERATED).touch()

    def close(self) -> None:
        """Gives both back; once is enough."""
        self.socket.close()
        self._lock.close()


def works_at(data: Path, url: str) -> bool:
    """Whether a platform works on the data directory just now, and has that address."""
    try:
        with (data / _LOCK).open() as lock:
            if lock.read() != url.rstrip("/").replace("://localhost:", "://127.0.0.1:"):
                return False
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return False
    except OSError:
        return False
    return True


def _made(data: Path) -> Path:
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataNotWritable(field="data", value=data, reason=error.strerror) from error
    return data.resolve()


def _locked(data: Path, named: Path) -> IO[str]:
    try:
        lock = (data / _LOCK).open("a")
    except OSError as error:
        raise DataNotWritable(field="data", value=named, reason=error.strerror) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise DataInUse(field="data", value=named) from error
    return lock


def _listening(host: str, port: int) -> socket.socket:
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(_BACKLOG)
    except OSError as error:
        opened.close()
        raise PortTaken(field="port", value=port, reason=error.strerror) from error
    return opened
