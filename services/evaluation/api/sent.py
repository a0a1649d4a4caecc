"""Policies that are sent: a text of bounded length, read on another thread, one at a time, before any transaction."""

import asyncio
from typing import Annotated, cast

from fastapi import Depends, Request

from chassis.holding import waits_for
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.serving import service_of
from chassis.turns import Turns
from services.evaluation.domain import Policy, load_policy, proofread
from services.evaluation.domain.checking import Checked
from services.evaluation.domain.extending import NO_BASES, Bases, is_extension
from services.evaluation.domain.marked_yaml import LARGEST
from services.evaluation.filed import bases, parsed


class PolicyTooLarge(Refusal):
    """The body is longer than a policy may be."""

    slug = "policy-too-large"
    status = 413
    title = N_("The policy is too long")
    detail = N_("A policy has at most {limit} bytes, and this one has {size}. Real ones have some tens of thousands.")


async def _text(request: Request) -> str:
    waits_for("the body")
    body = await request.body()
    if len(body) > LARGEST:
        raise PolicyTooLarge(field="policy", size=len(body), limit=LARGEST)
    return body.decode("utf-8", "replace")


SentText = Annotated[str, Depends(_text)]
"""The text of a policy that is sent."""


async def _bases(request: Request, text: SentText) -> Bases:
    """What the text may extend, if it extends anything; the connection is given back before the text is read."""
    if not is_extension(text):
        return NO_BASES
    async with service_of(request).db.reading() as conn:
        return await bases(conn)


SentBases = Annotated[Bases, Depends(_bases)]
"""The texts that the one that is sent may extend."""


async def _policy(request: Request, text: SentText, below: SentBases) -> Policy:
    async with _turns(request).turn():
        return await (asyncio.to_thread(load_policy, text, below) if below else asyncio.to_thread(parsed, text))


SentPolicy = Annotated[Policy, Depends(_policy)]
"""The policy that is sent. It stands before whatever takes a database connection among an endpoint's parameters."""


async def checked(request: Request, text: str, below: Bases) -> Checked:
    """What a text turns out to be. Raises TooManyWait."""
    async with _turns(request).turn():
        return await asyncio.to_thread(proofread, text, bases=below)


def _turns(request: Request) -> Turns:
    return cast("Turns", request.app.state.reading_policies)
