"""What the web half needs of the service it serves."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol, cast

from starlette.requests import HTTPConnection

from chassis.clock import Clock
from chassis.database import Database
from chassis.importing import ImportRule
from chassis.language import Language, Phrase, translate
from chassis.settings import Settings
from chassis.telemetry import Metrics
from chassis.tokens import Access, Caller
from chassis.work import Work


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a readiness check found wrong, as a sentence with its values."""

    sentence: Phrase
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, language: Language) -> str:
        """The sentence in that language."""
        return translate(self.sentence, language, **self.values)


Check = Callable[[], Awaitable[Trouble | None]]
"""Looks at one thing a service needs; None if it is well."""


class Wakeable(Protocol):
    """Something that sleeps until there is work."""

    def wake(self) -> None:
        """There is work."""
        ...


class Service(Protocol):
    """A service as its web app sees it."""

    @property
    def name(self) -> str:
        """Its name on the bus and in paths."""
        ...

    @property
    def settings(self) -> Settings:
        """What its deployment decided."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def db(self) -> Database:
        """Its own database."""
        ...

    @property
    def reserved(self) -> Database:
        """The same over connections that no request uses up; for what is asked by one at a time."""
        ...

    @property
    def relay(self) -> Wakeable:
        """What copies its log to the bus."""
        ...

    @property
    def access(self) -> Access:
        """What verifies its callers."""
        ...

    @property
    def metrics(self) -> Metrics:
        """What it measures."""
        ...

    @property
    def checks(self) -> Mapping[str, Check]:
        """What makes it ready, by name."""
        ...

    @property
    def import_rule(self) -> ImportRule | None:
        """What it asks of the events of an import together, if anything."""
        ...

    def work(self, caller: Caller | None = None, /) -> AbstractAsyncContextManager[Work]:
        """One transaction of that caller, committed on a clean exit; the relay is woken afterwards."""
        ...

    async def start(self) -> None:
        """Begins to listen and to relay."""
        ...

    async def stop(self) -> None:
        """Stops cleanly; what was begun is finished or rolled back."""
        ...


def service_of(request: HTTPConnection) -> Service:
    """The service whose app this request reached."""
    return cast("Service", request.app.state.service)
