"""HTTP of what-if: another policy over the facts as they are, and who would move."""

from typing import Annotated, Any

from fastapi import Query, Request

from chassis.rates import TRIAL
from chassis.serving import service_of
from chassis.web import router
from services.evaluation.api.asked import Asked, AsOf, KnownAt, board_of, past_of, question_of
from services.evaluation.api.sent import SentPolicy
from services.evaluation.domain import Policy
from services.evaluation.domain.whatif import compare
from services.rights import EVALUATION

whatif = router("what-if")

Against = Annotated[
    str | None, Query(description="id of the policy to compare with; the one in use then if absent", max_length=80)
]


@whatif.get("/whatif", dependencies=[EVALUATION["comparisons"].may_read, TRIAL])
async def compare_filed(
    *,
    request: Request,
    policy: Annotated[str, Query(description="id of a filed policy, or id@version", max_length=80)],
    against: Against = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> dict[str, Any]:
    """Who would move under another filed policy, and which indicator moves them."""
    async with service_of(request).db.reading() as look:
        after = (await question_of(request, look, Asked(as_of, known_at, policy))).policy
    return await _answer(request, after, Asked(as_of, known_at, against))


@whatif.post("/whatif", dependencies=[EVALUATION["comparisons-of-drafts"].may_read, TRIAL])
async def compare_sent(
    *, request: Request, after: SentPolicy, against: Against = None, as_of: AsOf = None, known_at: KnownAt = None
) -> dict[str, Any]:
    """The same for a policy that is sent and not kept: its file is the body. Changes nothing."""
    return await _answer(request, after, Asked(as_of, known_at, against))


async def _answer(request: Request, after: Policy, asked: Asked) -> dict[str, Any]:
    async with service_of(request).db.reading() as look:
        question, board = await question_of(request, look, asked), board_of(request)
    view = question.view(board)
    old, new = await past_of(request).boards(view, [question.policy, after])
    told = {"as_of": view.as_of.isoformat(), "known_at": view.known_at, "applied": new.known}
    compared = compare(question.policy, after, old.standings, new.standings)
    return {**told, **compared.as_json(), "demo": service_of(request).settings.demo or bool(board.made_up)}
