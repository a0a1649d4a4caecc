"""Several instances of evaluation on one database: partitions are shared out, and every board is whole."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from fastapi import FastAPI
from ports import free_port
from serving import served
from sqlalchemy import func, select
from waiting import wait_until

from chassis import log_routes
from chassis.clock import SteppedClock
from chassis.house import House
from chassis.ids import new_id
from chassis.log import partition_of
from chassis.tables import log
from chassis.web import assemble
from contracts.calendar import midnight
from contracts.evaluation import PolicyActivated, RatingChanged
from contracts.event import Event
from contracts.membership import MeetingHeld, SocietyRegistered
from contracts.vocabulary import Discipline, MeetingOrgan
from services.evaluation import store, verification
from services.evaluation.app import build
from services.evaluation.board import Board
from services.evaluation.domain import load_policy
from services.evaluation.shipped import text_of
from services.membership.identifiers import completed

PARTITIONS = 4
SPEAKERS = ("membership", "events", "federation")
"""Of which the last two say nothing here."""

CODES = [f"A-{number:02d}" for number in range(1, 25)]
ON = date(2025, 3, 1)


def registered(code: str) -> SocietyRegistered:
    return SocietyRegistered(
        subject=code,
        happened_at=midnight(ON),
        credit_code=completed(f"5142000000009{code[2:]}0"),
        name=code,
        discipline=Discipline.SCIENCE,
        registered_on=ON,
    )


def meeting(code: str) -> MeetingHeld:
    return MeetingHeld(
        subject=code,
        happened_at=midnight(ON),
        meeting=new_id(),
        organ=MeetingOrgan.COUNCIL,
        entitled=30,
        present=25,
        held_on=ON,
    )


@dataclass
class Evaluation:
    """Instances of evaluation that share a database, and membership, which speaks to all of them."""

    membership: House
    settings: Any
    clock: SteppedClock
    stack: AsyncExitStack
    instances: list[FastAPI] = field(default_factory=list)

    @asynccontextmanager
    async def another(self) -> AsyncIterator[FastAPI]:
        app = build(self.settings, self.clock)
        # The first one answers for evaluation's own log, as the gateway would have one of them answer.
        port = self.port if not self.instances else free_port()
        async with served(app, port):
            self.instances.append(app)
            try:
                yield app
            finally:
                self.instances.remove(app)

    async def opened(self) -> FastAPI:
        return await self.stack.enter_async_context(self.another())

    @property
    def port(self) -> int:
        return int(self.settings.peers["evaluation"].rpartition(":")[2])

    async def says(self, *events: Event) -> None:
        async with self.membership.work() as work:
            for event in events:
                work.say(event)

    def shares(self) -> list[list[int]]:
        return [sorted(app.state.service.listener.readings) for app in self.instances]

    async def kept(self) -> bool:
        """Whether as many events are kept as were told."""
        async with self.membership.db.reading() as conn:
            told = await conn.scalar(select(func.count()).select_from(log))
        async with self.instances[0].state.service.db.reading() as conn:
            own = await conn.scalar(select(func.count()).select_from(log))
            return await store.count_facts(conn) == told + own

    async def agree(self, on: date | None = None) -> bool:
        """Whether everything told was applied, and every board says what the logs, folded anew, say."""
        if not await self.kept():
            return False
        verdicts = [
            await verification.verify(app.state.service, app.state.following, ranked(app)) for app in self.instances
        ]
        days = {app.state.board.day for app in self.instances}
        hashes = {verdict.hash_live for verdict in verdicts}
        return all(one.equal for one in verdicts) and len(hashes) == 1 and (on is None or days == {on})


def ranked(app: FastAPI) -> Callable[[], Board]:
    def board() -> Board:
        app.state.audience.refresh()
        return app.state.board

    return board


@pytest.fixture
async def evaluation(make_database: Any, settings_for: Any, clock: SteppedClock) -> AsyncIterator[Evaluation]:
    ports = {name: free_port() for name in (*SPEAKERS, "evaluation")}
    peers = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    settings = settings_for("evaluation", await make_database("evaluation"), peers=peers, partitions=PARTITIONS)
    async with AsyncExitStack() as stack:
        houses = {}
        for name in SPEAKERS:
            own = settings_for(name, await make_database(name), partitions=PARTITIONS)
            houses[name] = House(name, own, clock)
            await stack.enter_async_context(served(assemble(houses[name], log_routes.routes), ports[name]))
        yield Evaluation(houses["membership"], settings, clock, stack)


def even(shares: Sequence[Sequence[int]]) -> bool:
    return sorted(chain.from_iterable(shares)) == list(range(PARTITIONS)) and {len(one) for one in shares} == {2}


async def test_two_instances_share_the_partitions_and_have_the_same_board(evaluation: Evaluation) -> None:
    await evaluation.opened()
    await wait_until(lambda: evaluation.shares() == [[0, 1, 2, 3]])
    await evaluation.says(*map(registered, CODES))
    await evaluation.opened()
    await wait_until(lambda: even(evaluation.shares()), 60)
    await evaluation.says(*map(meeting, CODES))

    await wait_until(evaluation.agree, 60)

    assert {partition_of(code, PARTITIONS) for code in CODES} == set(range(PARTITIONS))
    assert all(len(app.state.board.standings) == len(CODES) for app in evaluation.instances)
    await wait_until(lambda: all(app.state.following.whole() for app in evaluation.instances))


async def test_who_is_left_takes_over_what_another_held(evaluation: Evaluation) -> None:
    first = await evaluation.opened()
    async with evaluation.another():
        await evaluation.says(*map(registered, CODES))
        await wait_until(lambda: even(evaluation.shares()), 60)
    await evaluation.says(*map(meeting, CODES))
    await wait_until(lambda: evaluation.shares() == [[0, 1, 2, 3]])

    await wait_until(evaluation.agree, 60)

    await wait_until(first.state.following.whole)


async def test_a_day_turned_in_one_partition_moves_the_ratings_of_all(evaluation: Evaluation) -> None:
    await evaluation.opened()
    await evaluation.opened()
    await evaluation.says(*map(registered, CODES), *map(meeting, CODES))
    await wait_until(evaluation.agree, 60)
    begun = evaluation.instances[0].state.board.day
    for days in (1, 400):
        evaluation.clock.set(evaluation.clock.now() + timedelta(days=days))
        today = evaluation.clock.now().date()
        await wait_until(lambda: evaluation.agree(today), 60)  # noqa: B023 - waited for at once

    assert begun < today
    assert await announced(evaluation) == dict.fromkeys(CODES, 1)
    ranks = [app.state.board.ranks_at_turn for app in evaluation.instances]
    assert ranks[0] == ranks[1] != {}


async def announced(evaluation: Evaluation) -> dict[str, int]:
    """How often a rating was announced of each society."""
    async with evaluation.instances[0].state.service.db.reading() as conn:
        rows = select(log.c.subject, func.count()).where(log.c.type == RatingChanged.type).group_by(log.c.subject)
        return dict((await conn.execute(rows)).all())


async def test_a_policy_activated_in_one_partition_rates_all(evaluation: Evaluation) -> None:
    first, _ = await evaluation.opened(), await evaluation.opened()
    await evaluation.says(*map(registered, CODES), *map(meeting, CODES))
    await wait_until(evaluation.agree, 60)
    other = load_policy(text_of("assessment-2026"))
    told = PolicyActivated(
        happened_at=evaluation.clock.now(), policy=other.id, version=str(other.version), hash=other.hash
    )
    async with first.state.service.work() as work:
        work.say(told)

    await wait_until(lambda: all(app.state.board.policy.hash == other.hash for app in evaluation.instances))
    await wait_until(evaluation.agree, 60)


async def test_what_a_rebuild_lets_go_of_leaves_every_board(evaluation: Evaluation) -> None:
    first = await evaluation.opened()
    await evaluation.opened()
    await evaluation.says(*map(registered, CODES), *map(meeting, CODES))
    await wait_until(evaluation.agree, 60)
    lost = [meeting(code) for code in CODES[:5]]
    await evaluation.says(*lost)
    await wait_until(evaluation.agree, 60)
    async with evaluation.membership.db.writing() as conn:
        last = select(func.max(log.c.ordinal) - len(lost)).scalar_subquery()
        await conn.execute(log.delete().where(log.c.ordinal > last))

    await first.state.service.rebuilding.rebuild()

    await wait_until(evaluation.agree, 60)


async def test_as_many_events_in_the_place_of_lost_ones_are_on_every_board(evaluation: Evaluation) -> None:
    first, second = await evaluation.opened(), await evaluation.opened()
    await evaluation.says(*map(registered, CODES))
    await wait_until(lambda: even(evaluation.shares()), 60)
    await wait_until(evaluation.agree, 60)
    by_partition = [[code for code in CODES if partition_of(code, PARTITIONS) == one] for one in range(PARTITIONS)]
    await evaluation.says(*[meeting(codes[0]) for codes in by_partition])
    await wait_until(evaluation.agree, 60)

    await second.state.following.stop()
    async with evaluation.membership.db.writing() as conn:
        last = select(func.max(log.c.ordinal) - PARTITIONS).scalar_subquery()
        await conn.execute(log.delete().where(log.c.ordinal > last))
    await first.state.service.rebuilding.rebuild()
    await evaluation.says(*[meeting(codes[1]) for codes in by_partition])
    await wait_until(evaluation.kept, 60)
    await second.state.following.start()

    await wait_until(evaluation.agree, 60)


async def test_a_verification_names_what_is_not_its_speakers(evaluation: Evaluation) -> None:
    app = await evaluation.opened()
    await evaluation.says(registered("A-01"), registered("A-02"))
    await wait_until(evaluation.agree, 60)
    async with evaluation.membership.db.writing() as conn:
        (document,) = (await conn.scalars(select(log.c.document).where(log.c.subject == "A-01"))).all()
        await conn.execute(
            log.update().where(log.c.subject == "A-01").values(document=document.replace("/membership", "/events"))
        )

    verdict = await verification.verify(app.state.service, app.state.following, ranked(app))

    (foreign,) = verdict.foreign
    assert foreign.startswith("membership/")
    assert foreign.endswith(" 1: /events membership.society-registered.v1")
    assert not verdict.equal
