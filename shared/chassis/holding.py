"""A request that holds a database connection waits for nothing but the database.

A connection that is held while its request waits for something else (another connection, a turn, another service) is
missing to everybody: a hundred such requests stop the service. So whatever waits asks here first.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

_held: WeakKeyDictionary[asyncio.Task[Any], int] = WeakKeyDictionary()


class WaitsWhileHolding(RuntimeError):  # noqa: N818 - what is wrong
    """A fault of the program: a request would wait for something while it holds a database connection."""

    def __init__(self, purpose: str) -> None:
        """`purpose` is what it would wait for."""
        super().__init__(f"a request holds a database connection while it waits for {purpose}: give it back first")


def waits_for(purpose: str) -> None:
    """Says that the running task is about to wait for something other than its database connection.

    Raises:
        WaitsWhileHolding: it answers a request and holds one.
    """
    task = asyncio.current_task()
    if task is not None and _held.get(task):
        raise WaitsWhileHolding(purpose)


@contextmanager
def answering() -> Iterator[None]:
    """The time in which the running task answers a request: its connections are counted."""
    task = asyncio.current_task()
    if task is None or task in _held:
        yield
        return
    _held[task] = 0
    try:
        yield
    finally:
        del _held[task]


@contextmanager
def answering_again() -> Iterator[None]:
    """The time in which a request is answered once more: the connection that it holds is lost, and nobody misses it."""
    task = asyncio.current_task()
    if task is None or task not in _held:
        yield
        return
    before, _held[task] = _held[task], 0
    try:
        yield
    finally:
        _held[task] = before


@contextmanager
def holding() -> Iterator[None]:
    """The time in which the running task holds a connection."""
    task = asyncio.current_task()
    if task is None or task not in _held:
        yield
        return
    _held[task] += 1
    try:
        yield
    finally:
        # FastAPI gives back what an endpoint asked for when the handler is through.
        if task in _held:
            _held[task] -= 1
