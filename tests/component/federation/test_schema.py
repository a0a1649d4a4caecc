from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from chassis import tables
from chassis.house import House
from services.federation.store.tables import metadata


async def test_the_migrated_schema_is_the_one_the_code_expects(house: House) -> None:
    def differences(sync: Connection) -> list[object]:
        found = compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        return [one for one in found if not _of_the_chassis(one)]

    async with house.db.reading() as conn:
        assert await conn.run_sync(differences) == []


def _of_the_chassis(difference: object) -> bool:
    theirs = {*tables.metadata.tables, "alembic_version"}
    kind, *things = difference if isinstance(difference, tuple) else ("", difference)
    thing = things[0]
    table = getattr(thing, "table", thing)
    return str(kind).startswith("remove") and getattr(table, "name", None) in theirs
