"""What-if over a long log: `python benchmarks/whatif.py [EVENTS]` (default 1,000,000), on one core, from a SQLite file.

210 societies; the mix of events is the demo's, most of them memberships that begin and end. Prints how long reading
the facts takes the first time, what another policy over all of them takes then, and how late the event loop is
meanwhile: what a request waits that is answered from memory.
"""

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from chassis.database import Database
from chassis.ids import new_id
from chassis.migrations import migrate
from contracts.calendar import instant, midnight
from services.evaluation.archive import Archive
from services.evaluation.domain import Policy, load_policy
from services.evaluation.domain.whatif import compare
from services.evaluation.past import Past, View
from services.evaluation.shipped import DEFAULT, text_of
from services.evaluation.store.tables import facts

SOCIETIES, YEARS, AT_ONCE, TICK = 210, 50, 20_000, 0.005
LAST = date(2026, 11, 24)
MIX: list[tuple[int, str, dict[str, Any]]] = [
    (55, "membership.member-admitted.v1", {"kind": "individual"}),
    (18, "membership.member-ended.v1", {"kind": "individual", "reason": "resigned"}),
    (9, "events.activity-held.v1", {"kind": "academic-meeting", "level": "provincial", "role": "host"}),
    (6, "events.activity-announced.v1", {"kind": "academic-meeting", "level": "provincial", "role": "host"}),
    (4, "events.issue-published.v1", {"journal": "j", "number": 1}),
    (4, "membership.meeting-held.v1", {"organ": "council", "entitled": 40, "present": 30}),
    (2, "membership.council-elected.v1", {"organ": "council", "seats": 40, "front_line": 31, "young": 20}),
    (2, "membership.regulation-adopted.v1", {"regulation": "finance-rules"}),
]


def rows(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """The facts as they are kept."""
    days = YEARS * 365
    for index in range(number):
        weights = [weight for weight, _, _ in MIX]
        _, type_, data = chance.choices(MIX, weights)[0]
        time_ = instant(midnight(LAST - timedelta(days=chance.randrange(days))))
        told = data | {"activity": f"a{index}", "member": f"m{index}", "term_ends_on": "2028-01-01"}
        subject = f"S-{index % SOCIETIES:03d}"
        if index < SOCIETIES:
            type_, told = "membership.society-registered.v1", {"name": subject, "discipline": "science"}
        whole = {
            "partition": 0,
            "ordinal": index + 1,
            "id": new_id(),
            "subject": subject,
            "type": type_,
            "time": time_,
            "recorded": time_,
        }
        yield whole | {"data": json.dumps(told)}


def stricter(policy: Policy) -> Policy:
    """The policy, asking for more members."""
    changed = policy.text.replace("{at_least: 300, points: 5}", "{at_least: 5000, points: 5}", 1)
    return load_policy(changed)


async def fill(db: Database, number: int) -> None:
    """Keeps so many facts."""
    batch: list[dict[str, Any]] = []
    async with db.writing() as conn:
        for row in rows(number, random.Random(7)):  # noqa: S311 — a seeded generator is meant
            batch.append(row)
            if len(batch) == AT_ONCE:
                await conn.execute(facts.insert(), batch)
                batch = []
        if batch:
            await conn.execute(facts.insert(), batch)


async def lateness(late: list[float]) -> None:
    """How much later than asked the loop comes back, again and again."""
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        late.append(time.perf_counter() - due)


async def measure(number: int, directory: Path) -> dict[str, Any]:
    """One run."""
    url = f"sqlite+aiosqlite:///{directory}/evaluation.db"
    await migrate(url, "evaluation")
    db = Database(url)
    await fill(db, number)
    policy = load_policy(text_of(DEFAULT))
    past, other = Past(Archive(db, limit=10 * number), most_waiting=1), stricter(policy)
    began = time.perf_counter()
    async for _ in past.archive.each():
        pass
    opened = time.perf_counter()
    await past.board(View(LAST), policy)
    rated = time.perf_counter()
    late: list[float] = []
    watch = asyncio.create_task(lateness(late))
    new = await past.board(View(LAST), other)
    old = await past.board(View(LAST), policy)
    found = compare(policy, other, old.standings, new.standings).as_json()
    done = time.perf_counter()
    watch.cancel()
    await db.close()
    late.sort()
    return {
        "events": number,
        "reading_seconds": round(opened - began, 2),
        "board_of_a_day_seconds": round(rated - opened, 2),
        "whatif_seconds": round(done - rated, 2),
        "events_per_second": round(number / (done - rated)),
        "late_p50_ms": round(1000 * late[len(late) // 2], 1),
        "late_p99_ms": round(1000 * late[int(len(late) * 0.99)], 1),
        "moved": found["summary"]["totals_changed"],
    }


def main() -> None:
    """Measures and prints one JSON object."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as directory:
        print(json.dumps(asyncio.run(measure(number, Path(directory)))))


if __name__ == "__main__":
    main()
