"""The words of the pages: English msgids that the catalogue turns into Chinese."""

from collections.abc import Mapping
from typing import NamedTuple

from chassis.language import N_, Phrase

type_names: Mapping[str, Phrase] = {
    "membership.society-registered": N_("Society registered"),
    "membership.member-admitted": N_("Member admitted"),
    "membership.member-ended": N_("Membership ended"),
    "membership.members-admitted": N_("Members admitted (batch)"),
    "membership.members-ended": N_("Memberships ended (batch)"),
    "membership.council-elected": N_("Council elected"),
    "membership.party-organisation-established": N_("Party organisation established"),
    "membership.secretariat-recorded": N_("Secretariat recorded"),
    "membership.meeting-held": N_("Meeting held"),
    "membership.meeting-withdrawn": N_("Meeting record withdrawn"),
    "membership.regulation-adopted": N_("Regulation adopted"),
    "membership.branch-filed": N_("Branch filed"),
    "events.activity-announced": N_("Activity announced"),
    "events.activity-held": N_("Activity held"),
    "events.activity-cancelled": N_("Activity cancelled"),
    "events.activity-withdrawn": N_("Activity record withdrawn"),
    "events.activity-corrected": N_("Activity record corrected"),
    "events.journal-registered": N_("Journal registered"),
    "events.issue-published": N_("Journal issue published"),
    "federation.federation-founded": N_("Federation founded"),
    "federation.society-admitted": N_("Admitted to a federation"),
    "federation.society-released": N_("Left a federation"),
    "federation.joint-activity-held": N_("Joint activity held"),
    "evaluation.day-turned": N_("Day turned"),
}

disciplines: Mapping[str, Phrase] = {
    "science": N_("Science"),
    "engineering": N_("Engineering"),
    "agriculture": N_("Agriculture"),
    "medicine": N_("Medicine"),
    "interdisciplinary": N_("Interdisciplinary"),
}


class Mark(NamedTuple):
    """How an outcome looks beside its name: a sign that stays readable without colour."""

    sign: str
    name: Phrase


outcomes: Mapping[str, Mark] = {
    "met": Mark("✓", N_("Met")),
    "partly": Mark("◐", N_("Partly met")),
    "unmet": Mark("✗", N_("Not met")),
    "unknown": Mark("?", N_("Unknown")),
    "not-applicable": Mark("–", N_("Not applicable")),
}

ways: Mapping[str, Mark] = {
    "up": Mark("▲", N_("places up")),
    "down": Mark("▼", N_("places down")),
    "same": Mark("–", N_("unmoved")),
    "new": Mark("·", N_("no earlier rank")),
}

connection: Mapping[str, Phrase] = {
    "connecting": N_("Connecting"),
    "live": N_("Live"),
    "reconnecting": N_("Reconnecting"),
    "paused": N_("Paused"),
    "still": N_("Not live: reload to see changes"),
}


def way(places: int | None) -> str:
    """Which way a society has moved on the board."""
    if places is None:
        return "new"
    return "up" if places > 0 else "down" if places < 0 else "same"


def event_name(wire_type: str) -> Phrase:
    """What an event type is called; a type these pages do not know yet is shown as it stands."""
    return type_names.get(wire_type.rpartition(".v")[0] or wire_type, Phrase(wire_type))
