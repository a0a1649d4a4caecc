"""The portal as the chassis serves it: no database, no bus, no callers to verify; one question of readiness."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import NoReturn

from chassis.clock import Clock
from chassis.database import Database
from chassis.language import N_
from chassis.serving import Check, Trouble, Wakeable
from chassis.settings import Settings
from chassis.telemetry import Metrics
from chassis.tokens import Access, Caller
from chassis.work import Work
from services.portal.evaluation import Evaluation


class Porch:
    """A service (`chassis.serving.Service`) that owns no records; asking it for some is a fault of the program."""

    name = "portal"

    def __init__(
        self, settings: Settings, clock: Clock, evaluation: Evaluation, closing: Callable[[], Awaitable[None]]
    ) -> None:
        """`closing` gives back what reaches evaluation."""
        self.settings = settings
        self.clock = clock
        self.metrics = Metrics()
        self._evaluation = evaluation
        self._closing = closing

    @property
    def checks(self) -> Mapping[str, Check]:
        """The pages are ready when evaluation answers."""
        return {"evaluation": self._evaluation_answers}

    @property
    def db(self) -> Database:
        """There is none."""
        self._keeps_nothing()

    @property
    def reserved(self) -> Database:
        """There is none."""
        self._keeps_nothing()

    @property
    def relay(self) -> Wakeable:
        """There is none."""
        self._keeps_nothing()

    @property
    def access(self) -> Access:
        """There is none: every page is public."""
        self._keeps_nothing()

    @property
    def import_rule(self) -> None:
        """There is none: the portal has no log."""

    def work(self, _caller: Caller | None = None, /) -> AbstractAsyncContextManager[Work]:
        """There is none."""
        self._keeps_nothing()

    async def start(self) -> None:
        """Nothing to begin."""

    async def stop(self) -> None:
        """Gives back the connections."""
        await self._closing()

    async def _evaluation_answers(self) -> Trouble | None:
        return None if await self._evaluation.answers() else Trouble(N_("The evaluation service does not answer."))

    @staticmethod
    def _keeps_nothing() -> NoReturn:
        raise NotImplementedError("the portal owns no records")
