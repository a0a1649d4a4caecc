"""The pages of the policies on file: each of them, and what one would change."""

from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import HTMLResponse

from chassis.web import router
from contracts.values import PolicyCalled
from services.portal.desk import At
from services.portal.explained import sections
from services.portal.moment import When
from services.rights import PORTAL

routes = router("pages of policies")


@routes.get("/policies", dependencies=[PORTAL["pages"].may_read])
async def show_policies(
    desk: At,
    moment: When,
    policy: Annotated[PolicyCalled | Literal[""], Query(description="id@version of the policy to try")] = "",
    against: Annotated[PolicyCalled | Literal[""], Query(description="id@version to compare with")] = "",
) -> HTMLResponse:
    """Every policy on file; and, once two are chosen, who would move from one to the other, and why."""
    filed = await desk.evaluation.policies()
    found = names = None
    if policy:
        found = await desk.evaluation.what_if(policy, against, moment)
        names = await desk.evaluation.policy_called(policy)
    chosen = {"policy": policy, "against": against or filed.in_use}
    return desk.page("policies.html", "policies", filed=filed, found=found, policy=names, chosen=chosen, moment=moment)


@routes.get("/policies/{called}", dependencies=[PORTAL["pages"].may_read])
async def show_filed(desk: At, called: PolicyCalled) -> HTMLResponse:
    """One policy on file: its indicators with clause, points, reason and remedy."""
    policy, filed = await desk.evaluation.policy_called(called), await desk.evaluation.policies()
    in_use = f"{policy.id}@{policy.version}" == filed.in_use
    board = await desk.evaluation.board()
    shown_in = sections(policy.indicators, policy)
    return desk.page("policy.html", "policies", policy=policy, sections=shown_in, in_use=in_use, demo=board.demo)
