"""A policy that is sent: of bounded length, read beside everything else, its faults told by the hundred."""

import asyncio
from collections.abc import Callable

import httpx2
import pytest
from fastapi import FastAPI

from services.evaluation.domain import PolicyRefused, check_policy, load_policy
from services.evaluation.shipped import DEFAULT, text_of

ClientFor = Callable[..., httpx2.AsyncClient]
LONGEST = 256 * 1024
TAKEN = ["/policies/check", "/policies", "/policies/activate", "/whatif"]


@pytest.mark.parametrize("path", TAKEN)
@pytest.mark.parametrize(("language", "word"), [("en", "262144 bytes"), ("zh", "262144 字节")])
async def test_a_longer_text_is_refused_in_words(
    app: FastAPI, client_for: ClientFor, path: str, language: str, word: str
) -> None:
    answer = await client_for(app, "association", language=language).post(path, content=b"#" * (LONGEST + 1))

    assert (answer.status_code, answer.json()["field"]) == (413, "policy")
    assert word in answer.json()["detail"]


def test_a_file_is_measured_by_the_same_length() -> None:
    text = text_of(DEFAULT)
    room = LONGEST - len(text.encode())
    assert load_policy(text + "#" * room).id == DEFAULT
    (error,) = check_policy(text + "#" * (room - 1) + "学") or []
    assert error.sentence.say("en") == "The policy is longer than 262144 bytes"


@pytest.mark.parametrize("path", TAKEN)
async def test_others_are_answered_while_a_long_policy_is_read(app: FastAPI, client_for: ClientFor, path: str) -> None:
    author, visitor = client_for(app, "association"), client_for(app)
    reading = asyncio.create_task(author.post(path, content=b"a: [" + b"1, " * 80_000 + b"1]"))

    answered = 0
    while not reading.done():
        assert (await visitor.get("/healthz")).status_code == 200
        answered += 1

    assert (await reading).status_code in {200, 422}
    assert answered > 10


@pytest.mark.parametrize(("path", "status"), [("/policies/check", 200), ("/policies", 422), ("/whatif", 422)])
async def test_of_many_faults_a_hundred_are_told_and_the_rest_is_counted(
    app: FastAPI, client_for: ClientFor, path: str, status: int
) -> None:
    text = text_of(DEFAULT) + "".join(f"wrong-{n}: 1\n" for n in range(1_000))

    answer = await client_for(app, "association").post(path, content=text.encode())

    assert answer.status_code == status, answer.text
    document = answer.json()
    assert len(document["errors"]) == 100
    assert document["more"] == 900
    assert len(answer.content) < 100_000


def test_a_refusal_counts_what_it_does_not_tell() -> None:
    with pytest.raises(PolicyRefused) as refused:
        load_policy("".join(f"wrong-{n}: 1\n" for n in range(1_000)))
    assert len(refused.value.errors) == 100
    assert refused.value.more == len(refused.value.mistakes) - 100
