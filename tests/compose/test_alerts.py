"""The alerts: promtool tries each of them, and every number they ask for is one that services tell."""

import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
import yaml
from compose.deployment import Deployment, attempt

from chassis.telemetry import Metrics
from societas.serving import Seats

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "infra" / "prometheus"
TRIALS = Path(__file__).parent / "alerts.test.yml"
RULES = [
    rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))["groups"] for rule in group["rules"]
]


@pytest.fixture(scope="module")
def promtool() -> tuple[str, ...]:
    """How promtool is called: the one of this machine, or the one of the deployment's Prometheus."""
    if here := shutil.which("promtool"):
        return (here,)
    if "DEPLOYMENT" not in os.environ:
        pytest.skip("no promtool here; `make compose-test` has one")
    image = Deployment.of_environment().container("prometheus")["Config"]["Image"]
    repository = f"{ROOT}:{ROOT}:ro"
    return ("docker", "run", "--rm", "--network", "none", "--volume", repository, "--entrypoint", "promtool", image)


@pytest.mark.parametrize(
    "command",
    [
        ("check", "config", str(FOLDER / "prometheus.yml")),
        ("check", "rules", str(FOLDER / "alerts.yml")),
        ("test", "rules", str(TRIALS)),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_promtool_finds_nothing_wrong(promtool: tuple[str, ...], command: tuple[str, ...]) -> None:
    done = attempt(*promtool, *command)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_is_tried_when_it_fires_and_when_it_does_not(rule: dict[str, str]) -> None:
    trials = [trial for test in yaml.safe_load(TRIALS.read_text("utf-8"))["tests"] for trial in test["alert_rule_test"]]

    assert {bool(one.get("exp_alerts")) for one in trials if one["alertname"] == rule["alert"]} == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_numbers_that_services_tell(rule: dict[str, str]) -> None:
    metrics = Metrics()
    Seats(
        SimpleNamespace(
            state=SimpleNamespace(
                service=SimpleNamespace(metrics=metrics, listener=_Nobody, settings=SimpleNamespace(partitions=1))
            )
        )
    )  # type: ignore[arg-type]
    told = set(re.findall(r"^# TYPE (\w+)", metrics.exposition().decode(), re.MULTILINE))

    assert set(re.findall(r"societas_\w+", rule["expr"])) <= told


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_in_both_languages_what_is_the_matter_and_both_manuals_what_to_do(rule: dict[str, str]) -> None:
    assert re.search(r"[\u4e00-\u9fff].* · .*[a-z]", rule["annotations"]["summary"])
    for manual in ("operations.md", "operations.zh-CN.md"):
        assert f"`{rule['alert']}`" in (ROOT / "docs" / manual).read_text("utf-8")


class _Nobody:
    """A listener that holds nothing."""

    readings: ClassVar[dict[int, object]] = {}
