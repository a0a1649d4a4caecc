"""Why an admission, or an end of membership, is refused."""

from collections.abc import Sequence

from chassis.language import N_
from chassis.refusals import Refusal


class NumberTaken(Refusal):
    """A register number (会员登记号) is given once in a society and never again, also after its bearer left."""

    slug = "number-taken"
    status = 409
    title = N_("The register number is taken")
    detail = N_("The society has already given the register number {value}, to member {clashes_with}.")


class NumberRepeated(Refusal):
    """A register number stands twice in one request."""

    slug = "number-repeated"
    title = N_("The register number is repeated")
    detail = N_("The register number {value} stands earlier in the same list.")


class UnknownMember(Refusal):
    """The society has no member of this id."""

    slug = "unknown-member"
    status = 404
    title = N_("Unknown member")
    detail = N_("The society has no member {value}.")


class AlreadyEnded(Refusal):
    """A membership ends once."""

    slug = "already-ended"
    status = 409
    title = N_("The membership has already ended")
    detail = N_("The membership {value} ended on {ended_on}.")


class EndedBeforeAdmission(Refusal):
    """A membership cannot end before it began."""

    slug = "ended-before-admission"
    title = N_("Ended before it began")
    detail = N_("The membership {value} began on {admitted_on}; it cannot end on {ended_on}.")


class NamedTwice(Refusal):
    """A member stands twice in one request."""

    slug = "named-twice"
    title = N_("Named twice")
    detail = N_("{value} stands earlier in the same list.")


class MembersNotEnded(Refusal):
    """A batch is ended whole or not at all; `errors` holds a refusal for every id that is in the way."""

    slug = "members-not-ended"
    status = 409
    title = N_("Some memberships cannot be ended")
    detail = N_("Nothing was changed: {count} of the memberships cannot be ended; each is named under errors.")

    def __init__(self, errors: Sequence[Refusal]) -> None:
        self.errors = tuple(errors)
        super().__init__(field="members", value=[error.value for error in errors], count=len(self.errors))
