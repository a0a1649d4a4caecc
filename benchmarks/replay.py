"""A million stored events into ratings, on one core; beside it a fold that only adds numbers up in a dict."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks import ground
from benchmarks.history import documents
from chassis import wire
from chassis.database import Database
from services.evaluation import store
from services.evaluation.domain import load_policy, rank, rate_everyone
from services.evaluation.shipped import DEFAULT, text_of

_AS_OF = date(2025, 12, 31)
_AT_ONCE = 20_000


async def replay(many: int) -> tuple[float, float]:
    """Seconds from the table to the ranking under the whole policy, and for the dict fold on the same rows."""
    with tempfile.TemporaryDirectory(prefix="societas-bench-") as directory:
        db = Database(await ground.database("evaluation", Path(directory), None))
        kept = 0
        for page in _pages(many):
            async with db.writing() as conn:
                await store.keep(conn, 0, kept, page)
            kept += len(page)
        policy = load_policy(text_of(DEFAULT))
        started = time.perf_counter()
        async with db.reading() as conn:
            standings = rank(rate_everyone(await store.facts_of(conn), policy, _AS_OF), policy)
        ours = time.perf_counter() - started
        if not standings:
            raise AssertionError("nobody was rated")
        started = time.perf_counter()
        totals: Counter[tuple[str, str]] = Counter()
        async with db.reading() as conn:
            for subject, type_, data in await conn.exec_driver_sql("SELECT subject, type, data FROM facts"):
                totals[subject, type_] += json.loads(data).get("count", 1)
        simple = time.perf_counter() - started
        await db.close()
    return ours, simple


def _pages(many: int) -> Iterator[list[wire.Heard]]:
    page: list[wire.Heard] = []
    for _, _, document in documents(many):
        page.append(wire.decode(document))
        if len(page) == _AT_ONCE:
            yield page
            page = []
    yield page
