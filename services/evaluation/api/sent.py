"""Policies that are sent: a text of bounded length, read on another thread, one at a time, before any transaction."""

import asyncio
from typing import Annotated, cast

from fastapi import Depends, Request

from chassis.holding import waits_for
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.turns import Turns
from services.evaluation.domain import Policy, proofread
from services.evaluation.domain.checking import Checked
from services.evaluation.domain.marked_yaml import LARGEST
from services.evaluation.filed import parsed


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


async def _policy(request: Request, text: SentText) -> Policy:
    async with _turns(request).turn():
        return await asyncio.to_thread(parsed, text)


SentPolicy = Annotated[Policy, Depends(_policy)]
"""The policy that is sent. It stands before whatever takes a database connection among an endpoint's parameters."""


async def checked(request: Request, text: str) -> Checked:
    """What a text turns out to be. Raises TooManyWait."""
    async with _turns(request).turn():
        return await asyncio.to_thread(proofread, text)


def _turns(request: Request) -> Turns:
    return cast("Turns", request.app.state.reading_policies)
