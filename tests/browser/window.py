"""A browser window on the board: what it shows, what it asked for, what it complained of."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

CHROMIUM = Path("/usr/bin/chromium")
DRIVER = Path("/usr/bin/chromedriver")
SHOTS = Path(__file__).parents[2] / ".societas" / "screenshots"
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,900",
)
_ORDER = "return [...document.querySelectorAll('.board tbody tr:not([hidden])')].map(row => row.dataset.society)"
_CELL = "return document.querySelector(`[data-society='${arguments[0]}'] ${arguments[1]}`)?.textContent"


class Window:
    """Headless Chromium with a fresh profile."""

    def __init__(self, profile: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = str(CHROMIUM)
        for flag in (*_FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
        # The browser's own first page asks for things of its own.
        self.driver.get("about:blank")
        self.driver.get_log("performance")  # type: ignore[no-untyped-call]

    def open(self, url: str) -> None:
        self.driver.get(url)

    def narrow(self, width: int, height: int) -> None:
        """As on a telephone of that size."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def without_script(self) -> None:
        """Pages loaded from now on run no script."""
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    @property
    def order(self) -> list[str]:
        """The societies shown, from the top."""
        found: list[str] = self.run(_ORDER)
        return found

    def cell(self, society: str, selector: str) -> str:
        """What a society's row says there."""
        return (self.run(_CELL, society, selector) or "").strip()

    @property
    def connection(self) -> str:
        found: str = self.run("return document.querySelector('[data-connection]').dataset.connection")
        return found

    @property
    def complaints(self) -> list[str]:
        """What the console has said since it was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    @property
    def requests(self) -> list[str]:
        """Every address the page has asked for since it was asked last."""
        entries = self.driver.get_log("performance")  # type: ignore[no-untyped-call]
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [each["params"] for each in messages if each["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent]

    def shoot(self, name: str, folder: Path = SHOTS) -> None:
        """Keeps a picture of what is seen, once it has come to rest."""
        eventually(lambda: self.run("return document.getAnimations().length") == 0)
        folder.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(folder / f"{name}.png"))

    def close(self) -> None:
        self.driver.quit()


def eventually(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits for what must become true on a page; fails when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError("waited in vain")
        time.sleep(0.02)
