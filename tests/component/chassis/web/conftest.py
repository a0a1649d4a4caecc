"""A service that keeps notes: every kind of route the chassis offers, on a real database."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import httpx2
import pytest
from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field, SecretStr
from sqlalchemy import Column, Integer, MetaData, String, Table, func, select
from sqlalchemy.ext.asyncio import create_async_engine

from chassis import log_routes, tables
from chassis.access import PUBLIC, CallerDep, may, require
from chassis.clock import SteppedClock
from chassis.house import House
from chassis.issuer import Issuer
from chassis.language import N_
from chassis.paging import Page, Paging
from chassis.refusals import Refusal
from chassis.settings import Settings
from chassis.web import Reading, Writing, assemble, router

NOTES = Table("notes", MetaData(), Column("id", Integer, primary_key=True), Column("text", String(40), nullable=False))


class Kind(StrEnum):
    LETTER = "letter"
    CARD = "card"


class Note(BaseModel, extra="forbid"):
    text: str = Field(min_length=2, max_length=40)
    kind: Kind = Kind.CARD
    pages: int = Field(default=1, ge=1)
    sent_at: AwareDatetime | None = None
    password: str | None = Field(default=None, max_length=3)


class Kept(BaseModel):
    id: int
    text: str


class AlreadyKept(Refusal):
    slug = "already-kept"
    status = 409
    title = N_("The request was refused")
    detail = N_("This takes one of the roles {roles}.")


routes = router("notes")


async def _keep(work: Writing, note: Note) -> Kept:
    done = await work.conn.execute(NOTES.insert().values(text=note.text).returning(NOTES.c.id))
    return Kept(id=done.scalar_one(), text=note.text)


@routes.post("/notes", status_code=201, dependencies=[may("association")], response_model=Kept)
async def keep(note: Note, work: Writing) -> Kept | JSONResponse:
    """Keep a note; some texts go wrong after it was kept."""
    kept = await _keep(work, note)
    if note.text == "refused":
        raise AlreadyKept(field="text", value=note.text, roles=["a", "b"])
    if note.text == "broken":
        raise RuntimeError("a secret in a traceback")
    return JSONResponse({"soft": True}, 409) if note.text == "soft" else kept


@routes.post("/societies/{society}/notes", status_code=201, dependencies=[may("association", "society:{society}")])
async def keep_for_society(society: str, note: Note, work: Writing) -> Kept:
    return await _keep(work, note)


@routes.post("/shared-notes", status_code=201, dependencies=[may("association", "society:*")])
async def keep_shared(society: str, note: Note, caller: CallerDep, work: Writing) -> Kept:
    require(caller, "association", f"society:{society}")
    return await _keep(work, note)


@routes.post("/large-notes", dependencies=[PUBLIC])
async def measure(notes: list[str]) -> int:
    return len(notes)


@routes.get("/notes", dependencies=[PUBLIC])
async def read(look: Reading, paging: Paging) -> Page[Kept]:
    (after,) = paging.key(int) or (0,)
    found = await look.execute(select(NOTES).where(NOTES.c.id > after).order_by(NOTES.c.id).limit(paging.limit + 1))
    return paging.page([Kept(id=row.id, text=row.text) for row in found], key=lambda kept: (kept.id,))


@routes.get("/tagged", dependencies=[PUBLIC])
async def tagged(tag: Annotated[list[str] | None, Query()] = None) -> list[str]:
    return tag or []


@routes.get("/count", dependencies=[PUBLIC])
async def count(look: Reading) -> int:
    return int((await look.execute(select(func.count()).select_from(NOTES))).scalar_one())


@pytest.fixture
def desk_database(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
async def house(desk_database: str, issuer: Issuer, tmp_path: Path, clock: SteppedClock) -> AsyncIterator[House]:
    keys = tmp_path / "desk-jwks.json"
    keys.write_text(json.dumps(issuer.jwks()))
    engine = create_async_engine(desk_database)
    async with engine.begin() as conn:
        await conn.run_sync(tables.metadata.create_all)
        await conn.run_sync(NOTES.metadata.create_all)
    await engine.dispose()
    house = House("desk", _settings(desk_database, issuer, keys), clock)
    yield house
    await house.redis.aclose()
    await house.db.close()


def _settings(url: str, issuer: Issuer, keys: Path) -> Settings:
    nowhere = SecretStr("redis://127.0.0.1:1/0")
    return Settings(
        database_url=SecretStr(url), redis_url=nowhere, service_token=SecretStr("-"), issuer=issuer.url, jwks_file=keys
    )


@pytest.fixture
def desk(house: House) -> FastAPI:
    return assemble(house, routes, log_routes.routes, body_limits={"/large-notes": 3 * 1024 * 1024})


@pytest.fixture
def clerk(desk: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    """A client who may do everything."""
    return client_for(desk, "association")


@pytest.fixture
def visitor(desk: FastAPI, client_for: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    """A client without a token."""
    return client_for(desk)


@pytest.fixture
def token(issuer: Issuer) -> Callable[..., dict[str, str]]:
    """The header of a caller with these roles."""

    def header(*roles: str, subject: str = "tester", seconds: int = 3600) -> dict[str, str]:
        return {"Authorization": f"Bearer {issuer.mint(subject, roles, timedelta(seconds=seconds))}"}

    return header
