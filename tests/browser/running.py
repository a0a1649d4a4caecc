"""The real platform, all of it, on a thread of its own; and what a registrar tells it."""

import asyncio
import threading
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
from ports import free_port

from chassis.clock import SystemClock
from contracts.calendar import day_of
from societas.demo.identifiers import credit_code
from societas.embedded import Embedded
from societas.premises import Premises

PATIENCE = 60.0


class Running:
    """An embedded platform between `start` and `stop`."""

    def __init__(self, data: Path) -> None:
        premises = Premises(data, free_port())
        premises.mark_generated()
        self.platform = Embedded(premises, SystemClock())
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._wait_for(self.platform.start())
        headers = {"Authorization": f"Bearer {self.platform.admin_token}"}
        self._http = httpx2.Client(base_url=f"{self.platform.url}/api/", headers=headers, timeout=PATIENCE)

    def stop(self) -> None:
        self._http.close()
        self._wait_for(self.platform.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def tell(self, path: str, **body: Any) -> None:
        """A record that the association makes."""
        self._http.post(path, json=body).raise_for_status()

    def rating(self, society: str) -> dict[str, Any]:
        """Its row of the board, as the API has it; empty while it is not there."""
        rows: list[dict[str, Any]] = self._http.get("evaluation/ratings").raise_for_status().json()["ratings"]
        return next((row for row in rows if row["society"] == society), {})

    def found(self, code: str, name: str, discipline: str, serial: int) -> None:
        """A society is registered."""
        self.tell(
            "membership/societies",
            code=code,
            name=name,
            credit_code=credit_code(serial),
            discipline=discipline,
            registered_on="2015-03-02",
        )

    def party_organisation(self, society: str) -> None:
        """The society has a party organisation."""
        self.tell(f"membership/societies/{society}/party-organisation", form="own", established_on=str(days_ago(300)))

    def secretariat(self, society: str) -> None:
        """The society has staff, a hired secretary-general and an office."""
        self.tell_put(
            f"membership/societies/{society}/secretariat",
            full_time_staff=3,
            hired_secretary_general=True,
            own_office=True,
            recorded_on=str(days_ago(200)),
        )

    def regulation(self, society: str, regulation: str) -> None:
        """The society has adopted a regulation."""
        path = f"membership/societies/{society}/regulations"
        self.tell(path, regulation=regulation, adopted_on=str(days_ago(100)))

    def tell_put(self, path: str, **body: Any) -> None:
        """A record that replaces the one before."""
        self._http.put(path, json=body).raise_for_status()

    def _wait_for(self, coroutine: Any) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)


def days_ago(days: int) -> date:
    return day_of(SystemClock().now()) - timedelta(days=days)
