"""Who leads a society, without saying who: opaque ids, terms, and the month in which a limit of age begins to count."""

from typing import ClassVar

from contracts.event import LeaderId, SocietyEvent, Withdrawal
from contracts.values import Day, DayAhead, Several
from contracts.vocabulary import LeaderLimit, LeaderPost


class LeaderElected(SocietyEvent, type="membership.leader-elected.v1"):
    """A leader was elected or re-elected to a post (负责人当选). Told at each election.

    ``term_number`` counts the terms of this leader in this post, this one included (连任届次).
    """

    leader: LeaderId
    post: LeaderPost
    term_number: Several
    elected_on: Day


class LeaderElectionWithdrawn(Withdrawal, type="membership.leader-election-withdrawn.v1", of=LeaderElected):
    """The record of a leader's election was withdrawn (撤销当选记录). Told once; that leader was not elected."""


class LeaderLeft(SocietyEvent, type="membership.leader-left.v1"):
    """A leader left the post (负责人离任). Told once per leader."""

    leader: LeaderId
    left_on: Day


class LeaderLeavingWithdrawn(Withdrawal, type="membership.leader-leaving-withdrawn.v1", of=LeaderLeft):
    """The record of a leader's leaving was withdrawn (撤销离任记录). Told once; that leader did not leave."""


class LeaderExempted(SocietyEvent, type="membership.leader-exempted.v1"):
    """Supervisor and registry let a leader exceed a limit of age or terms (超龄、超届任职获批). Told once for each."""

    leader: LeaderId
    exceeds: LeaderLimit
    approved_on: Day


class LeaderExemptionWithdrawn(Withdrawal, type="membership.leader-exemption-withdrawn.v1", of=LeaderExempted):
    """The record of an exemption was withdrawn (撤销超龄超届批准记录). Told once; it was never approved."""


class LeaderLimitApproaching(SocietyEvent, type="membership.leader-limit-approaching.v1"):
    """A leader will soon be above the age limit of seventy (负责人即将超龄). Told once per leader, half a year ahead.

    The limit ``counts_from`` the first day of the month after the one in which it is reached, so that no day of birth
    can be read from it. A leader so near the limit when elected is told of at once.
    """

    personal_days: ClassVar[frozenset[str]] = frozenset({"counts_from"})

    leader: LeaderId
    counts_from: DayAhead


class LeaderLimitReached(SocietyEvent, type="membership.leader-limit-reached.v1"):
    """A leader in office is above the limit of seventy (负责人超龄). Told once per leader, as it begins to count."""

    personal_days: ClassVar[frozenset[str]] = frozenset({"counts_from"})

    leader: LeaderId
    counts_from: Day
