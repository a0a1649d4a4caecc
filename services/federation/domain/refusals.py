"""What this service refuses, and how it says so."""

from chassis.language import N_
from chassis.refusals import Refusal


class UnknownSociety(Refusal):
    """A society must be registered with membership before it can join; every unknown one is named."""

    slug = "unknown-society"
    status = 404
    title = N_("Unknown society")
    detail = N_("No society is registered under {value}.")


class UnknownFederation(Refusal):
    """No federation has this id."""

    slug = "unknown-federation"
    status = 404
    title = N_("Unknown federation")
    detail = N_("There is no federation {value}.")


class FederationIdTaken(Refusal):
    """A federation's id is chosen at its founding and never given again."""

    slug = "federation-id-taken"
    status = 409
    title = N_("The federation's id is taken")
    detail = N_("There is a federation {value} already.")


class FederationIdReserved(Refusal):
    """Events about the calendar have this word for their subject, so no federation can."""

    slug = "federation-id-reserved"
    title = N_("The id is reserved")
    detail = N_("A federation cannot be called {value}; the platform uses this word itself.")


class TooFewFounders(Refusal):
    """A federation is formed by at least two societies (学会联合体工作规范, art. 1)."""

    slug = "too-few-founders"
    title = N_("Too few founders")
    detail = N_("A federation is founded by at least {least} societies; {count} are named.")


class SocietyNamedTwice(Refusal):
    """In a list of societies each stands once."""

    slug = "society-named-twice"
    title = N_("A society is named twice")
    detail = N_("Each society is named once; named more often: {value}.")


class AlreadyAMember(Refusal):
    """A society is a member of a federation once at a time."""

    slug = "already-a-member"
    status = 409
    title = N_("Already a member of the federation")
    detail = N_("Society {value} has been a member of this federation since {admitted_on}.")


class AdmittedBeforeRelease(Refusal):
    """A society that left can join again, from the day it left."""

    slug = "admitted-before-release"
    status = 409
    title = N_("Admitted before it had left")
    detail = N_("Society {society} left this federation on {released_on}; it cannot join again on {value}.")


class BeforeFounding(Refusal):
    """Nothing happens in a federation before it is founded."""

    slug = "before-founding"
    title = N_("Before the federation was founded")
    detail = N_("{value} is before the federation was founded on {founded_on}.")


class NotAMember(Refusal):
    """Only a society that is a member now can be released."""

    slug = "not-a-member"
    status = 404
    title = N_("Not a member of the federation")
    detail = N_("Society {value} is not a member of this federation.")


class ReleasedBeforeAdmission(Refusal):
    """A society leaves on the day it joined, or later."""

    slug = "released-before-admission"
    title = N_("Left before it joined")
    detail = N_("The society joined this federation on {admitted_on}; it cannot have left on {value}.")


class JointActivityTwice(Refusal):
    """What one federation holds under one title, of one kind, on one day is one joint activity."""

    slug = "joint-activity-twice"
    status = 409
    title = N_("This joint activity is already recorded")
    detail = N_(
        "“{value}” of {day} is already recorded as {clashes_with}, of the same federation and kind; give another title "
        "if it is something else."
    )


class NoPartner(Refusal):
    """An activity of one society alone is not a joint activity."""

    slug = "no-partner"
    title = N_("No partner")
    detail = N_("A joint activity has a leading society and at least one partner.")


class LeadAmongPartners(Refusal):
    """A society has one part in a joint activity: it leads, or it is a partner."""

    slug = "lead-among-partners"
    title = N_("The leading society is among the partners")
    detail = N_("{value} leads the joint activity and cannot be its partner too.")


class NotMembersThen(Refusal):
    """Who takes part in a joint activity belongs to the federation on its day; everyone who does not is named."""

    slug = "not-members-then"
    title = N_("Not members on that day")
    detail = N_("Not members of this federation on {held_on}: {value}.")
