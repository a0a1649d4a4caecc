"""Python's garbage collector, told what kind of program this is."""

import gc

_ALLOCATIONS = 100_000


def settle_down() -> None:
    """What is loaded by now stays, and need not be looked through again and again.

    Thousands of short-lived records a second would set the collector off all the time; they form no cycles, and the
    search costs a listener time: most with large batches, little with batches of 500.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, 20, 50)
