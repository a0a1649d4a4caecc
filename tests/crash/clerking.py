"""What a clerk asks of the register, and what the register made of it."""

import httpx2
from sqlalchemy import func, select

from chassis.house import House
from chassis.tables import log
from services.membership.store.tables import members


async def register(clerk: httpx2.AsyncClient) -> None:
    form = {
        "code": "A-18",
        "name": "中国动物学会",
        "credit_code": "51420000500000023Y",
        "discipline": "science",
        "registered_on": "1991-06-30",
    }
    assert (await clerk.post("/societies", json=form)).status_code == 201


async def admit(clerk: httpx2.AsyncClient, number: int) -> httpx2.Response:
    form = {"kind": "individual", "admitted_on": "2025-03-01"}
    return await clerk.post("/societies/A-18/members", json=form, headers={"Idempotency-Key": f"member-{number}"})


async def kept_and_said(house: House) -> tuple[int, int]:
    async with house.db.reading() as conn:
        kept = await conn.scalar(select(func.count()).select_from(members))
        said = await conn.scalar(select(func.count()).where(log.c.type == "membership.member-admitted.v1"))
    return int(kept or 0), int(said or 0)
