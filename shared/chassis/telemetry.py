"""What a service tells its operators: log lines, and numbers."""

import logging
import sys
from typing import Literal

import structlog
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from chassis.version import version

EXPOSITION = CONTENT_TYPE_LATEST
_REQUEST_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_BATCH_BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
_REQUEST = ("method", "route", "status")
_STREAM = ("speaker", "partition")


def configure_logging(style: Literal["json", "console"] = "json", level: str = "INFO") -> None:
    """Log lines to stderr, of our own and of the libraries alike: JSON for machines, coloured text for a person."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last(style)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Requests are logged once, by us, without query strings.
    for noisy in ("uvicorn.access", "httpx2", "httpcore", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()


def _last(style: Literal["json", "console"]) -> list[structlog.typing.Processor]:
    if style == "console":
        return [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False)),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def named(error: BaseException) -> str:
    """An error in one line: its kind, and what it says if it says anything."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


class Metrics:
    """The numbers of one service, in a registry of its own so that several services live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self.registry)
        self._gauge("build_info", "1, with the version of the program", ("version",)).labels(version()).set(1)
        self.http_request_seconds = self._histogram(
            "http_request_seconds", "Time until the response began", _REQUEST, _REQUEST_BUCKETS
        )
        self.listener_lag_events = self._gauge("listener_lag_events", "Events said and not yet applied here", _STREAM)
        self.listener_lag_seconds = self._gauge(
            "listener_lag_seconds", "From recorded to applied, of the last event applied here", _STREAM
        )
        self.oldest_unapplied_seconds = self._gauge(
            "oldest_unapplied_seconds", "How long something said has been waiting to be applied here", _STREAM
        )
        self.diverged = self._gauge("diverged", "1 where the speaker's history is not the one applied here", _STREAM)
        self.foreign_events = self._counter(
            "foreign_events",
            "Events found in a speaker's stream or log that are not the speaker's, and not applied",
            _STREAM,
        )
        self.gap_backfills = self._counter("gap_backfills", "Gaps of the bus filled from the speaker's log", _STREAM)
        self.batch_seconds = self._histogram(
            "batch_seconds", "Time to apply and commit one batch", ("speaker",), _BATCH_BUCKETS
        )
        self.events_applied = self._counter("events_applied", "Events applied here", ("speaker",))
        self.relay_lag_events = self._gauge("relay_lag_events", "Events in the log and not yet on the bus", ())
        self.stream_entries = self._gauge("stream_entries", "Entries of a stream of this service", ("partition",))
        self.stream_trimmed = self._counter(
            "stream_trimmed", "Entries taken off a stream of this service for their age", ("partition",)
        )
        self.requests_limited = self._counter(
            "requests_limited", "Requests refused because the same was asked too often", ("rate", "by")
        )
        self.dead_letters = self._gauge("dead_letters", "Events put aside because they could not be applied", ())

    def exposition(self) -> bytes:
        """All of them in the Prometheus text format."""
        return generate_latest(self.registry)

    def _gauge(self, name: str, says: str, labels: tuple[str, ...]) -> Gauge:
        return Gauge(f"societas_{name}", says, labels, registry=self.registry)

    def _counter(self, name: str, says: str, labels: tuple[str, ...]) -> Counter:
        return Counter(f"societas_{name}", says, labels, registry=self.registry)

    def _histogram(self, name: str, says: str, labels: tuple[str, ...], buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"societas_{name}", says, labels, buckets=buckets, registry=self.registry)
