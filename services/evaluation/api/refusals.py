"""What is asked about and is not known: by evaluation at all, or yet."""

from chassis.language import N_
from chassis.refusals import Refusal


class UnknownSociety(Refusal):
    """Evaluation has not heard of this society."""

    slug = "unknown-society"
    status = 404
    title = N_("Unknown society")
    detail = N_("No society {value} is registered.")


class UnknownFederation(Refusal):
    """No federation of this name was founded by then."""

    slug = "unknown-federation"
    status = 404
    title = N_("Unknown federation")
    detail = N_("No federation {value} was founded, by the day and the records that were asked about.")


class UnknownPolicy(Refusal):
    """No policy with this id is filed."""

    slug = "unknown-policy"
    status = 404
    title = N_("Unknown policy")
    detail = N_("No policy {value} is filed.")


class PolicyFiledLater(Refusal):
    """The policy was not on file then; by its version it can be asked for all the same."""

    slug = "unknown-policy"
    status = 404
    title = N_("Unknown policy")
    detail = N_("Policy {value} was filed on {since}, after the moment that is asked about: ask for {called}.")


class PolicyMissing(Refusal):
    """The policy in use then was activated elsewhere, and its text is not here."""

    slug = "policy-missing"
    status = 409
    title = N_("The policy in use then is not filed here")
    detail = N_("The text of policy {value} is not filed here. File it, or name another policy.")


class VerificationRuns(Refusal):
    """One verification runs at a time."""

    slug = "verification-runs"
    status = 409
    title = N_("A verification is under way")
    detail = N_(
        "Another caller has the logs folded again; {events} of {of} events are read so far. "
        "Ask again when it is done: GET /verification tells how far it is."
    )
    retry_after = 10


class FutureInstant(Refusal):
    """What will be known then is not known now."""

    slug = "future-instant"
    title = N_("An instant in the future")
    detail = N_("{value} has not come yet; it is {now}.")


class FutureDay(Refusal):
    """The day has not come yet."""

    slug = "future-day"
    title = N_("A day in the future")
    detail = N_("{value} has not come yet; today is {today}.")
