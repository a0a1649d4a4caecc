"""A migrated database is the one the code expects, on SQLite and on PostgreSQL."""

from collections.abc import Awaitable, Callable
from importlib import import_module

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from chassis import tables
from chassis.database import Database
from chassis.migrations import migrate

ROOMS = {
    "membership": "services.membership.store.tables",
    "events": "services.events.store.tables",
    "federation": "services.federation.store.tables",
    "evaluation": "services.evaluation.store",
}


@pytest.mark.parametrize("service", ROOMS)
async def test_the_migrated_schema_is_the_one_the_code_expects(
    service: str, make_database: Callable[[str], Awaitable[str]]
) -> None:
    expected: list[MetaData] = [tables.metadata, import_module(ROOMS[service]).metadata]

    def differences(sync: Connection) -> list[object]:
        found = compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), expected)
        return [one for one in found if "alembic_version" not in str(one)]

    url = await make_database(service)
    await migrate(url, service)
    await migrate(url, service)
    database = Database(url)
    async with database.reading() as conn:
        assert await conn.run_sync(differences) == []
    await database.close()
