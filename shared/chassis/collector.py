"""Python's garbage collector, told what kind of program this is."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ALLOCATIONS = 100_000


def settle_down() -> None:
    """What is loaded by now stays, and need not be looked through again and again.

    Thousands of short-lived records a second would set the collector off all the time; they form no cycles, and the
    search costs a listener time: most with large batches, little with batches of 500.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, 20, 50)


@contextmanager
def resting() -> Iterator[None]:
    """While many records are made that all stay, and form no cycles, there is nothing to be collected."""
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()
