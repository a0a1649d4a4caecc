"""A write sent twice is done once: the answer is kept with what it changed, and given again."""

import hashlib
import json
import string
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from chassis.language import N_
from chassis.refusals import Refusal
from chassis.tables import idempotency
from chassis.work import Work
from contracts.calendar import instant

REPLAYED = "Idempotent-Replayed"
_LONGEST_KEY = 200
_KEY_CHARACTERS = frozenset(string.ascii_letters + string.digits + string.punctuation)


_MINE = (idempotency.c.caller == bindparam("of_caller")) & (idempotency.c.key == bindparam("of_key"))
# Built once: making a statement and finding its compiled form costs more than running it.
_CLAIM = {
    "sqlite": sqlite.insert(idempotency).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(idempotency).on_conflict_do_nothing(),
}
_KEPT = select(idempotency).where(_MINE)
_KEEP = (
    update(idempotency)
    .where(_MINE)
    .values(status=bindparam("status"), content_type=bindparam("content_type"), body=bindparam("body"))
)


class IdempotencyKeyReused(Refusal):
    """The same key came with another request."""

    slug = "idempotency-key-reused"
    title = N_("This idempotency key was used for another request")
    detail = N_(
        "Send a new Idempotency-Key with every new request, and the same one only to repeat a request unchanged."
    )


class IdempotencyKeyInvalid(Refusal):
    """The key has no usable form."""

    slug = "idempotency-key-invalid"
    title = N_("The idempotency key is not usable")
    detail = N_("An Idempotency-Key is 1 to {longest} printable ASCII characters without blanks, for instance a UUID.")


class Claim:
    """One caller's key for one request, within the transaction that answers it.

    A caller is a subject with its roles: what one was answered is not told to another who calls itself the same.
    """

    def __init__(self, caller: str, roles: Collection[str], key: str, fingerprint: str) -> None:
        """`caller` is the token's subject; it is kept as a hash, together with the roles.

        Raises:
            IdempotencyKeyInvalid: so is the key.
        """
        if not 0 < len(key) <= _LONGEST_KEY or not _KEY_CHARACTERS.issuperset(key):
            raise IdempotencyKeyInvalid(field="Idempotency-Key", value=key, longest=_LONGEST_KEY)
        told = json.dumps([caller, *sorted(roles)])
        self.caller = hashlib.sha256(told.encode()).hexdigest()
        self.key = key
        self.fingerprint = fingerprint
        self._mine = {"of_caller": self.caller, "of_key": key}

    async def claim(self, work: Work) -> Response | None:
        """Takes the key; if it is taken by the same request, the response that was given then.

        A second request with the key waits here until the first has committed or failed.

        Raises:
            IdempotencyKeyReused: it is taken by another request.
        """
        claimed = {
            "caller": self.caller,
            "key": self.key,
            "fingerprint": self.fingerprint,
            "created": instant(work.now()),
        }
        taken = await work.conn.execute(_CLAIM[work.conn.dialect.name], claimed)
        return None if taken.rowcount else await self.answered(work.conn)

    async def answered(self, conn: AsyncConnection) -> Response | None:
        """The response that was given to the same request; None where it has not been answered.

        Raises:
            IdempotencyKeyReused: another request was answered under this key.
        """
        stored = (await conn.execute(_KEPT, self._mine)).one_or_none()
        if stored is None:
            return None
        if stored.fingerprint != self.fingerprint:
            raise IdempotencyKeyReused(field="Idempotency-Key", value=self.key)
        return Response(stored.body, stored.status, {REPLAYED: "true"}, stored.content_type)

    async def keep(self, work: Work, response: Response) -> None:
        """Keeps the response under the key, in the transaction whose result it tells."""
        answer = {
            "status": response.status_code,
            "content_type": response.headers.get("content-type"),
            "body": bytes(response.body),
        }
        await work.conn.execute(_KEEP, {**self._mine, **answer})


def fingerprint(method: str, path: str, query: str, digest: str) -> str:
    """What makes two requests the same; the digest is the body's."""
    told = f"{method}\n{path}\n{query}\n{digest}"
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


async def forget(conn: AsyncConnection, before: datetime) -> int:
    """Deletes the keys taken before an instant; returns how many. After that a repeated request is a new one."""
    return (await conn.execute(delete(idempotency).where(idempotency.c.created < instant(before)))).rowcount
