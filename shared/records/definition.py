"""A type of record: what is asked for, by which rules, of whom."""

import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.rights import Rights
from contracts.event import SocietyId
from records.record import Record
from records.rules import Rule

Reference = Callable[[AsyncConnection, SocietyId, Any], Awaitable[None]]
"""Raises a Refusal unless what a field refers to is there and is the society's."""


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record as it is defined: its model, who may do what, what cannot be, and what its fields refer to."""

    record: type[Record]
    rights: Rights
    rules: tuple[Rule, ...] = ()
    refers: Mapping[str, Reference] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def path(self) -> str:
        """Its place in addresses, and its name in the store."""
        return self.record.path

    @property
    def prose(self) -> str:
        """What it is, in the words of its event."""
        return (self.record.event.__doc__ or "").splitlines()[0]


def types_in(package: ModuleType) -> tuple[RecordType, ...]:
    """The types of records that the modules of a package define, one each, in the order of their modules' names."""
    modules = [import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)]
    return tuple(one for module in modules for one in vars(module).values() if isinstance(one, RecordType))
