"""What a platform needs to itself before anything is started: a data directory and a port."""

import fcntl
import os
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from chassis.language import N_
from chassis.refusals import Refusal
from societas.commands.options import DEFAULT_PORT

GENERATED = "generated"
"""A file that says of a data directory: what is recorded here was made up."""
RECORDS = "membership.db"
_LOCK = "lock"
_OURS = ("*.db", "*.db-*", "*.pem", "*.token", "jwks.json", "valkey", "valkey/*", "valkey/*/*", GENERATED, _LOCK)
"""What a platform keeps in its directory; whatever else lies there is left as it is."""
_TRIED = 100
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


def opened(data: Path, port: int | None) -> Premises:
    """The premises on that port; where none is asked for on 8080, or the next that is free.

    Raises:
        DataNotWritable, DataInUse, PortTaken: as `Premises`; a port that was asked for is not replaced.
    """
    if port is not None:
        return Premises(data, port)
    for tried in range(DEFAULT_PORT, DEFAULT_PORT + _TRIED):
        with suppress(PortTaken):
            return Premises(data, tried)
    return Premises(data, DEFAULT_PORT)


def address_of(data: Path) -> str | None:
    """The address of the platform that works on the data directory just now; None if none does."""
    try:
        with (data / _LOCK).open() as lock:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return None
            return lock.read() or None
    except OSError:
        return None


def works_at(data: Path, url: str) -> bool:
    """Whether a platform works on the data directory just now, and has that address."""
    return address_of(data) == url.rstrip("/").replace("://localhost:", "://127.0.0.1:")


def _made(data: Path) -> Path:
    """The directory, which nobody else may enter; what an earlier version left open in it is closed."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for ours in (data, *(path for pattern in _OURS for path in data.glob(pattern))):
            if not ours.is_symlink() and ours.stat().st_mode & 0o077:
                ours.chmod(ours.stat().st_mode & 0o700)
    except OSError as error:
        raise DataNotWritable(field="data", value=data, reason=error.strerror) from error
    return data.resolve()


def _locked(data: Path, named: Path) -> IO[str]:
    try:
        lock = os.fdopen(os.open(data / _LOCK, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a")
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
