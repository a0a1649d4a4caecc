"""The words of the pages: English msgids that the catalogue turns into Chinese."""

from collections.abc import Mapping
from typing import NamedTuple

from chassis.language import N_, Phrase

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

phases: Mapping[str, Phrase] = {
    "opened": N_("opened"),
    "frozen": N_("frozen"),
    "published": N_("published for objection"),
    "confirmed": N_("confirmed"),
    "assigned": N_("with classes assigned"),
    "sealed": N_("sealed"),
}

duties: Mapping[str, Phrase] = {
    "publication": N_("Publication"),
    "decision": N_("Decision"),
    "dispatch": N_("Dispatch"),
}

duty_states: Mapping[str, Mark] = {
    "breached": Mark("✗", N_("Breached")),
    "due": Mark("…", N_("Still due")),
    "late": Mark("◐", N_("Fulfilled late")),
    "fulfilled": Mark("✓", N_("Fulfilled in time")),
}

objections: Mapping[str | None, Mark] = {
    None: Mark("…", N_("not decided yet")),
    "upheld": Mark("✓", N_("upheld")),
    "dismissed": Mark("✗", N_("dismissed")),
}


declined: Mapping[str, Phrase] = {
    "future-day": N_("The day asked about has not come yet."),
    "future-instant": N_("What is known by the end of that day can be told once it is over."),
    "unknown-policy": N_("No policy of this name is on file, or it was not yet by then."),
    "policy-missing": N_("The text of the policy in use then is not on file here."),
    "results-not-published": N_("The results were not published by then."),
}


def way(places: int | None) -> str:
    """Which way a society has moved on the board."""
    if places is None:
        return "new"
    return "up" if places > 0 else "down" if places < 0 else "same"
