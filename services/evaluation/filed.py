"""The policies there are: shipped and filed, parsed once each, and which of them was in use when."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.evaluation import PolicyActivated
from services.evaluation import store
from services.evaluation.domain import Fact, Policy, load_policy
from services.evaluation.shipped import DEFAULT, SHIPPED, text_of


class PolicyNotFiled(Exception):  # noqa: N818 — what a dead letter says was wrong
    """A policy was activated elsewhere whose text is not here; nobody may be rated by another one in its place."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        """`told` is the data of the activation."""
        self.name = name = f"{told['policy']} {told['version']}"
        super().__init__(
            f"the text of policy {name} ({told['hash']}) is not filed here: file it with `societas policy file`, "
            f"then redrive this event · 办法 {name} 的文本未在本平台存档，请先存档再重投本事件"
        )


@lru_cache(maxsize=64)
def parsed(text: str) -> Policy:
    """The policy that a text is; reading one takes long, and a text never changes.

    Raises:
        PolicyRefused: with everything that is wrong with it.
    """
    return load_policy(text)


async def every_policy(conn: AsyncConnection) -> list[Policy]:
    """Every policy that is shipped or filed, each text once, those shipped first."""
    texts = [*map(text_of, SHIPPED), *await store.policy_texts(conn)]
    return list({policy.hash: policy for policy in map(parsed, texts)}.values())


async def in_use(conn: AsyncConnection, as_of: date | None = None, known_at: str | None = None) -> Policy:
    """The policy in use at the end of a day, by what was known at an instant: the one activated last.

    Before the first activation it is the one we ship.

    Raises:
        PolicyNotFiled: its text is not here.
    """
    activations = await store.facts_about(conn, "policy", PolicyActivated)
    counted = [fact for fact in activations if _counts(fact, as_of, known_at)]
    if not counted:
        return parsed(text_of(DEFAULT))
    told = max(counted, key=lambda fact: (fact.recorded, fact.id)).data
    found = next((policy for policy in await every_policy(conn) if policy.hash == told["hash"]), None)
    if found is None:
        raise PolicyNotFiled(told)
    return found


def _counts(fact: Fact, as_of: date | None, known_at: str | None) -> bool:
    happened = as_of is None or fact.day <= as_of.toordinal()
    return happened and (known_at is None or fact.recorded <= known_at)
