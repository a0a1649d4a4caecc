"""Who records, withdraws and reads what: a row for every answer of the services.

A record that is defined once says in its definition (`records/` of its service) which rights it has.

What an authority or an outsider decided about a society (a check, a penalty, an approval, an honour, an audit) is
recorded by the association alone; what a society did is recorded by itself or by the association. Whatever was recorded
is withdrawn or corrected by the role that recorded it, or by the association.
"""

from chassis.rights import EVERYBODY, Rights

ASSOCIATION = ("association",)
OWN = ("association", "society:{society}")
OF_THE_RECORD = ("association", "society:*")
"""A society at the door; which one, the record itself tells, and the endpoint asks again."""
COMMITTEE = ("association", "evaluator")
SEATS = ("panel:*",)
REVIEWERS = ("association", "evaluator", "auditor")
CHECKERS = ("association", "auditor")

DONE_BY_A_SOCIETY = Rights(record=OWN, withdraw=OWN, read=OWN)
DECIDED_ABOUT_A_SOCIETY = Rights(record=ASSOCIATION, withdraw=ASSOCIATION, read=OWN)
_STEP_OF_A_REVIEW = Rights(record=ASSOCIATION)

MEMBERSHIP = {
    "societies": Rights(record=ASSOCIATION, read=EVERYBODY),
    "credit-records": Rights(read=EVERYBODY),
    "members": Rights(record=OWN, read=OWN),
    "elections": Rights(record=OWN),
    "party-organisations": Rights(record=OWN),
    "secretariats": Rights(record=OWN),
    "meetings": Rights(record=OWN, withdraw=OWN),
    "regulations": Rights(record=OWN),
    "branches": Rights(record=OWN),
    "records": Rights(withdraw=OWN),  # of the supervisors and of leaders; each says below who records it
    "work-reports": Rights(record=OWN),
    "annual-checks": Rights(record=ASSOCIATION),
    "changes": Rights(record=ASSOCIATION),
    "change-filings": Rights(record=OWN),
    "election-filings": Rights(record=OWN),
    "renewal-plans": Rights(record=OWN),
    "renewal-requests": Rights(record=OWN),
    "deferrals": Rights(record=ASSOCIATION),
    "leaders": Rights(record=OWN, read=OWN),
    "leavings": Rights(record=OWN),
    "exemptions": Rights(record=ASSOCIATION),
}

EVENTS = {
    "activities": Rights(record=OF_THE_RECORD, withdraw=OF_THE_RECORD, read=EVERYBODY),
    "journals": Rights(record=OF_THE_RECORD, read=EVERYBODY),
    "journal-issues": Rights(record=OF_THE_RECORD, read=EVERYBODY),
}

FEDERATION = {
    "federations": Rights(record=ASSOCIATION, read=EVERYBODY),
    "federation-members": Rights(record=ASSOCIATION),
    "joint-activities": Rights(record=("association", "federation:{federation}"), read=EVERYBODY),
}

EVALUATION = {
    "ratings": Rights(read=EVERYBODY),
    "duties": Rights(read=EVERYBODY),
    "days-of-persons": Rights(read=("association", "auditor", "society:{society}")),
    "signing-keys": Rights(read=EVERYBODY),
    "signed-explanations": Rights(read=(*REVIEWERS, "society:{society}")),
    "days": Rights(record=("association", "service:*"), read=EVERYBODY),
    "policies": Rights(record=ASSOCIATION, read=EVERYBODY),
    "policy-checks": Rights(read=REVIEWERS),
    "comparisons": Rights(read=EVERYBODY),
    "comparisons-of-drafts": Rights(read=REVIEWERS),
    "verifications": Rights(record=CHECKERS, read=CHECKERS),
    "assessments": Rights(record=COMMITTEE, withdraw=COMMITTEE, read=(*REVIEWERS, "society:{society}")),
    "reviews": Rights(record=ASSOCIATION, read=EVERYBODY),
    "notices": Rights(read=(*REVIEWERS, "society:{society}")),
    "review-files": Rights(read=REVIEWERS),
    "review-verifications": Rights(read=CHECKERS),
    "objections": Rights(record=OF_THE_RECORD, read=REVIEWERS + SEATS),
    "panels": Rights(record=ASSOCIATION, read=CHECKERS),
    "recusals": Rights(record=COMMITTEE + SEATS),
    "votes": Rights(record=SEATS),
    "decisions": Rights(record=COMMITTEE),
    "dispatches": _STEP_OF_A_REVIEW,
    "revisions": _STEP_OF_A_REVIEW,
    "sanctions": _STEP_OF_A_REVIEW,
}

PORTAL = {"pages": Rights(read=EVERYBODY)}
