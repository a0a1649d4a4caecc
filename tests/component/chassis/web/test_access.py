import json
import stat
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from chassis.access import Access, FileKeys, RemoteKeys, StaticKeys, may, permissions_of
from chassis.issuer import KEY_FILE, Issuer
from chassis.tokens import InvalidToken, IssuerUnavailable

NOTE = {"text": "a note"}
Token = Callable[..., dict[str, str]]


def _access(issuer: Issuer, keys: object = None) -> Access:
    return Access(issuer=issuer.url, audience="societas", keys=keys or StaticKeys(issuer.jwks()))


async def test_without_a_token_the_answer_says_how_to_sign_in(visitor: httpx2.AsyncClient) -> None:
    response = await visitor.post("/notes", json=NOTE)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.json()["type"] == "urn:societas:problem:unauthenticated"


async def test_a_public_route_asks_nothing_even_of_a_bad_token(visitor: httpx2.AsyncClient) -> None:
    assert (await visitor.get("/count", headers={"Authorization": "Bearer nonsense"})).status_code == 200


async def test_a_role_that_is_not_enough_is_told_which_would_be(visitor: httpx2.AsyncClient, token: Token) -> None:
    response = await visitor.post("/societies/A-18/notes", json=NOTE, headers=token("society:A-19", "auditor"))
    assert response.status_code == 403
    assert "association, society:A-18" in response.json()["detail"]


async def test_a_society_writes_its_own_records(visitor: httpx2.AsyncClient, token: Token) -> None:
    response = await visitor.post("/societies/A-18/notes", json=NOTE, headers=token("society:A-18"))
    assert response.status_code == 201


async def test_a_star_in_the_path_is_no_wildcard(visitor: httpx2.AsyncClient, token: Token) -> None:
    response = await visitor.post("/societies/*/notes", json=NOTE, headers=token("society:A-18"))
    assert response.status_code == 403


async def test_the_body_may_decide_which_society_is_allowed(visitor: httpx2.AsyncClient, token: Token) -> None:
    path, headers = "/shared-notes", token("society:A-18")
    assert (await visitor.post(path, params={"society": "A-18"}, json=NOTE, headers=headers)).status_code == 201
    assert (await visitor.post(path, params={"society": "A-19"}, json=NOTE, headers=headers)).status_code == 403
    assert (
        await visitor.post(path, params={"society": "A-18"}, json=NOTE, headers=token("auditor"))
    ).status_code == 403


async def test_every_route_declares_exactly_one_permission(desk: FastAPI) -> None:
    ours = [context for context in iter_route_contexts(desk.routes) if hasattr(context.original_route, "dependencies")]
    assert len(ours) >= 8
    assert all(len(permissions_of(context.original_route)) == 1 for context in ours)


def test_may_takes_at_least_one_role() -> None:
    with pytest.raises(ValueError, match="PUBLIC"):
        may()


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "urn:other"},
        {"aud": "other"},
        {"exp": int(time.time()) - 60},
        {"exp": None},
        {"exp": 10**400},
        {"sub": "\ud800"},
        {"sub": None},
        {"aud": None},
    ],
)
async def test_a_token_that_lacks_something_proves_nothing(issuer: Issuer, wrong: dict[str, object]) -> None:
    claims = {"iss": issuer.url, "aud": "societas", "sub": "x", "exp": int(time.time()) + 60} | wrong
    present = {name: value for name, value in claims.items() if value is not None}
    forged = jwt.encode(present, issuer._key.private, algorithm="EdDSA", headers={"kid": issuer.kid})  # noqa: SLF001
    with pytest.raises(InvalidToken):
        await _access(issuer).caller(forged)


async def test_a_token_does_not_choose_its_algorithm(issuer: Issuer) -> None:
    claims = {"iss": issuer.url, "aud": "societas", "sub": "x", "roles": ["association"], "exp": int(time.time()) + 60}
    public = issuer.jwks()["keys"][0]["x"]
    for algorithm, key in (("none", None), ("HS256", public)):
        forged = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": issuer.kid})
        with pytest.raises(InvalidToken):
            await _access(issuer).caller(forged)


async def test_a_token_of_another_key_proves_nothing(issuer: Issuer, tmp_path: Path) -> None:
    impostor = Issuer.open(tmp_path, url=issuer.url)
    impostor.kid = issuer.kid
    with pytest.raises(InvalidToken):
        await _access(issuer).caller(impostor.mint("x", ["association"], timedelta(hours=1)))


@pytest.mark.parametrize("nonsense", ["", "a", "a.b.c", "é" * 10, "a" * 10_000])
async def test_nonsense_proves_nothing(issuer: Issuer, nonsense: str) -> None:
    with pytest.raises(InvalidToken):
        await _access(issuer).caller(nonsense)


async def test_a_verified_token_is_remembered_until_it_expires(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    access = _access(issuer)
    token = issuer.mint("x", ["auditor"], timedelta(minutes=1))
    first = await access.caller(token)
    access.keys = StaticKeys({"keys": []})
    assert (await access.caller(token)).identity is first.identity
    now = time.time()
    monkeypatch.setattr("chassis.tokens.time.time", lambda: now + 3600)
    with pytest.raises(InvalidToken):
        await access.caller(token)


async def test_roles_may_lie_deeper_and_anything_odd_is_no_role(issuer: Issuer) -> None:
    access = Access(
        issuer=issuer.url, audience="societas", keys=StaticKeys(issuer.jwks()), roles_claim="realm_access.roles"
    )
    claims = {"iss": issuer.url, "aud": "societas", "sub": "x", "exp": int(time.time()) + 60}
    for roles, seen in ((["auditor", 7], {"auditor"}), ("auditor", set()), (None, set())):
        token = jwt.encode(
            claims | {"realm_access": {"roles": roles}},
            issuer._key.private,  # noqa: SLF001
            algorithm="EdDSA",
            headers={"kid": issuer.kid},
        )
        assert (await access.caller(token)).roles == seen


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
async def test_tokens_of_common_providers_are_accepted(algorithm: str) -> None:
    made = {
        "ES256": lambda: (ec.generate_private_key(ec.SECP256R1()), jwt.algorithms.ECAlgorithm),
        "RS256": lambda: (rsa.generate_private_key(65537, 2048), jwt.algorithms.RSAAlgorithm),
    }
    key, kind = made[algorithm]()
    published = json.loads(kind.to_jwk(key.public_key())) | {"kid": "k", "alg": algorithm, "use": "sig"}
    claims = {"iss": "urn:p", "aud": ["societas", "other"], "sub": "x", "roles": ["auditor"], "exp": time.time() + 60}
    token = jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "k"})
    caller = await Access(issuer="urn:p", audience="societas", keys=StaticKeys({"keys": [published]})).caller(token)
    assert caller.roles == {"auditor"}


async def test_keys_are_fetched_once_and_again_when_a_new_one_appears(
    issuer: Issuer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    successor = Issuer.open(tmp_path, url=issuer.url)
    published, fetched = [issuer.jwks()], []

    async def answer(request: httpx2.Request) -> httpx2.Response:
        fetched.append(str(request.url))
        return httpx2.Response(200, json=published[-1])

    keys = RemoteKeys("https://issuer.test/jwks", httpx2.AsyncClient(transport=httpx2.MockTransport(answer)))
    access = _access(issuer, keys)
    for subject in "abc":
        await access.caller(issuer.mint(subject, [], timedelta(hours=1)))
    assert len(fetched) == 1
    published.append({"keys": [*issuer.jwks()["keys"], *successor.jwks()["keys"]]})
    new = successor.mint("d", [], timedelta(hours=1))
    with pytest.raises(InvalidToken):
        await access.caller(new)
    assert len(fetched) == 1, "unknown keys cannot make us hammer the issuer"
    then = time.monotonic()
    monkeypatch.setattr("chassis.keys.time.monotonic", lambda: then + 60)
    assert (await access.caller(new)).subject == "d"


async def test_an_issuer_that_is_away_is_not_the_callers_fault(issuer: Issuer) -> None:
    async def nobody(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("away", request=request)

    keys = RemoteKeys("https://issuer.test/jwks", httpx2.AsyncClient(transport=httpx2.MockTransport(nobody)))
    for _ in range(2):
        with pytest.raises(IssuerUnavailable):
            await _access(issuer, keys).caller(issuer.mint("x", [], timedelta(hours=1)))


async def test_the_issuers_key_survives_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = Issuer.open(tmp_path / "data", url="http://here/")
    again = Issuer.open(tmp_path / "data", url="http://here/")
    assert first.kid == again.kid
    assert stat.S_IMODE((tmp_path / "data" / KEY_FILE).stat().st_mode) == 0o600
    assert "d" not in first.jwks()["keys"][0]


async def test_a_key_file_is_read_and_a_missing_one_is_told(issuer: Issuer, tmp_path: Path) -> None:
    token = issuer.mint("x", [], timedelta(hours=1))
    with pytest.raises(IssuerUnavailable):
        await _access(issuer, FileKeys(tmp_path / "missing.json")).caller(token)
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(issuer.jwks()))
    assert (await _access(issuer, FileKeys(path)).caller(token)).subject == "x"


async def test_the_issuer_publishes_where_its_keys_are(issuer: Issuer) -> None:
    app = FastAPI()
    app.include_router(issuer.router())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://issuer.test") as client:
        found = (await client.get("/.well-known/openid-configuration")).json()
        assert found["issuer"] == issuer.url
        assert (await client.get("/.well-known/jwks.json")).json() == issuer.jwks()


@pytest.mark.parametrize("path", ["/notes", "/societies/A-18/notes", "/log"])
@pytest.mark.parametrize(("roles", "status"), [((), 401), (("society:A-19",), 403)])
async def test_nothing_of_a_body_is_read_of_who_may_not_send_it(
    desk: FastAPI, client_for: Callable[..., httpx2.AsyncClient], path: str, roles: tuple[str, ...], status: int
) -> None:
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        for number in range(10):
            read.append(number)
            yield b"x" * 1_000

    response = await client_for(desk, *roles).post(path, content=body(), headers={"Content-Type": "application/json"})
    assert response.status_code == status
    assert read == []
