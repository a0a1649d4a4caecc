"""Why a record is not recorded, corrected, withdrawn or found."""

from chassis.language import N_
from chassis.refusals import Refusal


class RecordedAlready(Refusal):
    """Kind, day and title name a record of a society, unless it was withdrawn."""

    slug = "recorded-already"
    status = 409
    title = N_("This is already recorded")
    detail = N_(
        "“{value}” of {day} is already recorded as {clashes_with}: withdraw that if it is wrong, or give another title "
        "if this is something else."
    )


class TwiceInTheBatch(Refusal):
    """What is recorded together is recorded once, too."""

    slug = "twice-in-the-batch"
    title = N_("The same record twice")
    detail = N_("“{value}” of {day} stands in this list already, at {first}; counting begins at 0.")


class UnknownRecord(Refusal):
    """The society has no such record of this kind."""

    slug = "unknown-record"
    status = 404
    title = N_("Unknown record")
    detail = N_("The society has no record {value} of this kind.")


class WithdrawnAlready(Refusal):
    """A record is withdrawn once, and not corrected afterwards."""

    slug = "withdrawn-already"
    status = 409
    title = N_("The record has already been withdrawn")
    detail = N_("Record {value} was withdrawn on {withdrawn_on}.")


class NothingToCorrect(Refusal):
    """A correction says something else than the record does."""

    slug = "nothing-to-correct"
    status = 409
    title = N_("The record says this already")
    detail = N_("Record {value} says what you sent; there is nothing to correct.")
