"""From the text of a policy to the policy, or to everything that is wrong with it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from chassis.language import Language
from chassis.refusals import MOST_FAULTS
from services.evaluation.domain.extending import NO_BASES, Bases, resolve
from services.evaluation.domain.marked_yaml import Document, Slip, Unreadable, read, without_tags
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.problems import PolicyError, PolicyRefused, mistakes, placed
from services.evaluation.domain.proofreading import Proof, flaws, remarks
from services.evaluation.domain.salvage import salvage
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.spec import PolicySpec
from services.evaluation.domain.vocabulary import Vocabulary, published


class Checked(NamedTuple):
    """What a text turned out to be: a policy, or none, with all faults; and what is in order but hardly meant so."""

    policy: Policy | None
    faults: list[PolicyError]
    warnings: list[PolicyError]

    def strictly(self) -> "Checked":
        """The same with every warning taken for a fault."""
        return Checked(None, [*self.faults, *self.warnings], []) if self.warnings else self

    def as_json(self, language: Language) -> dict[str, Any]:
        """As a caller reads it: a hundred faults and a hundred warnings at most, and how many there are besides."""
        policy = self.policy
        told = {name: found[:MOST_FAULTS] for name, found in (("errors", self.faults), ("warnings", self.warnings))}
        return {
            "valid": policy is not None,
            "policy": policy and {"id": policy.id, "version": str(policy.version)},
            **{name: [one.as_json(language) for one in found] for name, found in told.items()},
            "more": len(self.faults) + len(self.warnings) - sum(map(len, told.values())),
        }


def proofread(text: str, vocabulary: Vocabulary | None = None, bases: Bases = NO_BASES) -> Checked:
    """Checks a text of YAML. Names are looked up among the published events unless another vocabulary is given.

    A policy that extends one of the bases becomes the whole that it stands for, and its text that of the whole.
    """
    known = vocabulary or published()
    try:
        document, whole = resolve(text, bases)
    except Unreadable as unreadable:
        return Checked(None, [_slipped(slip) for slip in unreadable.slips], [])
    slips = [_slipped(slip) for slip in document.slips]
    try:
        spec = PolicySpec.model_validate(document.value)
    except ValidationError as error:
        found = [*mistakes(document, error), *_rest(document, error, known)]
        return Checked(None, _by_line([*slips, *_beside(slips, found)]), [])
    proof = Proof(spec, known)
    faults = _by_line([*slips, *_beside(slips, _told(document, flaws(proof)))])
    if faults:
        return Checked(None, faults, [])
    return Checked(Policy(spec, whole), [], _by_line(_told(document, remarks(proof))))


def check_policy(
    text: str, vocabulary: Vocabulary | None = None, bases: Bases = NO_BASES
) -> Policy | list[PolicyError]:
    """The policy that a text of YAML is, or everything that is wrong with it, by line."""
    checked = proofread(text, vocabulary, bases)
    return checked.faults if checked.policy is None else checked.policy


def load_policy(text: str, bases: Bases = NO_BASES) -> Policy:
    """The policy that a text is, perhaps as its differences to one of the bases.

    Raises:
        PolicyRefused: with everything that is wrong with it.
    """
    checked = check_policy(text, bases=bases)
    if isinstance(checked, list):
        raise PolicyRefused(checked)
    return checked


def load_filed(text: str) -> Policy:
    """The policy that a text is which was found in order when it was filed.

    What is asked of policies since then is not asked of it: a platform goes on rating by what it has.

    Raises:
        PolicyRefused: it is no policy at all.
    """
    try:
        document = read(text)
        return Policy(PolicySpec.model_validate(document.value), text)
    except (Unreadable, ValidationError):
        return load_policy(text)


def _rest(document: Document, error: ValidationError, vocabulary: Vocabulary) -> list[PolicyError]:
    """What else is wrong, as far as it can be told."""
    salvaged = salvage(document.value, error, without_tags)
    if salvaged is None:
        return []
    found = (flaw for flaw in flaws(Proof(salvaged.spec, vocabulary)) if salvaged.concerns(flaw))
    return _told(document, found)


def _told(document: Document, found: Iterator[Flaw]) -> list[PolicyError]:
    return [placed(document, flaw.path, flaw.sentence) for flaw in found]


def _slipped(slip: Slip) -> PolicyError:
    return PolicyError(".".join(map(str, slip.path)), slip.line, slip.sentence)


def _beside(slips: list[PolicyError], found: list[PolicyError]) -> list[PolicyError]:
    """What is wrong apart from what follows of a slip: at it, inside it, or of the part that it stands in."""
    inside = tuple(f"{slip.path}." for slip in slips)
    follow = {slip.path for slip in slips} | {slip.path.rpartition(".")[0] for slip in slips}
    return [error for error in found if error.path not in follow and not error.path.startswith(inside)]


def _by_line(errors: list[PolicyError]) -> list[PolicyError]:
    return sorted(dict.fromkeys(errors), key=lambda error: (error.line, error.path))
