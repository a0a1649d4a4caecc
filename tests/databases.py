"""Databases of the tests' own PostgreSQL."""

import asyncpg
from sqlalchemy import make_url


async def administer(server: str, statement: str) -> None:
    """Runs one statement outside any transaction."""
    conn = await asyncpg.connect(server)
    try:
        await conn.execute(statement)
    finally:
        await conn.close()


def url_of(server: str, database: str) -> str:
    """The SQLAlchemy URL of one database of the server."""
    url = make_url(server).set(drivername="postgresql+asyncpg", database=database)
    return url.render_as_string(hide_password=False)
