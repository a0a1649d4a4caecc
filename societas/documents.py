"""The interfaces as documents: OpenAPI 3.1 of each service, AsyncAPI 3.0 of the bus."""

import json
import sys
import tempfile
from collections.abc import Iterable
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Literal

from faststream.redis import RedisBroker
from faststream.specification import AsyncAPI
from pydantic import AwareDatetime, BaseModel, SecretStr, create_model

from chassis import bus
from chassis.clock import SystemClock
from chassis.settings import Settings
from contracts.catalogue import CATALOGUE, SPEAKERS
from contracts.event import Event
from services.evaluation.app import build as build_evaluation
from services.events.app import build as build_events
from services.federation.app import build as build_federation
from services.membership.app import build as build_membership

_SERVICES = {
    "membership": build_membership,
    "events": build_events,
    "federation": build_federation,
    "evaluation": build_evaluation,
}


def openapi() -> dict[str, dict[str, Any]]:
    """The OpenAPI document of each service, by its name."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(
            database_url=SecretStr(f"sqlite+aiosqlite:///{scratch}/nothing.db"),
            redis_url=SecretStr("redis://127.0.0.1:6379/0"),
            service_token=SecretStr(""),
            issuer="urn:societas:documents",
            jwks_file=Path(scratch) / "jwks.json",
        )
        return {name: build(settings, SystemClock()).openapi() for name, build in _SERVICES.items()}


def asyncapi() -> dict[str, Any]:
    """The AsyncAPI document of the bus: a channel for each service, a message for each event it says."""
    broker = RedisBroker("redis://localhost:6379")
    for speaker in SPEAKERS:
        said = [event for event in CATALOGUE.values() if event.speaker == speaker]
        broker.publisher(
            stream=bus.stream(speaker, 0),
            title=speaker,
            description=f"What {speaker} says: its log, copied entry by entry; partition 0 stands for all.",
            schema=reduce(or_, (_message(event) for event in said)),
        )
    specification = AsyncAPI(
        broker,
        title="Societas · bus",
        version="1",
        description="CloudEvents 1.0 in one field of each stream entry; the entry's id is the event's position.",
    )
    document: dict[str, Any] = json.loads(specification.to_specification().to_json())
    return document


def _named(event: type[Event]) -> str:
    """Two speakers may tell of the same thing: a schema is named after both the speaker and the event."""
    return f"{event.speaker.title()}{event.__name__}"


def _message(event: type[Event]) -> type[BaseModel]:
    """The CloudEvent of one type, envelope and data."""
    own = {
        name: (field.annotation, field)
        for name, field in event.model_fields.items()
        if name not in {"subject", "happened_at"}
    }
    data: Any = create_model(f"{_named(event)}Data", **own)  # type: ignore[call-overload]
    fields: dict[str, Any] = {
        "specversion": (Literal["1.0"], ...),
        "id": (str, ...),
        "source": (Literal[f"/{event.speaker}"], ...),
        "type": (Literal[event.type], ...),
        "subject": (event.model_fields["subject"].annotation, ...),
        "time": (AwareDatetime, ...),
        "datacontenttype": (Literal["application/json"], ...),
        "dataschema": (str, ...),
        "recordedtime": (AwareDatetime, ...),
        "sequence": (str, ...),
        "previousid": (str | None, None),
        "correlationid": (str, ...),
        "causationid": (str | None, None),
        "traceparent": (str, ...),
        "data": (data, ...),
    }
    made: type[BaseModel] = create_model(_named(event), __doc__=event.__doc__, **fields)
    return made


def write(directory: Path) -> Iterable[Path]:
    """Writes all documents into a directory, sorted, so that a difference is a change."""
    directory.mkdir(parents=True, exist_ok=True)
    named = {f"openapi-{name}.json": document for name, document in openapi().items()} | {"asyncapi.json": asyncapi()}
    for name, document in named.items():
        path = directory / name
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
        yield path


if __name__ == "__main__":
    for written in write(Path(sys.argv[1])):
        print(written)  # noqa: T201 - what a command made
