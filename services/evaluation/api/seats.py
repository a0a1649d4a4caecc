"""Who acts for which seat on the panel of a review: the role of the token says so, never a field of the request."""

from chassis.access import Caller, Forbidden, require
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.work import Work
from contracts.event import PanelMemberId, ReviewId
from services.evaluation.domain.review.refusals import NotAMember
from services.evaluation.domain.review.state import Review
from services.evaluation.store import seats as store


class SeveralSeats(Refusal):
    """A token names several seats of one review: a person has one."""

    slug = "several-seats"
    status = 403
    title = N_("More than one seat")
    detail = N_("The token names the seats {value}; a person has one seat on a panel.")


class SeatEnded(Refusal):
    """The seats on a panel end when the results of its review are confirmed."""

    slug = "seat-ended"
    status = 403
    title = N_("The seat has ended")
    detail = N_("The seats on the panel of {value} ended when its results were confirmed.")


class SeatTaken(Refusal):
    """Another account has acted for this seat."""

    slug = "seat-taken"
    status = 409
    title = N_("The seat is somebody else's")
    detail = N_("Another account has acted for seat {value}; a number stands for one person throughout a review.")


class SecondSeat(Refusal):
    """The same account has acted for another seat: one person casts one vote."""

    slug = "second-seat"
    status = 409
    title = N_("One person, one vote")
    detail = N_("This account has acted for seat {other} and cannot act for {value} as well.")


def role_of(review: ReviewId, member: PanelMemberId) -> str:
    """The role of whoever has a seat."""
    return f"panel:{review}:{member}"


def own_seat(caller: Caller, held: Review) -> PanelMemberId:
    """The seat that the caller has on the panel of a review.

    Raises:
        Forbidden, SeveralSeats: the token names none, or more than one.
        SeatEnded, NotAMember: the review is past it, or another panel was seated.
    """
    beginning = role_of(held.id, "")
    own = sorted(role.removeprefix(beginning) for role in caller.roles if role.startswith(beginning))
    if not own:
        raise Forbidden(roles=[role_of(held.id, member) for member in held.panel])
    if len(own) > 1:
        raise SeveralSeats(field="roles", value=own)
    require(caller, role_of(held.id, own[0]))
    if held.confirmed_on is not None:
        raise SeatEnded(field="review", value=held.id)
    if own[0] not in held.panel:
        raise NotAMember(field="member", value=own[0])
    return own[0]


async def act(work: Work, caller: Caller, held: Review) -> PanelMemberId:
    """The caller's seat, which is the caller's alone from now on.

    Raises:
        SeatTaken, SecondSeat: another account has it, or this account has another; and what `own_seat` raises.
    """
    member = own_seat(caller, held)
    for seat, account in await store.taken(work.conn, held.id, member, caller.account):
        if account != caller.account:
            raise SeatTaken(field="member", value=member)
        if seat != member:
            raise SecondSeat(field="member", value=member, other=seat)
    await store.take(work.conn, held.id, member, caller.account)
    return member
