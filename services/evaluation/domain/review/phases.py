"""What may be done when."""

from services.evaluation.domain.review.refusals import UnknownObjection, WrongPhase
from services.evaluation.domain.review.state import PHASES, Objection, Phase, Review


def expect(review: Review, *phases: Phase) -> None:
    """Refuses a review that is in none of these phases.

    Raises:
        WrongPhase: so it is.
    """
    if review.phase not in phases:
        needed = [PHASES[phase] for phase in phases]
        raise WrongPhase(field="review", value=review.id, phase=PHASES[review.phase], needed=needed)


def objection_of(review: Review, objection: str) -> Objection:
    """One objection of a review.

    Raises:
        UnknownObjection: it has none of this id.
    """
    if objection not in review.objections:
        raise UnknownObjection(field="objection", value=objection)
    return review.objections[objection]
