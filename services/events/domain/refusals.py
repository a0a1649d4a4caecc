"""What this service refuses, and how it says so."""

from chassis.language import N_
from chassis.refusals import Refusal


class UnknownSociety(Refusal):
    """A society must be registered with membership before anything is recorded of it; every unknown one is named."""

    slug = "unknown-society"
    status = 404
    title = N_("Unknown society")
    detail = N_("No society is registered under {value}.")


class UnknownActivity(Refusal):
    """No activity has this id."""

    slug = "unknown-activity"
    status = 404
    title = N_("Unknown activity")
    detail = N_("There is no activity {value}.")


class NotExactlyOneHost(Refusal):
    """An activity has one hosting society (主办); the others are co-hosts or supporters."""

    slug = "not-exactly-one-host"
    title = N_("Not exactly one host")
    detail = N_("Exactly one organiser is the host; {hosts} are named.")


class OrganiserNamedTwice(Refusal):
    """A society has one role in an activity."""

    slug = "organiser-named-twice"
    title = N_("A society is named twice")
    detail = N_("A society organises an activity in one role only; named more than once: {value}.")


class ActivityTwice(Refusal):
    """What one society hosts under one title, of one kind, on one day is one activity."""

    slug = "activity-twice"
    status = 409
    title = N_("This activity is already recorded")
    detail = N_(
        "“{value}” of {day} is already recorded as {clashes_with}, of the same host and kind; give another title if it "
        "is something else."
    )


class ActivityNotPending(Refusal):
    """Only an activity that is announced, and not yet held or cancelled, can be held or cancelled."""

    slug = "activity-not-pending"
    status = 409
    title = N_("The activity is no longer pending")
    detail = N_("Only an announced activity can be held or cancelled; this one is {state}.")


class ActivityNotHeld(Refusal):
    """Only the record of an activity that was held can be corrected or withdrawn."""

    slug = "activity-not-held"
    status = 409
    title = N_("The activity is not on record as held")
    detail = N_("Only an activity on record as held can be corrected or withdrawn; this one is {state}.")


class NothingCorrected(Refusal):
    """A correction says something else than the record does."""

    slug = "nothing-corrected"
    title = N_("Nothing is corrected")
    detail = N_("The correction says what the record says already.")


class UnknownJournal(Refusal):
    """No journal has this id."""

    slug = "unknown-journal"
    status = 404
    title = N_("Unknown journal")
    detail = N_("There is no journal {value}.")


class IssnTaken(Refusal):
    """An ISSN names one journal (ISO 3297)."""

    slug = "issn-taken"
    status = 409
    title = N_("The ISSN belongs to another journal")
    detail = N_("A journal with the ISSN {value} is on record already: {clashes_with}.")


class CnTaken(Refusal):
    """A CN number names one journal, whatever class is written after it (GB/T 9999.1)."""

    slug = "cn-taken"
    status = 409
    title = N_("The CN number belongs to another journal")
    detail = N_("A journal with the number {value} is on record already: {clashes_with}.")


class IssueOnRecord(Refusal):
    """An issue is known by year and number, and comes out once."""

    slug = "issue-on-record"
    status = 409
    title = N_("The issue is on record already")
    detail = N_("Issue {value} of {year} is on record already, by event {clashes_with}.")


class IssueYearAhead(Refusal):
    """The year on the cover is at most one ahead of the year in which the issue came out."""

    slug = "issue-year-ahead"
    title = N_("The year of the issue is too far ahead")
    detail = N_("An issue of {value} cannot have come out in {published} already.")
