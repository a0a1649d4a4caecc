"""HTTP of the policies: which there are, whether a file is one, and which is in force."""

from typing import Annotated, Any

from fastapi import Query, Request

from chassis.language import N_, language_of
from chassis.rates import TRIAL
from chassis.refusals import Refusal
from chassis.serving import service_of
from chassis.web import Reading, Writing, router
from chassis.work import Work
from contracts.calendar import instant
from contracts.evaluation import PolicyActivated
from services.evaluation import store
from services.evaluation.api.asked import Asked, AsOf, KnownAt, board_of, policy_of, question_in_memory, question_of
from services.evaluation.api.sent import SentBases, SentPolicy, SentText, checked
from services.evaluation.domain import Policy
from services.evaluation.domain.succession import require_in_force, takes_over_on
from services.evaluation.filed import every_policy, in_use, shelf
from services.evaluation.moment import Moment
from services.rights import EVALUATION

policies = router("policies")

Strict = Annotated[bool, Query(description="take every warning for a fault")]


class PolicyTaken(Refusal):
    """Another text is filed under the same id and version."""

    slug = "policy-taken"
    status = 409
    title = N_("This version of the policy exists already")
    detail = N_("Another text is filed as {value}: give the changed policy a new version.")


@policies.get("/policies", dependencies=[EVALUATION["policies"].may_read])
async def list_policies(
    request: Request, look: Reading, as_of: AsOf = None, known_at: KnownAt = None
) -> dict[str, Any]:
    """The policies that are shipped, or filed by then, every version, and the one in use: now, or on a day as known."""
    question = await question_of(request, look, Asked(as_of, known_at))
    moment = Moment(question.as_of, question.known_at)
    return {
        "active": _name(question.policy),
        "policies": [
            {
                **_name(one),
                "hash": one.hash,
                "title": one.title.as_json(),
                "source": one.source,
                "in_force": one.in_force,
            }
            for one in await every_policy(look, moment)
        ],
    }


@policies.get("/policies/{policy}", dependencies=[EVALUATION["policies"].may_read])
async def show_policy(policy: str, request: Request, as_of: AsOf = None, known_at: KnownAt = None) -> dict[str, Any]:
    """A policy with all its indicators, clauses and remedies, and its text as filed.

    `active` is the one in use: now, or on a day as known then; `ID@VERSION` another version than the last. What was
    filed later is not there.
    """
    question = await question_in_memory(request, Asked(as_of, known_at))
    chosen, moment = question.policy, Moment(question.as_of, question.known_at)
    if policy not in {"active", f"{chosen.id}@{chosen.version}"}:
        async with service_of(request).db.reading() as look:
            chosen = await policy_of(look, board_of(request), policy, moment)
    return {**chosen.as_json(), "text": chosen.text, "hash": chosen.hash}


def _name(policy: Policy) -> dict[str, str]:
    return {"id": policy.id, "version": str(policy.version)}


@policies.post("/policies/check", dependencies=[EVALUATION["policy-checks"].may_read, TRIAL])
async def check(request: Request, text: SentText, below: SentBases, *, strict: Strict = False) -> dict[str, Any]:
    """Reads a policy file and names, by line, what is wrong with it and what is hardly meant so; changes nothing.

    At most a hundred of each are told; `more` says how many there are besides.
    """
    found = await checked(request, text, below)
    return (found.strictly() if strict else found).as_json(language_of(request.headers.get("accept-language")))


@policies.post("/policies/activate", dependencies=[EVALUATION["policies"].may_record])
async def activate(policy: SentPolicy, work: Writing) -> dict[str, Any]:
    """Files a policy and rates by it from now on; its text can never be changed under the same version.

    Refused where it is not in force today, or another one has taken its place.
    """
    await _file(policy, work)
    require_in_force(policy, work.today(), await shelf(work.conn), field="in_force")
    event = PolicyActivated(happened_at=work.now(), policy=policy.id, version=str(policy.version), hash=policy.hash)
    return {"policy": _name(policy), "event": work.say(event)}


@policies.post("/policies", dependencies=[EVALUATION["policies"].may_record], status_code=201)
async def file(policy: SentPolicy, work: Writing) -> dict[str, Any]:
    """Files a policy without activating it: to compare with, to take over, or because it was activated elsewhere.

    If it succeeds the one in use, it takes its place by itself on `takes_over_on`: the first day on which it is in
    force, or tomorrow if that has come already.
    """
    await _file(policy, work)
    day = takes_over_on(policy, await in_use(work.conn), work.today())
    return {"policy": _name(policy), "hash": policy.hash, "takes_over_on": day}


async def _file(policy: Policy, work: Work) -> None:
    if await store.file_policy(work.conn, policy, instant(work.now())):
        raise PolicyTaken(field="version", value=f"{policy.id} {policy.version}")
