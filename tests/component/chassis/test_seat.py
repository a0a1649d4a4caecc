"""What a seat does when something fails that the bus has no part in."""

from typing import Any

from waiting import wait_until

from chassis import bus, dead_letters


async def test_what_a_part_did_in_memory_is_undone_when_the_database_goes_away(pair: Any) -> None:
    undone: list[str] = []
    handlers = pair.listener.listener.ear._handlers  # noqa: SLF001 - the pair's handler, made to fail
    ((type_, note),) = handlers.items()
    failures = iter([RuntimeError("poison"), None, ConnectionResetError("the database went away")])

    async def note_and_fail(event: Any, work: Any) -> None:
        work.after_rollback(lambda: undone.append(event.subject))
        if (failure := next(failures, None)) is not None:
            raise failure
        await note(event, work)

    handlers[type_] = note_and_fail
    # Both are to come in one batch.
    await pair.listener.listener.stop()
    await pair.says("A-01", "A-02")
    await wait_until(lambda: _copied(pair, 2))
    await pair.listener.listener.start()
    await wait_until(lambda: len(pair.ledger.subjects) >= 2)
    # First A-01, which is poison once; then A-02, of which the database went away.
    assert undone[:2] == ["A-01", "A-02"]
    assert pair.ledger.subjects == ["A-01", "A-02"]


async def _copied(pair: Any, events: int) -> bool:
    return bool(await pair.bus.xlen(bus.stream("membership", 0)) == events)


async def test_a_hook_that_fails_after_the_commit_does_not_apply_the_batch_again(pair: Any) -> None:
    handlers = pair.listener.listener.ear._handlers  # noqa: SLF001 - the pair's handler, made to fail
    ((type_, note),) = handlers.items()
    failing = [True]

    async def note_with_a_hook(event: Any, work: Any) -> None:
        await note(event, work)
        if failing:
            work.after_commit(lambda: failing[failing.pop() :][9])

    handlers[type_] = note_with_a_hook
    await pair.says("A-01")
    await wait_until(lambda: not failing)
    await pair.says("A-02")
    await wait_until(lambda: "A-02" in pair.ledger.subjects)
    assert pair.ledger.subjects == ["A-01", "A-02"]


async def test_an_error_that_no_database_can_spell_is_buried_all_the_same(pair: Any) -> None:
    pair.ledger.refused.add("A-01\x00\ud800")
    handlers = pair.listener.listener.ear._handlers  # noqa: SLF001 - the pair's handler, made to fail
    ((type_, note),) = handlers.items()

    async def fail(event: Any, work: Any) -> None:
        if event.subject == "A-01":
            raise RuntimeError("not text: \x00 \ud800")
        await note(event, work)

    handlers[type_] = fail
    await pair.says("A-01", "A-02")
    await wait_until(lambda: pair.ledger.subjects == ["A-02"])
    async with pair.listener.db.reading() as conn:
        assert await dead_letters.count(conn) == 1
