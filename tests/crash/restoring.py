"""Backups of a service's database, and older ones put back: a file copied, a template database cloned."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

from databases import administer
from sqlalchemy import make_url


class Backup:
    """A copy of a database that nobody works on at the moment it is made or put back."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    def take(self) -> None:
        if self._url.drivername.startswith("sqlite"):
            with sqlite3.connect(self._file) as source, sqlite3.connect(f"{self._file}.backup") as copy:
                source.backup(copy)
        else:
            self._administer(f'CREATE DATABASE "{self._name}_backup" TEMPLATE "{self._name}"')

    def put_back(self) -> None:
        if self._url.drivername.startswith("sqlite"):
            for rest in ("-wal", "-shm"):
                Path(f"{self._file}{rest}").unlink(missing_ok=True)
            shutil.copy(f"{self._file}.backup", self._file)
        else:
            self._administer(f'DROP DATABASE "{self._name}" WITH (FORCE)')
            self._administer(f'ALTER DATABASE "{self._name}_backup" RENAME TO "{self._name}"')

    @property
    def _file(self) -> str:
        return str(self._url.database)

    @property
    def _name(self) -> str:
        return str(self._url.database)

    def _administer(self, statement: str) -> None:
        server = self._url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        asyncio.run(administer(server, statement))
