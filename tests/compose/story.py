"""The demo's first month, told to a deployment; and what can be asked and said of it then."""

from pathlib import Path
from typing import Any

import httpx2
from compose.deployment import Deployment, wait_until

from services.membership.identifiers import completed
from societas.demo.driver import Driver
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.societies import societies

SOCIETIES, DAYS = 30, 31
newcomers = (f"E-{number}" for number in range(60, 100))


async def tell(deployment: Deployment, directory: Path) -> int:
    plan = Plan(societies()[:SOCIETIES], seed=7)
    headers = {"Authorization": f"Bearer {deployment.secret('admin_token')}"}
    with Memory(directory / "demo.db", plan.seed) as memory:
        async with httpx2.AsyncClient(base_url=deployment.gateway, headers=headers, timeout=60) as http:
            # The deployment's clock is the real one: to it, the story is a year of late records.
            driver = Driver(plan, memory, http, lambda _: None)
            return sum([await driver.tell(day) for day in range(DAYS + 1)])


def ratings(operator: httpx2.Client) -> dict[str, Any]:
    answer = operator.get("/api/evaluation/ratings")
    return dict(answer.raise_for_status().json())


def newcomer() -> dict[str, Any]:
    """A society that can be registered."""
    code = next(newcomers)
    return {
        "code": code,
        "name": f"新学会{code}",
        "credit_code": completed(f"5142000000009{code[2:]}0"),
        "discipline": "interdisciplinary",
        "registered_on": "2024-05-01",
    }


def something_happens(operator: httpx2.Client) -> str:
    """A society is registered: whatever else is on the board, it changes."""
    society = newcomer()
    answer = operator.post("/api/membership/societies", json=society)
    assert answer.status_code == 201, answer.text
    return str(society["code"])


def verified(deployment: Deployment, operator: httpx2.Client) -> dict[str, Any]:
    """The board, once everything has been applied and the logs, folded anew, give the same ratings."""
    wait_until(deployment.settled)
    verdict = operator.post("/api/evaluation/verification").json()
    assert verdict["equal"], verdict
    assert verdict["missing"] == 0
    board = ratings(operator)
    assert board["hash"] == verdict["hash_replayed"]
    return board
