"""The rating of a society: points, completeness, grade, vetoes; now, or as it was, or as it was then thought to be."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Finding
from services.evaluation.domain.ledger import SocietyLedger
from services.evaluation.domain.points import UNITS, decimal_text, half_up
from services.evaluation.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Rating:
    """What a policy makes of a society as of the end of a day.

    ``max`` are the points of the indicators that apply, ``known`` those of them that could be told; ``listed`` says
    whether the society was on the books. All in units of 1/10000 point.
    """

    society: str
    name: str
    peer_group: str
    listed: bool
    as_of: date
    total: int
    max: int
    known: int
    grade: str | None
    vetoes: tuple[str, ...]
    restructure: bool
    findings: tuple[Finding, ...]
    ineligible: tuple[str, ...] = ()
    profile: str | None = None
    cut: int = 0

    @property
    def completeness(self) -> str:
        """The part of the applicable points that could be told, from 0 to 1, as a decimal of at most four places."""
        return decimal_text(half_up(self.known * UNITS, self.max)) if self.max else "1"

    def same_as(self, other: "Rating | None") -> bool:
        """Whether it says the same as another, whatever the days."""
        return other is not None and _said(self) == _said(other)


def rate(ledger: SocietyLedger, as_of: date) -> Rating:
    """The rating as of the end of the day; the very object of the last time if nothing came out otherwise.

    Raises:
        StaleLedger: a record already counted was withdrawn or corrected.
    """
    moved = ledger.bring_to(as_of)
    held: Rating | None = ledger.rating
    if held is None or moved or held.as_of != as_of:
        held = ledger.rating = _rated(ledger, as_of)
    return held


def rate_history(
    facts: Iterable[Fact], policy: Policy, as_of: date, known_at: str | None = None, *, society: str | None = None
) -> Rating:
    """The rating on a day by what was known at an instant, from the facts alone.

    Args:
        facts: everything told of one society; others' facts are passed over if `society` is given.
        policy: the policy to rate by.
        as_of: the day; what happened later does not count.
        known_at: a wire instant; what was recorded later does not count. None: everything told counts.
        society: the society; by default the subject of the first fact.

    Raises:
        ValueError: there are neither facts nor a society.
    """
    known = facts_known(facts, known_at, society)
    name = society or next((fact.subject for fact in known), None)
    if name is None:
        raise ValueError("no facts and no society")
    return rate(SocietyLedger.of(policy, name, known), as_of)


def rate_everyone(facts: Iterable[Fact], policy: Policy, as_of: date, known_at: str | None = None) -> list[Rating]:
    """The ratings of every subject of the facts, as `rate_history` makes them, by subject."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if known_at is None or fact.recorded <= known_at:
            by_subject[fact.subject].append(fact)
    return [rate(SocietyLedger.of(policy, name, told), as_of) for name, told in sorted(by_subject.items())]


def facts_known(facts: Iterable[Fact], known_at: str | None, society: str | None = None) -> list[Fact]:
    """The facts recorded up to the instant, of one society if it is given."""
    return [
        fact
        for fact in facts
        if (known_at is None or fact.recorded <= known_at) and (society is None or fact.subject == society)
    ]


def grade_of(policy: Policy, total: int, applicable: int, vetoes: Collection[str]) -> str | None:
    """The best grade whose floor the total reaches, on a scale where all applicable points are full marks.

    Floors are half-open: exactly the floor is enough, compared by multiplication. A veto that holds caps the grade, or
    lowers it, to the lowest at most.
    """
    scaled, floors = total * policy.full, policy.grade_floors
    best = next((place for place, floor in enumerate(floors) if scaled >= floor * applicable), None)
    if best is None:
        return None
    if not vetoes:
        return policy.grades[best].id
    capped = max([best, *(policy.grade_caps[veto] for veto in vetoes)])
    return policy.grades[min(capped + sum(policy.lowered[veto] for veto in vetoes), len(floors) - 1)].id


def _rated(ledger: SocietyLedger, as_of: date) -> Rating:
    findings, profile, policy = ledger.findings, ledger.profile(as_of), ledger.policy
    judged = findings.judgement
    return Rating(
        society=ledger.society,
        name=profile[0] if profile else "",
        peer_group=policy.peer_group(profile[1], ledger.values(as_of)) if profile else "",
        listed=profile is not None,
        as_of=as_of,
        total=findings.total,
        max=findings.applicable,
        known=findings.known,
        grade=None if judged.ineligible else grade_of(policy, findings.total, findings.applicable, judged.vetoes),
        vetoes=judged.vetoes,
        restructure=judged.restructure,
        findings=tuple(findings.all),
        ineligible=judged.ineligible,
        profile=None if judged.profile is None else judged.profile.id,
        cut=findings.cut,
    )


def _said(rating: Rating) -> tuple[object, ...]:
    return (
        rating.name,
        rating.total,
        rating.max,
        rating.known,
        rating.grade,
        rating.vetoes,
        rating.restructure,
        rating.findings,
        rating.ineligible,
        rating.profile,
        rating.cut,
        rating.peer_group,
    )
