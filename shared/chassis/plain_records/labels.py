"""What people call the figures of plain records, in errors that compare them."""

from collections.abc import Mapping

from chassis.language import N_, Phrase

LABELS: Mapping[str, Phrase] = {
    "approved": N_("Retired officials approved"),
    "delegates": N_("Delegates"),
    "entitled": N_("Entitled to vote"),
    "front_line": N_("From the front line"),
    "in_favour": N_("In favour"),
    "issues_due": N_("Issues due"),
    "issues_online": N_("Issues online"),
    "participants": N_("Participants"),
    "present": N_("Present"),
    "recommended": N_("Recommended"),
    "replaced": N_("Part-timers replaced"),
    "retired_officials": N_("Retired officials"),
    "reviewed": N_("Part-timers whose work was reviewed"),
    "young": N_("Young"),
}
