"""Equals where a class by quota ends: the committee chooses among them where the policy leaves it to it."""

from collections.abc import Sequence
from datetime import datetime

from contracts.evaluation import TieDecided
from services.evaluation.domain.places import Edge
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, rank, ratings_hash
from services.evaluation.domain.review.classes import reproduced
from services.evaluation.domain.review.file import write
from services.evaluation.domain.review.phases import expect
from services.evaluation.domain.review.quorum import carried, least_present, least_votes, quorate
from services.evaluation.domain.review.refusals import NoQuorum, NotCarried, NoTie, TiesOpen, WrongNumberChosen
from services.evaluation.domain.review.state import Phase, Review


def open_edge(standings: Sequence[Standing], category: str, chosen: Sequence[str]) -> Edge:
    """The edge of a class at which all of these societies are equal and nobody has chosen yet.

    Raises:
        NoTie: there is none.
    """
    edges = (one.edge for one in standings if one.edge is not None and one.edge.open)
    for edge in edges:
        if edge.quota == category and set(chosen) <= set(edge.equals):
            return edge
    raise NoTie(field="category", value=category)


def choose(review: Review, edge: Edge, chosen: Sequence[str], votes: tuple[int, int]) -> tuple[str, ...]:
    """Whom the committee chose for the places at an edge; `votes` are those present and those who agreed.

    Raises:
        WrongPhase: the results are not confirmed, or classes are assigned.
        WrongNumberChosen: they are more or fewer than there are places.
        NoQuorum, NotCarried: the committee could not, or did not, decide so.
    """
    expect(review, Phase.CONFIRMED)
    picked, members, (present, in_favour) = tuple(sorted(set(chosen))), len(review.panel), votes
    if len(picked) != edge.places:
        told = {"places": edge.places, "equals": len(edge.equals)}
        raise WrongNumberChosen(field="chosen", value=len(picked), **told)
    if not members or not quorate(present, members) or present > members:
        raise NoQuorum(field="present", value=present, members=members, least=least_present(members))
    if not carried(in_favour, members) or in_favour > present:
        raise NotCarried(field="in_favour", value=in_favour, members=members, least=least_votes(members))
    return picked


def with_chosen(
    review: Review, standings: Sequence[Standing], policy: Policy, choice: tuple[str, Sequence[str]]
) -> list[Standing]:
    """The same ratings with these societies in a class, beside those whom the committee chose before."""
    category, chosen = choice
    before = review.chosen.get(category, frozenset())
    return rank((one.rating for one in standings), policy, {**review.chosen, category: before.union(chosen)})


def decided(
    review: Review,
    edge: Edge,
    chosen: tuple[str, ...],
    votes: tuple[int, int],
    *,
    before: Sequence[Standing],
    after: Sequence[Standing],
    at: datetime,
) -> TieDecided:
    """The committee's choice; `before` and `after` are all ratings without and with it.

    Raises:
        RatingsMoved: `before` is not what is under review.
    """
    reproduced(review, before)
    return write(
        review,
        TieDecided,
        at,
        category=edge.quota,
        chosen=chosen,
        among=edge.equals,
        members=len(review.panel),
        present=votes[0],
        in_favour=votes[1],
        hash=ratings_hash(after),
    )


def none_open(standings: Sequence[Standing]) -> None:
    """Refuses ratings in which a class ends among equals and the committee has not chosen.

    Raises:
        TiesOpen: so it is.
    """
    for one in standings:
        if one.edge is not None and one.edge.open:
            shown = {"equals": list(one.edge.equals), "places": one.edge.places}
            raise TiesOpen(field="review", value=one.edge.quota, **shown)
