"""Evaluation's public API, as these pages ask it."""

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

import httpx
import msgspec

from services.portal.documents import Board, PolicyName
from services.portal.duties import Duties, Duty
from services.portal.explanation import Explanation
from services.portal.moment import Moment
from services.portal.policy import Policies, Policy
from services.portal.reviews import Results, Review, Reviews
from services.portal.whatif import WhatIf

Document = TypeVar("Document")
_LONGEST_PAGE = 500


class UnknownSociety(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation knows no society by this code."""

    def __init__(self, society: str) -> None:
        """`society` is the code asked for."""
        self.society = society
        super().__init__(society)


class UnknownReview(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation knows no review by this id."""


class Declined(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation knows no such policy, or the day asked about has not come."""


class EvaluationAway(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation did not answer, or answered something else than what was asked for."""


class Evaluation:
    """What evaluation publishes: the board, one society's explanation, the policies. Keeps no records of its own.

    The board is asked for conditionally (ETag), so one that nothing changed is not sent and decoded again.
    """

    def __init__(self, client: httpx.AsyncClient) -> None:
        """`client` has evaluation as its base URL, and a time-out."""
        self._client = client
        self._board: tuple[str, Board] | None = None
        self._policy: Policy | None = None

    async def board(self) -> Board:
        """Every society's rating as of now. Raises EvaluationAway."""
        known = self._board
        answer = await self._get("ratings", {"If-None-Match": known[0]} if known else {})
        if known and answer.status_code == httpx.codes.NOT_MODIFIED:
            return known[1]
        board = _decoded(answer, Board)
        tag = answer.headers.get("ETag")
        self._board = (tag, board) if tag else None
        return board

    async def board_at(self, moment: Moment) -> Board:
        """Every society's rating on another day, or as known then. Raises Declined, EvaluationAway."""
        return _decoded(await self._asked("ratings", **moment.query), Board)

    async def policies(self) -> Policies:
        """Every policy that is filed. Raises EvaluationAway."""
        return _decoded(await self._get("policies"), Policies)

    async def policy_called(self, name: str) -> Policy:
        """A policy by its id, or id@version. Raises Declined, EvaluationAway."""
        return _decoded(await self._asked(f"policies/{quote(name, safe='@')}"), Policy)

    async def what_if(self, policy: str, against: str, moment: Moment) -> WhatIf:
        """What another policy would change. Raises Declined, EvaluationAway."""
        query = {"policy": policy} | ({"against": against} if against else {}) | moment.query
        return _decoded(await self._asked("whatif", **query), WhatIf)

    async def explanation(self, society: str, moment: Moment) -> Explanation:
        """Every point of one society and where it comes from. Raises UnknownSociety, Declined, EvaluationAway."""
        query = f"?{urlencode(moment.query)}" if moment.query else ""
        answer = await self._get(f"ratings/{quote(society, safe='')}{query}")
        if moment.query and answer.status_code in {httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY}:
            raise Declined
        if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.UNPROCESSABLE_ENTITY}:
            raise UnknownSociety(society)
        return _decoded(answer, Explanation)

    async def policy(self, named: PolicyName) -> Policy:
        """The policy of that name; a version never changes, so the last one is kept. Raises EvaluationAway."""
        if self._policy is None or (self._policy.id, str(self._policy.version)) != (named.id, str(named.version)):
            self._policy = _decoded(
                await self._get(f"policies/{quote(f'{named.id}@{named.version}', safe='@')}"), Policy
            )
        return self._policy

    async def duties(self, query: Sequence[tuple[str, str | int]], moment: Moment) -> list[Duty]:
        """Everybody's duties as asked for, by due day. Raises Declined, EvaluationAway."""
        return await self._all_duties("duties", [*query, *moment.query.items()])

    async def duties_of(self, society: str, moment: Moment) -> list[Duty]:
        """All duties of one society, by due day. Raises Declined, EvaluationAway."""
        return await self._all_duties(f"societies/{quote(society, safe='')}/duties", list(moment.query.items()))

    async def reviews(self) -> Reviews:
        """Every review and how it stands. Raises EvaluationAway."""
        return _decoded(await self._get("reviews?limit=500"), Reviews)

    async def review(self, review: str) -> Review:
        """One review. Raises UnknownReview, EvaluationAway."""
        answer = await self._get(f"reviews/{quote(review, safe='')}")
        if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.UNPROCESSABLE_ENTITY}:
            raise UnknownReview
        return _decoded(answer, Review)

    async def results(self, review: str) -> Results:
        """The published results of a review. Raises EvaluationAway."""
        return _decoded(await self._get(f"reviews/{quote(review, safe='')}/results"), Results)

    async def answers(self) -> bool:
        """Whether evaluation is there at all."""
        try:
            return (await self._get("days/current")).is_success
        except EvaluationAway:
            return False

    async def _all_duties(self, path: str, query: Sequence[tuple[str, str | int]]) -> list[Duty]:
        found: list[Duty] = []
        after: list[tuple[str, str | int]] = []
        while True:
            asked = urlencode([("limit", _LONGEST_PAGE), *query, *after])
            page = _decoded(await self._answered(f"{path}?{asked}"), Duties)
            found += page.items
            if page.next is None:
                return found
            after = [("after", page.next)]

    async def _asked(self, path: str, **query: str) -> httpx.Response:
        return await self._answered(f"{path}?{urlencode(query)}")

    async def _answered(self, path: str) -> httpx.Response:
        answer = await self._get(path)
        if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.CONFLICT}:
            raise Declined
        return answer

    async def _get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        try:
            return await self._client.get(path, headers=headers)
        except httpx.TransportError as trouble:
            raise EvaluationAway(str(trouble)) from trouble


def _decoded(answer: httpx.Response, shape: type[Document]) -> Document:
    try:
        return msgspec.json.decode(answer.raise_for_status().content, type=shape)
    except (httpx.HTTPStatusError, msgspec.MsgspecError) as trouble:
        raise EvaluationAway(str(trouble)) from trouble
