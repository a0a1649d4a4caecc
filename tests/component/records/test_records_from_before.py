"""A database from before records were corrected keeps its records, and says of them what its log knows."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.migrations import configuration, migrate

BEFORE = {"membership": "membership_0005", "events": "events_0004"}
ID, EVENT = "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11", "01980f2e-7c1a-7d43-9a60-5a8f0c2b9d12"
RECORD = f"""
    INSERT INTO plain_records (id, society, kind, title, day, details, told)
    VALUES ('{ID}', 'A-18', 'disclosures', '年度报告', '2025-04-01', '{{}}', '{EVENT}')
"""  # noqa: S608 - of this test alone
SAID = f"""
    INSERT INTO log (id, partition, type, subject, recorded, document, account)
    VALUES ('{EVENT}', 0, 'a', 'A-18', '2025-04-02T04:00:00.000000Z', '{{}}', 'account')
"""  # noqa: S608 - as above


@pytest.mark.parametrize("service", BEFORE)
async def test_a_record_from_before_is_its_first_version(
    service: str, make_database: Callable[[str], Awaitable[str]]
) -> None:
    url = await make_database(service)
    engine = create_async_engine(url)

    def back(sync: Connection) -> None:
        config = configuration(service)
        config.attributes["connection"] = sync
        command.downgrade(config, BEFORE[service])
        for statement in (RECORD, SAID):
            sync.execute(text(statement))

    async with engine.begin() as conn:
        await conn.run_sync(back)
    await migrate(url, service)

    async with engine.begin() as conn:
        found: Any = (await conn.execute(text("SELECT * FROM plain_records"))).mappings().one()
    await engine.dispose()
    assert (found["number"], found["account"], found["recorded"]) == (1, "account", "2025-04-02T04:00:00.000000Z")
    assert (found["id"], found["told"], found["withdrawn_by"], found["withdrawal"]) == (ID, EVENT, None, None)
