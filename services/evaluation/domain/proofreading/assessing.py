"""What holds whatever the points: profiles, sizes, eligibility, vetoes, succession."""

from collections.abc import Iterable, Iterator

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.marked_yaml import Path
from services.evaluation.domain.points import number_text
from services.evaluation.domain.profiles import under
from services.evaluation.domain.proofreading.proof import GRADE, QUOTA, Proof, nowhere, one_of_these, told_once
from services.evaluation.domain.proofreading.said import condition_flaws, mention_flaws
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.scores.tiers import end_flaws
from services.evaluation.domain.sections import Sections
from services.evaluation.domain.spec import Caps, Profile
from services.evaluation.domain.texts import Sentence


def profiles(proof: Proof) -> Iterator[Flaw]:
    """Profiles that name what is not there, or whose points do not add up."""
    spec = proof.spec
    known, groups = tuple(one.id for one in spec.indicators), tuple(spec.groups)
    sound = next(Sections(spec).flaws(), None) is None
    yield from told_once(("profiles",), (one.id for one in spec.profiles), N_("There are two profiles {id}"))
    for index, profile in enumerate(spec.profiles):
        path: Path = ("profiles", index)
        yield from condition_flaws(proof, (*path, "when"), profile.when)
        astray = [flaw for key in ("points", "weights") for flaw in _named((*path, key), getattr(profile, key), known)]
        astray += _named((*path, "groups"), profile.groups, groups)
        yield from astray
        if not sound or astray:
            continue
        nothing = {one.id for one in spec.indicators if one.weight is None and not one.full}
        for name in sorted(nothing & {name for name, points in profile.points.items() if points}):
            sentence = Sentence.of(N_("{indicator} has no points that could be brought to others"), indicator=name)
            yield Flaw((*path, "points", name), sentence)
        for flaw in Sections(under(spec, profile)).flaws():
            yield Flaw((*path, *_where(flaw.path, profile)), flaw.sentence)


def _named(path: Path, given: Iterable[str], known: tuple[str, ...]) -> Iterator[Flaw]:
    for name in given:
        yield from one_of_these((*path, name), (name,), known)


def _where(path: Path, profile: Profile) -> Path:
    """Where a profile says what does not add up."""
    if path[:1] == ("groups",) and path[1] in profile.groups:
        return path
    return ("points",) if profile.points else ("weights",) if profile.weights else ("groups",)


def sizes(proof: Proof) -> Iterator[Flaw]:
    """Classes of size that overlap or leave a gap."""
    declared = proof.spec.sizes
    if declared is None:
        return
    yield from mention_flaws(proof, ("sizes",), Mention(("measure",), declared.measure, number=True))
    floors = sorted(one.at_least for one in declared.classes)
    for index, one in enumerate(declared.classes):
        if floors.count(one.at_least) > 1:
            sentence = Sentence.of(N_("Two tiers overlap: both begin at {floor}"), floor=number_text(one.at_least))
            yield Flaw(("sizes", "classes", index, "at_least"), sentence)
        yield from end_flaws(("sizes", "classes", index, "below"), one.at_least, one.below, floors)


def eligibility(proof: Proof) -> Iterator[Flaw]:
    """What must hold for an assessment."""
    required = proof.spec.eligibility
    yield from told_once(("eligibility",), (one.id for one in required), N_("There are two requirements {id}"))
    for index, requirement in enumerate(required):
        yield from condition_flaws(proof, ("eligibility", index, "when"), requirement.when)


def succession(proof: Proof) -> Iterator[Flaw]:
    """A policy that takes its own place."""
    if proof.spec.succeeds == proof.spec.id:
        yield Flaw(("succeeds",), Sentence.of(N_("A policy cannot succeed itself; a change of it is a new version")))


def vetoes(proof: Proof) -> Iterator[Flaw]:
    """Vetoes that ask for what is not there, or take what is not there, or nothing."""
    spec = proof.spec
    yield from told_once(("vetoes",), (one.id for one in spec.vetoes), N_("There are two vetoes {id}"))
    for index, veto in enumerate(spec.vetoes):
        path: Path = ("vetoes", index)
        yield from condition_flaws(proof, (*path, "when"), veto.when)
        for flaw in _caps(proof, veto.caps):
            yield Flaw((*path, "caps", *flaw.path), flaw.sentence)


def _caps(proof: Proof, caps: Caps) -> Iterator[Flaw]:
    grades = {grade.id for grade in proof.spec.grades}
    quotas = {quota.id for quota in proof.spec.classes.quotas}
    zero = caps.zero
    if not (caps.grade or caps.lower or caps.classes or zero.indicators or zero.groups or zero.whole):
        template = N_("This veto takes nothing away: it needs a grade, lower, classes or zero")
        yield Flaw((), Sentence.of(template))
    if caps.grade is not None and caps.grade not in grades:
        yield Flaw(("grade",), nowhere(GRADE, caps.grade, sorted(grades)))
    if caps.lower and not grades:
        yield Flaw(("lower",), Sentence.of(N_("There are no grades to lower")))
    for place, name in enumerate(zero.indicators):
        known = tuple(one.id for one in proof.spec.indicators)
        yield from one_of_these(("zero", "indicators", place), (name,), known)
    for place, name in enumerate(zero.groups):
        yield from one_of_these(("zero", "groups", place), (name,), tuple(proof.spec.groups))
    for place, name in enumerate(caps.classes):
        if name not in quotas:
            yield Flaw(("classes", place), nowhere(QUOTA, name, sorted(quotas)))
