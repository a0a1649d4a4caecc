"""Which policy is in use on a day: the one activated last, or what has taken its place by then (施行日期、接替)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import instant, midnight
from services.evaluation.domain.policy import Policy


class PolicyNotInForce(Refusal):
    """Nobody is rated by a policy on a day on which it is not in force any more."""

    slug = "policy-not-in-force"
    status = 409
    title = N_("The policy is not in force on that day")
    detail = N_(
        "{policy} is in force from {begins} to {ends}, not on {value}. Choose a day in between, or another policy."
    )


class PolicyNotYetInForce(PolicyNotInForce):
    """A policy that will be in force takes its place by itself."""

    detail = N_(
        "{policy} is in force from {begins} on, not on {value}. Filed, it takes over by itself on that day, "
        "if it succeeds the policy in use."
    )


class PolicySucceeded(PolicyNotInForce):
    """Another policy has taken its place."""

    detail = N_("{policy} is not in force on {value}: {successor} has succeeded it on {begins}. Take that one.")


class Filed(NamedTuple):
    """A policy whose text is here, and the wire instant at which it was filed; None: it comes with the platform."""

    policy: Policy
    since: str | None = None

    def known(self, day: date, known_at: str | None = None) -> bool:
        """Whether it was on file before the day began, and by an instant."""
        if self.since is None:
            return True
        return self.since < instant(midnight(day)) and (known_at is None or self.since <= known_at)


def succeeding(activated: Policy, shelf: Iterable[Filed], day: date, known_at: str | None = None) -> Policy:
    """The policy in use at the end of a day under an activated one: itself, or its successor, or the successor's.

    A successor takes over on the first day on which it is in force, a text filed later on the day after it was filed.
    What was in use on a day so never changes once the day has begun, whatever is filed later. Of several versions the
    one counts that is in force last, of these the one filed last.
    """
    known = [one for one in shelf if one.known(day, known_at)]
    current, seen = activated, {activated.id}
    while following := [one for one in known if _follows(one.policy, current, day) and one.policy.id not in seen]:
        current = max(following, key=_lateness).policy
        seen.add(current.id)
    return current


def _follows(policy: Policy, before: Policy, day: date) -> bool:
    return policy.spec.succeeds == before.id and policy.in_force.begins <= day


def _lateness(one: Filed) -> tuple[date, str, str]:
    return one.policy.in_force.begins, one.since or "", one.policy.version


def require_in_force(policy: Policy, day: date, shelf: Sequence[Filed], *, field: str) -> None:
    """Refuses a policy that nobody can be rated by on the day.

    Raises:
        PolicyNotInForce: the day is not among its days, or another one is in force in its place.
    """
    begins, ends = policy.in_force.begins, policy.in_force.ends
    said = {"field": field, "value": day.isoformat(), "policy": f"{policy.id} {policy.version}"}
    if day < begins:
        raise PolicyNotYetInForce(**said, begins=begins.isoformat())
    successor = succeeding(policy, shelf, day)
    if successor is not policy:
        named, since = f"{successor.id} {successor.version}", successor.in_force.begins
        raise PolicySucceeded(**said, successor=named, begins=since.isoformat())
    if ends is not None and day > ends:
        raise PolicyNotInForce(**said, begins=begins.isoformat(), ends=ends.isoformat())


def takes_over_on(policy: Policy, in_use: Policy, today: date) -> date | None:
    """The day on which a policy filed today takes the place of the one in use; None if it never does by itself."""
    if policy.spec.succeeds != in_use.id:
        return None
    return max(policy.in_force.begins, today + timedelta(days=1))
