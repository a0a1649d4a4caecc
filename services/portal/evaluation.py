"""Evaluation's public API, as these pages ask it."""

from typing import TypeVar
from urllib.parse import quote

import httpx
import msgspec

from services.portal.documents import Board, PolicyName
from services.portal.explanation import Explanation
from services.portal.policy import Policy

Document = TypeVar("Document")


class UnknownSociety(Exception):  # noqa: N818 — the name says what is the matter
    """Evaluation knows no society by this code."""

    def __init__(self, society: str) -> None:
        """`society` is the code asked for."""
        self.society = society
        super().__init__(society)


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

    async def explanation(self, society: str) -> Explanation:
        """Every point of one society and where it comes from. Raises UnknownSociety, EvaluationAway."""
        answer = await self._get(f"ratings/{quote(society, safe='')}")
        if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.UNPROCESSABLE_ENTITY}:
            raise UnknownSociety(society)
        return _decoded(answer, Explanation)

    async def policy(self, named: PolicyName) -> Policy:
        """The policy of that name; a version never changes, so the last one is kept. Raises EvaluationAway."""
        if self._policy is None or (self._policy.id, str(self._policy.version)) != (named.id, str(named.version)):
            self._policy = _decoded(await self._get(f"policies/{quote(named.id, safe='')}"), Policy)
        return self._policy

    async def answers(self) -> bool:
        """Whether evaluation is there at all."""
        try:
            return (await self._get("days/current")).is_success
        except EvaluationAway:
            return False

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
