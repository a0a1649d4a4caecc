"""Bringing a service's database up to date: the chassis' own tables and the service's, two branches of one Alembic."""

import asyncio
from importlib.util import find_spec
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import create_async_engine

_HERE = Path(__file__).parent


def configuration(service: str) -> Config:
    """Alembic's view of one service."""
    spec = find_spec(f"services.{service}")
    rooms = [_HERE / "versions"]
    if spec is not None and spec.origin is not None:
        rooms.append(Path(spec.origin).parent / "migrations" / "versions")
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(room) for room in rooms))
    return config


async def migrate(url: str, service: str) -> None:
    """Upgrades to the newest revision of both branches; does nothing where there is nothing to do."""
    engine = create_async_engine(url)
    config = configuration(service)
    try:
        async with engine.begin() as conn:
            await conn.run_sync(lambda sync: _upgrade(config, sync))
    finally:
        await engine.dispose()


def _upgrade(config: Config, connection: object) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")


def main() -> None:
    """`python -m chassis.migrations SERVICE`: the one-shot job of a deployment."""
    import sys  # noqa: PLC0415 - only when run as a program

    from chassis.settings import Settings  # noqa: PLC0415 - only when run as a program

    settings = Settings()
    asyncio.run(migrate(settings.database_url.get_secret_value(), sys.argv[1]))


if __name__ == "__main__":
    main()
