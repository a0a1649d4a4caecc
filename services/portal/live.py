"""What the script of the pages needs to go on in the reader's language once the page stands."""

from collections.abc import Mapping

from chassis.language import N_, Phrase
from services.portal import words
from services.portal.policy import Policy
from services.portal.shown import TAGS, Voice

STREAM = "/api/evaluation/ratings/stream"
"""Where browsers listen: at the gateway, on the pages' own origin."""

_PHRASES: Mapping[str, Phrase] = {
    "pause": N_("Pause updates"),
    "resume": N_("Resume updates"),
    "changed": N_("{count} ratings have changed."),
    "since": N_("since {day}"),
}


def spoken(voice: Voice, policy: Policy) -> dict[str, object]:
    """Names by code, each as [the reader's language, the other one]; the signs of movement; the language tags."""
    return {
        "tags": [TAGS[voice.first], TAGS[voice.second]],
        "classes": {each.id: voice.pair(each.title) for each in policy.classes.all},
        "grades": {each.id: voice.pair(each.title) for each in policy.grades},
        "disciplines": {code: voice.pair(name) for code, name in words.disciplines.items()},
        "connection": {state: voice.pair(name) for state, name in words.connection.items()},
        "phrases": {name: voice.pair(phrase) for name, phrase in _PHRASES.items()},
        "ways": {way: [mark.sign, voice.one(mark.name)] for way, mark in words.ways.items()},
    }
