"""What a service asks of the events of an import together, beyond what each line says."""

from collections.abc import Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.lines import BadLine
from chassis.wire import Heard


class ImportRule(NamedTuple):
    """Which types of events are judged together, and how: by the lines they came in, once all are in the log.

    What is wrong with any of them keeps the whole file out.
    """

    types: AbstractSet[str]
    faults: Callable[[AsyncConnection, Sequence[tuple[int, Heard]]], Awaitable[list[BadLine]]]
