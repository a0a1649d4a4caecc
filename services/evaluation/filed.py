"""The policies there are: shipped and filed, parsed once each, and which of them was in use when."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.evaluation import PolicyActivated
from services.evaluation import store
from services.evaluation.domain import Fact, Policy, load_filed, load_policy
from services.evaluation.domain.extending import Bases
from services.evaluation.domain.succession import Filed, succeeding
from services.evaluation.moment import NOW, Moment
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


@lru_cache(maxsize=64)
def filed(text: str) -> Policy:
    """The policy that a text is which was found in order when it was filed, and is not checked a second time."""
    return load_filed(text)


async def bases(conn: AsyncConnection) -> Bases:
    """The texts on the shelf, which another policy can extend, by ``id@version``."""
    return {f"{one.policy.id}@{one.policy.version}": one.policy.text for one in await shelf(conn)}


async def shelf(conn: AsyncConnection, moment: Moment = NOW) -> list[Filed]:
    """Every policy that is shipped, or was filed by then, each text once: those shipped first, the last filed last."""
    found = {policy.hash: Filed(policy) for policy in map(parsed, map(text_of, SHIPPED))}
    for text, since in await store.policy_texts(conn, moment):
        policy = filed(text)
        found.setdefault(policy.hash, Filed(policy, since))
    return list(found.values())


async def every_policy(conn: AsyncConnection, moment: Moment = NOW) -> list[Policy]:
    """Those on the shelf by then, in its order."""
    return [one.policy for one in await shelf(conn, moment)]


async def in_use(conn: AsyncConnection, as_of: date | None = None, known_at: str | None = None) -> Policy:
    """The policy in use at the end of a day, by what was known at an instant: the one activated last, or its successor.

    Without a day it is the one in use now: on the last day that began, whenever it was activated. Before the first
    activation it is the one we ship.

    Raises:
        PolicyNotFiled: its text is not here.
    """
    activations = await store.facts_about(conn, "policy", PolicyActivated)
    told = [fact for fact in activations if as_of is None or fact.day <= as_of.toordinal()]
    return chosen(told, await shelf(conn), as_of or await store.current_day(conn), known_at)


async def in_use_from(conn: AsyncConnection, day: date | None) -> Policy:
    """The policy in use from the beginning of a day on, by all that was activated; None: no day has begun yet.

    Raises:
        PolicyNotFiled: its text is not here.
    """
    return chosen(await store.facts_about(conn, "policy", PolicyActivated), await shelf(conn), day)


def chosen(
    activations: Iterable[Fact], filed: Sequence[Filed], day: date | None, known_at: str | None = None
) -> Policy:
    """The policy in use by the activations, on a day; before the first day begins, nothing is succeeded.

    Raises:
        PolicyNotFiled: its text is not here.
    """
    known = [fact for fact in activations if known_at is None or fact.recorded <= known_at]
    activated = parsed(text_of(DEFAULT))
    if known:
        told = max(known, key=lambda fact: (fact.recorded, fact.id)).data
        found = next((one.policy for one in filed if one.policy.hash == told["hash"]), None)
        if found is None:
            raise PolicyNotFiled(told)
        activated = found
    return activated if day is None else succeeding(activated, filed, day, known_at)
