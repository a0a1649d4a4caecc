"""What a review refuses, and what would be right instead."""

from chassis.language import N_
from chassis.refusals import Refusal


class WrongPhase(Refusal):
    """The review is not so far, or is past it."""

    slug = "wrong-review-phase"
    status = 409
    title = N_("Not at this point of the review")
    detail = N_("Review {value} is {phase}; this takes one that is {needed}.")


class UnknownReview(Refusal):
    """No review has this id."""

    slug = "unknown-review"
    status = 404
    title = N_("Unknown review")
    detail = N_("There is no review {value}.")


class FileIncomplete(Refusal):
    """A step of the file is missing or was changed; nothing can be built on it."""

    slug = "file-incomplete"
    status = 409
    title = N_("The file of the review is not whole")
    detail = N_("Step {step} of review {value} is missing, or does not follow from those before it.")


class ReviewTaken(Refusal):
    """Another review has this id."""

    slug = "review-taken"
    status = 409
    title = N_("The review exists already")
    detail = N_("Review {value} was opened before; choose another id.")


class PublicationBeforeOpening(Refusal):
    """Results cannot be due before the review is opened."""

    slug = "publication-before-opening"
    title = N_("Publication before the opening")
    detail = N_("{value} lies before the day of the opening; the earliest day is {today}.")


class RatedInTheFuture(Refusal):
    """A review is of a day that has come."""

    slug = "rated-in-the-future"
    title = N_("A day in the future")
    detail = N_("{value} has not come yet; the latest day to review is {today}.")


class NothingToReview(Refusal):
    """There is no society to review."""

    slug = "nothing-to-review"
    status = 409
    title = N_("Nothing to review")
    detail = N_("On {value} no society was on the books; there is nothing to freeze.")


class UnknownParty(Refusal):
    """A society that is not in the published results."""

    slug = "not-in-the-results"
    title = N_("Not in the results")
    detail = N_("Society {value} is not in the results of this review.")


class UnknownIndicator(Refusal):
    """The policy of the review has no such indicator."""

    slug = "unknown-indicator"
    title = N_("Unknown indicator")
    detail = N_("The policy has no indicator {value}. It has: {known}")


class WindowClosed(Refusal):
    """Objections are taken through the last day of publicity."""

    slug = "objections-closed"
    status = 409
    title = N_("The time for objections is over")
    detail = N_("Today is {value}; objections were taken through {until}.")


class WindowOpen(Refusal):
    """Results are confirmed only after the time for objections."""

    slug = "objections-open"
    status = 409
    title = N_("Objections are still taken")
    detail = N_("Today is {value}; objections are taken through {until}. Confirm on a later day.")


class AlreadyObjected(Refusal):
    """The same society objects to the same figure, and that is not decided yet."""

    slug = "already-objected"
    status = 409
    title = N_("The objection was raised already")
    detail = N_("Society {value} has an undecided objection to the same figure: {objection}.")


class UnknownObjection(Refusal):
    """The review has no such objection."""

    slug = "unknown-objection"
    status = 404
    title = N_("Unknown objection")
    detail = N_("The review has no objection {value}.")


class ObjectionClosed(Refusal):
    """The committee has decided."""

    slug = "objection-decided"
    status = 409
    title = N_("The objection is decided")
    detail = N_("Objection {value} was decided on {decided_on}.")


class NotDecided(Refusal):
    """The committee has not decided yet."""

    slug = "objection-undecided"
    status = 409
    title = N_("The objection is not decided")
    detail = N_("Objection {value} must be decided first.")


class AlreadySent(Refusal):
    """A decision is sent once."""

    slug = "decision-already-sent"
    status = 409
    title = N_("The decision was sent already")
    detail = N_("The decision on objection {value} was sent on {sent_on}.")


class PanelSize(Refusal):
    """A committee has 7 to 25 members (art. 11)."""

    slug = "panel-size"
    title = N_("The committee has the wrong size")
    detail = N_("{value} members; a committee has {fewest} to {most}.")


class MemberTwice(Refusal):
    """A member sits once."""

    slug = "member-twice"
    title = N_("A member is named twice")
    detail = N_("Member {value} is named more than once.")


class VoteUnderWay(Refusal):
    """The committee is not changed while an objection is being voted on."""

    slug = "vote-under-way"
    status = 409
    title = N_("A vote is under way")
    detail = N_("Objection {value} is being voted on; decide it before the committee changes.")


class NotAMember(Refusal):
    """The committee has no such member."""

    slug = "not-on-the-panel"
    title = N_("Not on the committee")
    detail = N_("The committee has no member {value}.")


class AlreadyRecused(Refusal):
    """The member takes no part in this objection."""

    slug = "already-recused"
    status = 409
    title = N_("The member is recused")
    detail = N_("Member {value} takes no part in this objection.")


class AlreadyVoted(Refusal):
    """A vote is given once and stands."""

    slug = "already-voted"
    status = 409
    title = N_("The member has voted")
    detail = N_("Member {value} has voted on this objection; a recorded vote stands.")


class MustRecuse(Refusal):
    """Who held a post in a party less than two years ago takes no part (art. 19)."""

    slug = "must-recuse"
    status = 409
    title = N_("The member must be recused")
    detail = N_("Member {value} holds a post in {society}, or left it less than {years} years ago. Record the recusal.")


class NoQuorum(Refusal):
    """Too few voted (art. 13)."""

    slug = "no-quorum"
    status = 409
    title = N_("The committee has no quorum")
    detail = N_("{value} of {members} members voted, abstentions included; at least {least} must.")


class NoTie(Refusal):
    """Only where a class ends among equals is there anything to choose."""

    slug = "no-tie"
    status = 409
    title = N_("No open place among equals")
    detail = N_("No class {value} ends among these societies, or it is decided already.")


class WrongNumberChosen(Refusal):
    """As many are chosen as there are places."""

    slug = "wrong-number-chosen"
    title = N_("Not as many as there are places")
    detail = N_("{places} of these {equals} societies are to be chosen; {value} were.")


class NotCarried(Refusal):
    """More than half of all members must agree (art. 13)."""

    slug = "not-carried"
    status = 409
    title = N_("The committee has not agreed")
    detail = N_("{value} of {members} members agreed; at least {least} must.")


class TiesOpen(Refusal):
    """Classes are assigned once the committee has chosen among equals."""

    slug = "ties-open"
    status = 409
    title = N_("Societies are equal where a class ends")
    detail = N_("{equals} are equal where class {value} has {places} places left; the committee has to choose first.")


class NotUpheld(Refusal):
    """Only what the committee upheld changes a figure or brings a sanction."""

    slug = "objection-not-upheld"
    status = 409
    title = N_("The objection was not upheld")
    detail = N_("Objection {value} was dismissed; nothing follows from it.")


class AlreadyRevised(Refusal):
    """A rating is revised once for an objection."""

    slug = "rating-already-revised"
    status = 409
    title = N_("The rating was revised already")
    detail = N_("For objection {value} the rating was revised before.")


class NotARecordToAdmit(Refusal):
    """What a revision takes in is a record of that society, told after the snapshot."""

    slug = "not-a-record-to-admit"
    title = N_("This record cannot be taken in")
    detail = N_("{value} is no record of society {society} that was told after {known_at}.")


class NotPutRight(Refusal):
    """The revision after another objection puts right only faults in figures of the same society."""

    slug = "not-put-right"
    title = N_("That objection put nothing right here")
    detail = N_("After objection {value} no rating of society {society} was revised.")


class NothingToAdmit(Refusal):
    """A revision names what puts right the fault."""

    slug = "nothing-to-admit"
    title = N_("Nothing to take in")
    detail = N_("Name the records that put it right, or the objection after which that was done.")


class ObjectionsPending(Refusal):
    """Results are confirmed when every objection is dealt with to the end."""

    slug = "objections-pending"
    status = 409
    title = N_("Objections are not dealt with")
    detail = N_("To be decided: {undecided}. To be sent: {unsent}. To be revised: {unrevised}.")


class AlreadySanctioned(Refusal):
    """An objection brings one sanction at most."""

    slug = "already-sanctioned"
    status = 409
    title = N_("A sanction was imposed already")
    detail = N_("For objection {value} a sanction was imposed before.")


class WrongTerm(Refusal):
    """A rectification ends on a day to come; other sanctions have no end."""

    slug = "wrong-term"
    title = N_("The end of the sanction is wrong")
    detail = N_("{value} does not fit {sanction}: a rectification ends after {today}, and nothing else has an end.")


class RatingsMoved(Refusal):
    """The ratings to assign classes by are not the confirmed ones."""

    slug = "ratings-moved"
    status = 409
    title = N_("The ratings cannot be reproduced")
    detail = N_("The ratings come out as {value}, and those under review are {hash}. Check with `review verify`.")
