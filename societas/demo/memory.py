"""What the driver must not forget between two starts: how far the story is, and the ids the services gave."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from chassis.language import N_
from chassis.refusals import Refusal


class AnotherStory(Refusal):
    """The data directory holds a demo that was begun from another seed."""

    slug = "another-story"
    title = N_("This data directory holds another demo")
    detail = N_("{data} holds the demo of seed {value}. Go on with --seed {value}, or choose another --data directory.")


class Memory(Mapping[str, Any]):
    """Ids by reference, and the next day, in one SQLite file; a day is written as a whole or not at all.

    A day that was interrupted is told again from its beginning: its idempotency keys bring the same answers.
    """

    def __init__(self, path: Path, seed: int) -> None:
        """Opens the file, or makes it; raises AnotherStory."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
        )
        self._file.execute("CREATE TABLE IF NOT EXISTS story (seed INTEGER NOT NULL, next_day INTEGER NOT NULL)")
        self._fresh: dict[str, Any] = {}
        self.next_day = self._begin(seed, path.parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __getitem__(self, name: str) -> Any:
        if name in self._fresh:
            return self._fresh[name]
        with closing(self._file.execute("SELECT value FROM known WHERE name = ?", (name,))) as found:
            row = found.fetchone()
        if row is None:
            raise KeyError(name)
        return json.loads(row[0])

    def __iter__(self) -> Iterator[str]:
        yield from {name for (name,) in self._file.execute("SELECT name FROM known")} | set(self._fresh)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def note(self, name: str, value: Any) -> None:
        """Keeps what an answer told, for good once the day is over."""
        self._fresh[name] = value

    def day_is_over(self, day: int) -> None:
        """Writes what the day told; the next start begins after it."""
        with self._file:
            rows = [(name, json.dumps(value)) for name, value in self._fresh.items()]
            self._file.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", rows)
            self._file.execute("UPDATE story SET next_day = ?", (day + 1,))
        self._fresh.clear()
        self.next_day = day + 1

    def _begin(self, seed: int, data: Path) -> int:
        with self._file:
            row = self._file.execute("SELECT seed, next_day FROM story").fetchone()
            if row is None:
                row = (seed, 0)
                self._file.execute("INSERT INTO story VALUES (?, ?)", row)
        if row[0] != seed:
            self._file.close()
            raise AnotherStory(field="seed", value=row[0], data=data)
        return int(row[1])
