"""Who may record, withdraw and read one kind of record: a row of a table that the routes read."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.params import Depends as Dependency

from chassis.access import PUBLIC, may
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.roles import role_of
from chassis.tokens import Caller
from chassis.work import Work

ASSOCIATION = "association"

Roles = tuple[str, ...]
"""Patterns of roles, as `may` takes them."""

EVERYBODY: Roles = ()


class NotTheRecorder(Refusal):
    """A record is withdrawn and corrected by the role that made it, and by the association."""

    slug = "not-the-recorder"
    status = 403
    title = N_("Somebody else recorded this")
    detail = N_(
        "{value} was recorded by {recorded_by}: only {recorded_by} or the association withdraws or corrects it."
    )


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may do what with one kind of record; None: nobody, because there is no such act.

    Who may `withdraw` has to be, besides, the role that recorded it or the association (`check_recorder`).
    """

    record: Roles | None = None
    withdraw: Roles | None = None
    read: Roles | None = None

    @property
    def may_record(self) -> Dependency:
        """Declares a route that records."""
        return _allowed(self.record)

    @property
    def may_withdraw(self) -> Dependency:
        """Declares a route that withdraws or corrects."""
        return _allowed(self.withdraw)

    @property
    def may_read(self) -> Dependency:
        """Declares a route that reads."""
        return _allowed(self.read)

    def lets_read(self, caller: Caller | None, **named: str) -> bool:
        """Whether a caller reads this, where a public answer says more to some; `named` fill the {parameters}."""
        return caller is not None and any(role.format(**named) in caller.roles for role in self.read or ())


def recorder(work: Work) -> str:
    """The role by which somebody records in this work."""
    role = work.caller.role if work.caller else None
    if role is None:
        raise LookupError("nobody was let in: a route that records declares by which right")
    return role


def check_recorder(work: Work, recorded_by: str, *, field: str, value: object) -> None:
    """Raises NotTheRecorder unless this work is done by the role that made the record, or by the association."""
    if recorder(work) not in {ASSOCIATION, recorded_by}:
        role = role_of(recorded_by)
        by = role.label if role is not None and role.of is None else recorded_by
        raise NotTheRecorder(field=field, value=value, recorded_by=by)


def _allowed(roles: Sequence[str] | None) -> Dependency:
    if roles is None:
        raise LookupError("the table of rights gives this act to nobody")
    return may(*roles) if roles else PUBLIC
