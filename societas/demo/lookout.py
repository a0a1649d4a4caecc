"""What can be seen of the story from outside: how far everybody is, what was told last, who leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2

from chassis.language import N_, Language, Phrase, translate
from services.portal.event_names import event_name
from societas.logs import lags
from societas.platform import RECORD_KEEPERS

EVENTS = N_("{count} events applied")
LEADER = N_("first: {name} {total}")
LAG = N_("lag {count}")
_SAID_LATER = "evaluation"
"""What evaluation says follows from what the others say: theirs is the news."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One look: the day on the board, events applied and waiting, the last event with its society, the leader."""

    day: str
    applied: int
    waiting: int
    event: tuple[str, Phrase] | None
    leader: tuple[str, str] | None

    def far(self, language: Language) -> str:
        """Who leads, and how far it is."""
        return "  ".join([*self._leading(language), translate(EVENTS, language, count=self.applied)])

    def now(self, language: Language) -> str:
        """What happens: the day, how many events wait, the last event in words, and who leads."""
        said = [f"{self.event[0]} · {translate(self.event[1], language)}"] if self.event else []
        return "  ".join([self.day, translate(LAG, language, count=self.waiting), *said, *self._leading(language)])

    def _leading(self, language: Language) -> list[str]:
        return [translate(LEADER, language, name=self.leader[0], total=self.leader[1])] if self.leader else []


class Lookout:
    """Looks at the platform, and remembers where each log ended, so as to know what is new."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        """`http` has the platform's root as its base address, and a token that may read the logs."""
        self._http = http
        self._ends: dict[str, int] = {}
        self._event: tuple[str, str] | None = None

    async def look(self) -> Sight:
        """How it is now."""
        standings = {name: await self._get(f"/api/{name}/log/head") for name in RECORD_KEEPERS}
        board = await self._get("/api/evaluation/ratings")
        await self._note_news({name: standing["heads"][0]["position"] for name, standing in standings.items()})
        names = {row["society"]: row["name"] for row in board["ratings"]}
        first = board["ratings"][0] if board["ratings"] else None
        return Sight(
            day=board["as_of"],
            applied=board["applied"],
            waiting=sum(lags(standings).values()),
            event=self._event and (names.get(self._event[0], self._event[0]), event_name(self._event[1])),
            leader=first and (first["name"], first["total"]),
        )

    async def _note_news(self, ends: Mapping[str, int]) -> None:
        moved = [name for name in RECORD_KEEPERS if ends[name] > self._ends.get(name, 0)]
        self._ends = dict(ends)
        if moved:
            name = next((one for one in reversed(moved) if one != _SAID_LATER), moved[0])
            query = {"partition": 0, "after": ends[name] - 1, "limit": 1}
            event = await self._get(f"/api/{name}/log", **query)
            self._event = event["subject"], event["type"]

    async def _get(self, path: str, **query: int) -> Any:
        return (await self._http.get(path, params=query)).raise_for_status().json()
