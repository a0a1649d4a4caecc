"""Evaluation's public API, as these pages ask it."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

import httpx2
import msgspec

from chassis import outward
from chassis.dated import AS_OF
from services.portal.documents import Board, PolicyName
from services.portal.duties import Duties, Duty
from services.portal.explanation import Explanation
from services.portal.moment import Moment
from services.portal.policy import Policies, Policy
from services.portal.reader import forwarded, note_age
from services.portal.reviews import Results, Review, Reviews
from services.portal.whatif import WhatIf

Document = TypeVar("Document")
Live = TypeVar("Live", Board, Explanation)
Query = Sequence[tuple[str, str | int]]
_LONGEST_PAGE = 500
_BOUNDS = outward.Bounds(seconds=15, largest=16 * 1024 * 1024)
"""Longer than the gateway waits for one instance before it asks the other; larger than any board of a country."""
_AT_ONCE = 16
"""Questions of other days and other policies that are waited for at once: they fold the past, and may take long."""
_PAST = frozenset({"as_of", "known_at", "policy"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]*")
"""A step of an address: no name of it is a dot segment, or needs to be quoted."""
_REFUSALS = frozenset({httpx2.codes.NOT_FOUND, httpx2.codes.CONFLICT, httpx2.codes.UNPROCESSABLE_CONTENT})


class UnknownAddress(Exception):  # noqa: N818 — the name says what is the matter
    """What was asked for has no name that an address could have."""


class UnknownSociety(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation knows no society by this code."""

    def __init__(self, society: str) -> None:
        """`society` is the code asked for."""
        self.society = society
        super().__init__(society)


class UnknownReview(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation knows no review by this id."""


class Declined(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation refused the question: no such policy, a day to come; `slug` is the kind of its problem."""

    def __init__(self, slug: str) -> None:
        """`slug` is the last part of the problem's type."""
        self.slug = slug
        super().__init__(slug)


class AskedTooOften(Exception):  # noqa: N818 — the name says what is the matter
    """This reader asked of the past as often as may be asked; `seconds` is in how many to ask again."""

    def __init__(self, seconds: str) -> None:
        """`seconds` is what evaluation says."""
        self.seconds = seconds
        super().__init__(seconds)


class EvaluationAway(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation did not answer, or could not, or has enough to answer already."""


class NotUnderstood(ValueError):  # noqa: N818 — the name says what is the matter
    """Evaluation answered, and these pages cannot read it: a fault of the program, not of the service."""


class _Problem(msgspec.Struct, frozen=True):
    type: str = ""

    @property
    def slug(self) -> str:
        return self.type.rpartition(":")[2]


class Evaluation:
    """What evaluation publishes: the board, one society's explanation, the policies. Keeps no records of its own.

    What is live is asked for conditionally (ETag), so that what nothing changed is not made, sent and decoded again.
    """

    def __init__(self, client: httpx2.AsyncClient) -> None:
        """`client` has evaluation as its base URL."""
        self._client = client
        self._past = asyncio.Semaphore(_AT_ONCE)
        self._board: Board | None = None
        self._policy: Policy | None = None

    async def board(self) -> Board:
        """Every society's rating as of now. Raises EvaluationAway."""
        known = self._board
        answer = await self._get("ratings", _unless(known.tag if known else ""))
        if known and answer.status_code == httpx2.codes.NOT_MODIFIED:
            return known
        self._board = _tagged(answer, Board)
        return self._board

    async def board_at(self, moment: Moment) -> Board:
        """Every society's rating on another day, or as known then. Raises Declined, EvaluationAway."""
        return _decoded(await self._asked(_address("ratings"), _query(moment)), Board)

    async def policies(self) -> Policies:
        """Every policy that is filed. Raises EvaluationAway."""
        return _decoded(await self._get("policies"), Policies)

    async def policy_called(self, name: str) -> Policy:
        """A policy by its id, or id@version. Raises Declined, EvaluationAway."""
        return _decoded(await self._asked(_address("policies", name)), Policy)

    async def what_if(self, policy: str, against: str, moment: Moment) -> WhatIf:
        """What another policy would change. Raises Declined, EvaluationAway."""
        query = [("policy", policy), *([("against", against)] if against else []), *_query(moment)]
        return _decoded(await self._asked(_address("whatif"), query), WhatIf)

    async def explanation(self, society: str, moment: Moment, known: str = "") -> Explanation | None:
        """Every point of one society and where it comes from; None if it is still the one with the tag `known`.

        Raises:
            UnknownSociety, Declined, EvaluationAway: there is none to be had.
        """
        try:
            answer = await self._asked(_address("ratings", society), _query(moment), _unless(known))
        except Declined as declined:
            if declined.slug == "unknown-society":
                raise UnknownSociety(society) from None
            raise
        return None if answer.status_code == httpx2.codes.NOT_MODIFIED else _tagged(answer, Explanation)

    async def policy(self, named: PolicyName) -> Policy:
        """The policy of that name; a version never changes, so the last one is kept. Raises EvaluationAway."""
        if self._policy is None or (self._policy.id, str(self._policy.version)) != (named.id, str(named.version)):
            self._policy = _decoded(await self._get(_address("policies", f"{named.id}@{named.version}")), Policy)
        return self._policy

    async def duties(self, query: Query, moment: Moment) -> list[Duty]:
        """Everybody's duties as asked for, by due day. Raises Declined, EvaluationAway."""
        return await self._all_duties(_address("duties"), [*query, *_query(moment)])

    async def duties_of(self, society: str, moment: Moment) -> list[Duty]:
        """All duties of one society, by due day. Raises Declined, EvaluationAway."""
        return await self._all_duties(_address("societies", society, "duties"), _query(moment))

    async def reviews(self, moment: Moment) -> Reviews:
        """Every review and how it stands. Raises Declined, EvaluationAway."""
        query = [("limit", _LONGEST_PAGE), *_query(moment)]
        return _decoded(await self._asked(_address("reviews"), query), Reviews)

    async def review(self, review: str, moment: Moment) -> Review:
        """One review. Raises UnknownReview, Declined, EvaluationAway."""
        try:
            return _decoded(await self._asked(_address("reviews", review), _query(moment)), Review)
        except Declined as declined:
            if declined.slug == "unknown-review":
                raise UnknownReview from None
            raise

    async def results(self, review: str, moment: Moment) -> Results:
        """The published results of a review. Raises Declined, EvaluationAway."""
        return _decoded(await self._asked(_address("reviews", review, "results"), _query(moment)), Results)

    async def answers(self) -> bool:
        """Whether evaluation is there at all."""
        try:
            return (await self._get("days/current")).is_success
        except EvaluationAway:
            return False

    async def _all_duties(self, address: str, query: Query) -> list[Duty]:
        found: list[Duty] = []
        after: Query = []
        while True:
            page = _decoded(await self._asked(address, [("limit", _LONGEST_PAGE), *query, *after]), Duties)
            found += page.items
            if page.next is None:
                return found
            after = [("after", page.next)]

    async def _asked(
        self, address: str, query: Query = (), headers: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """The answer to a question; what folds the past waits for its turn only while few others do."""
        whole = f"{address}?{urlencode(query)}" if query else address
        if not _PAST.intersection(name for name, _ in query):
            return _answered(await self._get(whole, headers))
        if self._past.locked():
            raise EvaluationAway(f"{_AT_ONCE} questions of the past are waited for")
        async with self._past:
            return _answered(await self._get(whole, headers))

    async def _get(self, address: str, headers: Mapping[str, str] | None = None) -> httpx2.Response:
        try:
            answer = await outward.get(self._client, address, _BOUNDS, {**forwarded(), **(headers or {})})
        except httpx2.TransportError as trouble:
            raise EvaluationAway(str(trouble)) from trouble
        except httpx2.DecodingError as trouble:
            raise NotUnderstood(str(trouble)) from trouble
        if AS_OF in answer.headers:
            note_age(answer.headers[AS_OF])
        return answer


def _address(*names: str) -> str:
    """The address of what has these names, one below the other.

    Raises:
        UnknownAddress: one of them is none that an id can have: it would lead elsewhere.
    """
    if not all(map(_NAME.fullmatch, names)):
        raise UnknownAddress
    return "/".join(names)


def _query(moment: Moment) -> Query:
    return list(moment.query.items())


def _answered(answer: httpx2.Response) -> httpx2.Response:
    if answer.status_code in _REFUSALS:
        raise Declined(_read(answer, _Problem).slug)
    if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS:
        raise AskedTooOften(answer.headers.get("Retry-After", "60"))
    return answer


def _unless(tag: str) -> dict[str, str]:
    return {"If-None-Match": tag} if tag else {}


def _tagged(answer: httpx2.Response, shape: type[Live]) -> Live:
    return msgspec.structs.replace(_decoded(answer, shape), tag=answer.headers.get("ETag", ""))


def _decoded(answer: httpx2.Response, shape: type[Document]) -> Document:
    if answer.is_server_error:
        raise EvaluationAway(f"{answer.request.url}: {answer.status_code}")
    if not answer.is_success:
        raise NotUnderstood(f"{answer.request.url}: {answer.status_code}")
    return _read(answer, shape)


def _read(answer: httpx2.Response, shape: type[Document]) -> Document:
    try:
        return msgspec.json.decode(answer.content, type=shape)
    except msgspec.MsgspecError as trouble:
        raise NotUnderstood(f"{answer.request.url}: {trouble}") from trouble
