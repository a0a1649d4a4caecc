"""HTTP of signed explanations: the file, and the public key that vouches for it."""

from typing import Any, cast

from fastapi import Request, Response

from chassis.language import N_
from chassis.rates import limited
from chassis.refusals import Refusal
from chassis.serving import service_of
from chassis.signing import SigningKey
from chassis.web import Reading, router
from contracts.calendar import instant
from contracts.event import SocietyId
from services.evaluation import sealing, store
from services.evaluation.api.asked import Asked, AsOf, KnownAt, PolicyQuery, board_of, question_of
from services.evaluation.api.refusals import UnknownSociety
from services.evaluation.domain.derivation import Terms, derive
from services.rights import EVALUATION

sealed = router("signed explanations")


class NoSigningKey(Refusal):
    """This deployment has no key to sign with."""

    slug = "no-signing-key"
    status = 503
    title = N_("Nothing can be signed here")
    detail = N_("This deployment has no signing key; SOCIETAS_SIGNING_KEY_FILE names it.")


@sealed.get("/signing-keys", dependencies=[EVALUATION["signing-keys"].may_read])
async def signing_keys(request: Request) -> dict[str, Any]:
    """The public key of signed explanations, as a JWK set; keep it with the files."""
    return _key(request).jwks()


@sealed.get(
    "/ratings/{society}/signed",
    dependencies=[EVALUATION["signed-explanations"].may_read, limited("past")],
    response_class=Response,
)
async def signed_explanation(
    *,
    society: SocietyId,
    request: Request,
    look: Reading,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyQuery = None,
) -> Response:
    """A rating with everything it rests on, events and policy enclosed (PROV-JSON), signed: to go with an objection."""
    key = _key(request)
    facts = await store.facts_of(look, [society])
    if not facts:
        raise UnknownSociety(field="society", value=society)
    question = await question_of(request, look, Asked(as_of, known_at, policy))
    now = instant(service_of(request).clock.now())
    terms = Terms(society, question.view(board_of(request)).as_of, question.known_at, now)
    name = f"explanation-{society}-{terms.as_of.isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sealing.seal(derive(facts, question.policy, terms), key), 200, headers, "application/json")


def _key(request: Request) -> SigningKey:
    key = cast("SigningKey | None", request.app.state.signing_key)
    if key is None:
        raise NoSigningKey
    return key
