"""Backups of a service's database, and older ones put back: a file copied, a template database cloned."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from databases import administer
from sqlalchemy import make_url


class Backup:
    """A copy of a database that nobody works on at the moment it is made or put back."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    async def take(self) -> None:
        if self._url.drivername.startswith("sqlite"):
            self._copy_the_file()
        else:
            await self._administer(f'CREATE DATABASE "{self._name}_backup" TEMPLATE "{self._name}"')

    async def put_back(self) -> None:
        if self._url.drivername.startswith("sqlite"):
            self._put_the_file_back()
        else:
            await self._administer(f'DROP DATABASE "{self._name}" WITH (FORCE)')
            await self._administer(f'ALTER DATABASE "{self._name}_backup" RENAME TO "{self._name}"')

    def _copy_the_file(self) -> None:
        with closing(sqlite3.connect(self._file)) as source, closing(sqlite3.connect(self._copy)) as copy:
            source.backup(copy)

    def _put_the_file_back(self) -> None:
        for rest in ("-wal", "-shm"):
            Path(f"{self._file}{rest}").unlink(missing_ok=True)
        shutil.copy(self._copy, self._file)

    @property
    def _file(self) -> str:
        return str(self._url.database)

    @property
    def _copy(self) -> str:
        return f"{self._file}.backup"

    @property
    def _name(self) -> str:
        return str(self._url.database)

    async def _administer(self, statement: str) -> None:
        server = self._url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
        await administer(server, statement)
