"""Each service has a user of its own on the bus: it writes its own streams, reads those it hears, and does no more."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import redis
from bus_cluster import PASSWORD, BusCluster
from bus_server import BusServer
from checker import kept_by
from hall import Hall, says, societies
from redis.exceptions import NoPermissionError
from waiting import wait_until

from chassis import bus, wire
from chassis.clock import SteppedClock
from contracts.catalogue import SPEAKERS
from contracts.reading import HEARS
from societas import bus_users, credentials

# What asks for a password is for everybody; of the rest a service may give only these.
FOR_EVERYBODY = {"auth", "hello", "quit", "reset"}
ALLOWED = {
    *("ping", "xread", "xrange", "xinfo|stream", "xadd", "xtrim", "del", "eval", "evalsha"),
    *("cluster|slots", "asking"),
}
# A script says it in other words, and what ends a transaction in more of them.
REFUSED = "no permissions|ACL failure|can't access at least one of the keys"
FOREIGN = [(user, other) for user in SPEAKERS for other in SPEAKERS if other != user]


class Server:
    """A bus with the users that a deployment makes; `of` is a client of one of them."""

    def __init__(self, kind: str, directory: Path) -> None:
        credentials.make(directory / "secrets")
        self.secrets = directory / "secrets"
        # Commands that a server refuses to everybody would show nothing of its users.
        open_to_all = {"enable_module_command": "yes", "enable_debug_command": "yes"}
        self.server = BusServer(kind, directory / "bus", aclfile=self.secrets / "redis_users", **open_to_all)
        self.server.client = self.of(bus_users.ADMINISTRATOR)

    def password(self, user: str) -> str:
        return (self.secrets / f"{user}_redis_password").read_text()

    def of(self, user: str) -> redis.Redis:
        return redis.Redis(port=self.server.port, username=user, password=self.password(user))

    def url(self, user: str) -> str:
        return f"redis://{user}:{self.password(user)}@127.0.0.1:{self.server.port}/0"


@pytest.fixture(scope="module", params=["valkey", "redis"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(request.param, tmp_path_factory.mktemp("users"))
    made.server.start()
    yield made
    made.server.kill()


@pytest.fixture
def server(made: Server) -> Server:
    made.server.client.flushall()
    return made


def every_command(server: Server) -> dict[str, list[str]]:
    """All that the server knows, subcommands apart, each with as many arguments as it takes at the least."""
    known: dict[str, list[str]] = {}

    def note(found: Any) -> None:
        name, arity, subcommands = found[0].decode(), found[1], found[9] if len(found) > 9 else []
        if subcommands:
            for one in subcommands:
                note(one)
            return
        words = name.split("|")
        known[name] = [*words, *["x"] * (abs(arity) - len(words))]

    raw = redis.Redis(
        port=server.server.port, username=bus_users.ADMINISTRATOR, password=server.password(bus_users.ADMINISTRATOR)
    )
    raw.response_callbacks.clear()
    for found in raw.execute_command("COMMAND"):
        note(found)
    assert len(known) > 300
    return known


@pytest.mark.parametrize("user", [*SPEAKERS, bus_users.EXPORTER, bus_users.PROBE])
def test_every_command_that_a_user_does_not_need_is_refused(server: Server, user: str) -> None:
    allowed = {
        bus_users.PROBE: {"ping"},
        bus_users.EXPORTER: {"ping", "info", "xlen", "xinfo|stream"},
    }.get(user, ALLOWED)
    client = redis.Redis(port=server.server.port, username=user, password="-") if user == "probe" else server.of(user)

    refused = set()
    commands = every_command(server)
    for name, words in commands.items():
        if name in FOR_EVERYBODY | allowed:
            continue
        with pytest.raises(redis.ResponseError, match=REFUSED):
            client.execute_command(*words)
        refused.add(name)

    assert commands.keys() - refused == (FOR_EVERYBODY | allowed) & commands.keys()


@pytest.mark.parametrize(("user", "other"), FOREIGN)
def test_no_service_writes_the_stream_of_another(server: Server, user: str, other: str) -> None:
    admin, client, stream = server.server.client, server.of(user), bus.stream(other, 0)
    admin.xadd(stream, {wire.FIELD: "genuine"}, id="1-0")
    call = f'return redis.call("XADD", "{stream}", "2-0", "event", "forged")'
    for attempt in (
        ("XADD", stream, "2-0", wire.FIELD, "forged"),
        ("XTRIM", stream, "MAXLEN", "0"),
        ("DEL", stream),
        ("EVAL", 'return redis.call("XADD", KEYS[1], "2-0", "event", "forged")', "1", stream),
    ):
        with pytest.raises(NoPermissionError):
            client.execute_command(*attempt)
    # A script that does not name the key it writes.
    with pytest.raises(redis.ResponseError, match=REFUSED):
        client.execute_command("EVAL", call, "0")
    with pytest.raises(redis.ResponseError, match=REFUSED):
        client.execute_command("EVAL", call, "1", bus.stream(user, 0))

    assert admin.xrange(stream) == [(b"1-0", {wire.FIELD.encode(): b"genuine"})]


@pytest.mark.parametrize(("user", "other"), FOREIGN)
def test_a_service_reads_the_streams_of_those_it_hears_and_no_others(server: Server, user: str, other: str) -> None:
    server.server.client.xadd(bus.stream(other, 0), {wire.FIELD: "genuine"}, id="1-0")
    client, stream = server.of(user), bus.stream(other, 0)
    asks = [("XREAD", "STREAMS", stream, "0"), ("XRANGE", stream, "-", "+"), ("XINFO STREAM", stream)]

    for ask in asks:
        if other in HEARS[user]:
            assert client.execute_command(*ask)
        else:
            with pytest.raises(NoPermissionError):
                client.execute_command(*ask)


@pytest.mark.parametrize("user", SPEAKERS)
def test_no_service_touches_any_other_key(server: Server, user: str) -> None:
    client = server.of(user)
    for key in ("x", "societas", "societas.membership.0", f"societas.{{{user}x.0}}", "other.{membership.0}"):
        with pytest.raises(NoPermissionError):
            client.xadd(key, {"a": "b"})
        with pytest.raises(NoPermissionError):
            client.xrange(key)


def test_who_does_not_say_who_he_is_may_do_nothing(server: Server) -> None:
    for password in (None, server.password("events")):
        client = redis.Redis(port=server.server.port, password=password)
        with client as nobody, pytest.raises(redis.AuthenticationError):
            nobody.ping()


@pytest.fixture
async def hall(make_database: Any, settings_for: Any, clock: SteppedClock, server: Server) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        client = bus.connect(server.url(bus_users.ADMINISTRATOR))
        stack.push_async_callback(client.aclose)
        yield Hall(make_database, settings_for, clock, client, stack)


@pytest.fixture
def redis_url(server: Server) -> str:
    return server.url("evaluation")


async def test_a_speaker_and_who_hears_it_need_no_more(hall: Hall, server: Server) -> None:
    server.server.client.acl_log_reset()
    speaker = await hall.speaker(redis_url=server.url("membership"), stream_days=7)
    listener = await hall.listener(name="evaluation")
    await says(speaker, *societies(30))
    await wait_until(lambda: _kept(listener, 30))
    # A stream that is no copy is taken away, and copied anew.
    await hall.bus.xadd(bus.stream("membership", 0), {wire.FIELD: "damaged"}, id="99-0")
    await says(speaker, *societies(5, 30))
    await wait_until(lambda: _kept(listener, 35))
    await wait_until(lambda: _length(hall, 35))
    await speaker.relay._copiers[0].trim("2999")  # noqa: SLF001 - what a relay does every ten minutes

    # By which clients introduce themselves; Redis 7.0 does not know it, so no rule can allow it.
    assert {one["object"] for one in server.server.client.acl_log()} <= {"client|setinfo"}


async def test_with_the_password_of_events_nobody_speaks_for_membership(hall: Hall, server: Server) -> None:
    """M1 of the review: an entry that goes on where membership's stream ends stood on the board within a second."""
    speaker = await hall.speaker(redis_url=server.url("membership"))
    listener = await hall.listener(name="evaluation")
    await says(speaker, *societies(3))
    await wait_until(lambda: _kept(listener, 3))
    stream = bus.stream("membership", 0)
    ((_, entry),) = server.server.client.xrevrange(stream, count=1)

    with pytest.raises(NoPermissionError):
        server.of("events").xadd(stream, entry, id="4-0")

    await says(speaker, *societies(1, 3))
    await wait_until(lambda: _kept(listener, 4))


async def test_on_a_cluster_they_need_no_more_either(
    make_database: Any, settings_for: Any, clock: SteppedClock, clusters: list[BusCluster], tmp_path: Path
) -> None:
    cluster = BusCluster(tmp_path)
    clusters.append(cluster)
    cluster.start()
    passwords = dict.fromkeys(bus_users.WITH_PASSWORD, "p@ss")
    for node in cluster.nodes:
        for line in bus_users.lines(passwords)[1:]:
            node.client.execute_command("ACL", "SETUSER", *line.split()[1:])
    urls = {user: cluster.url.replace(f"default:{quote(PASSWORD, safe='')}", f"{user}:p%40ss") for user in SPEAKERS}
    async with AsyncExitStack() as stack:
        client = bus.connect(cluster.url)
        stack.push_async_callback(client.aclose)
        hall = Hall(make_database, settings_for, clock, client, stack, partitions=4)
        speaker = await hall.speaker(redis_url=urls["membership"])
        listener = await hall.listener(name="evaluation", redis_url=urls["evaluation"])
        await says(speaker, *societies(30))
        await wait_until(lambda: _kept(listener, 30))
        forger = bus.connect(urls["events"])
        stack.push_async_callback(forger.aclose)

        with pytest.raises(NoPermissionError):
            await forger.xadd(bus.stream("membership", 0), {wire.FIELD: "forged"}, id="999-0")


async def _kept(listener: Any, many: int) -> bool:
    return await kept_by(listener) == many


async def _length(hall: Hall, many: int) -> bool:
    return bool(await hall.bus.xlen(bus.stream("membership", 0)) == many)
