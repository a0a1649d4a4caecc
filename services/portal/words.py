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


told: frozenset[Phrase] = frozenset({
    N_("abstain"), N_("academic-meeting"), N_("academician"), N_("academician-workstation"), N_("adverse"), N_("age"),
    N_("agriculture"), N_("annual-report"), N_("appraisal"), N_("archive-rules"), N_("assembly"),
    N_("award-nomination"), N_("barely-passed"), N_("branch"), N_("branch-rules"), N_("charter"),
    N_("charter-revision"), N_("co-host"), N_("conference-report"), N_("confiscation"), N_("consulting"), N_("council"),
    N_("county"), N_("cscd"), N_("cstpcd"), N_("deceased"), N_("decision"), N_("deputy-head"), N_("disclaimed"),
    N_("disclosure-rules"), N_("dismiss"), N_("dismissed"), N_("dispatch"), N_("dissolved"), N_("domicile"),
    N_("ecology"), N_("ei"), N_("engineering"), N_("entrepreneurship"), N_("ethics-education"), N_("evaluation"),
    N_("expert-percentage"), N_("failed"), N_("false-evidence"), N_("fees"), N_("finance"), N_("finance-rules"),
    N_("finding"), N_("fine"), N_("force-majeure"), N_("foreign"), N_("former-post"), N_("forum"), N_("functional"),
    N_("funds"), N_("group"), N_("head"), N_("host"), N_("individual"), N_("industry"), N_("information"),
    N_("innovation-cooperation"), N_("innovation-integration"), N_("instructor"), N_("intelligent-manufacturing"),
    N_("interdisciplinary"), N_("interest"), N_("international"), N_("international-post"), N_("joint"),
    N_("joint-research"), N_("lapsed"), N_("large-sum"), N_("lead"), N_("lecture"), N_("legal-representative"),
    N_("liaison"), N_("life-sciences"), N_("local"), N_("major-activities"), N_("major-matter"),
    N_("major-matters-rules"), N_("major-project"), N_("matchmaking"), N_("medicine"), N_("medline"),
    N_("meeting-rules"), N_("meetings-and-lessons"), N_("member-rules"), N_("merged"), N_("mid-year"), N_("municipal"),
    N_("name"), N_("national"), N_("not-approved"), N_("online"), N_("organisational-life"), N_("other"),
    N_("overseas-talent"), N_("own"), N_("part-time-rules"), N_("participation"), N_("partner"), N_("party-day"),
    N_("passed"), N_("personnel-rules"), N_("pku-core"), N_("plan"), N_("poverty-alleviation"), N_("procured-service"),
    N_("professional-committee"), N_("provincial"), N_("publication"), N_("qualification"), N_("qualified"),
    N_("rectification"), N_("reform-plan"), N_("regional"), N_("registry"), N_("removal"), N_("removed"),
    N_("representative-office"), N_("resigned"), N_("rights"), N_("salon"), N_("satisfaction"), N_("sci"),
    N_("science"), N_("science-award"), N_("science-popularisation"), N_("scope"), N_("secretary-general"),
    N_("service-conduct"), N_("service-station"), N_("society"), N_("staff-conduct"), N_("standards"),
    N_("standing-council"), N_("strong-society-project"), N_("student"), N_("summary"), N_("supervision-rules"),
    N_("supervisor"), N_("supervisor-duties"), N_("supervisors"), N_("supporter"), N_("suspension"), N_("terms"),
    N_("to-rectify"), N_("too-few-participants"), N_("training"), N_("transfer"), N_("unit"), N_("unqualified"),
    N_("upheld"), N_("uphold"), N_("visit"), N_("warning"), N_("working-committee"), N_("youth-support"),
})  # fmt: skip
"""The words with which events fill a field, as they are on the wire."""

fields: frozenset[Phrase] = frozenset({
    N_("addressee"), N_("conclusion"), N_("content"), N_("discipline"), N_("duty"), N_("exceeds"), N_("field"),
    N_("form"), N_("full_time_staff"), N_("function"), N_("hired_secretary_general"), N_("index"), N_("item"),
    N_("kind"), N_("level"), N_("matter"), N_("opinion"), N_("organ"), N_("outcome"), N_("own_office"), N_("post"),
    N_("programme"), N_("reason"), N_("regulation"), N_("role"), N_("sanction"), N_("stage"), N_("vote"),
})  # fmt: skip
"""The fields by which a policy tells records apart, as they are on the wire."""


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
    "broken": N_("broken"),
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

ruled_before, ruled_now = N_("no longer: {title}"), N_("now: {title}")


def word(value: str) -> Phrase | str:
    """A word of the wire as it is said; what is no such word stays what it is."""
    return Phrase(value) if value in told else value


def way(places: int | None) -> str:
    """Which way a society has moved on the board."""
    if places is None:
        return "new"
    return "up" if places > 0 else "down" if places < 0 else "same"
