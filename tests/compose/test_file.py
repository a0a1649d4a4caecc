"""The compose file as it is written: what every container of it is held to, and that it fits the release."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from societas import credentials

ROOT = Path(__file__).parents[2]
FILE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
ONE_SHOT = {name for name, one in SERVICES.items() if one["restart"] == "no"}
PACKAGE = re.compile(r"^([a-z0-9.-]+==\S+)", re.MULTILINE)


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_as_few_rights_as_can_be(name: str) -> None:
    one = SERVICES[name]

    assert one["user"].partition(":")[0] not in {"", "0", "root"}
    assert one["read_only"] is True
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["mem_limit"]
    assert "privileged" not in one


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_is_a_variable_behind_a_registry_prefix(name: str) -> None:
    assert re.fullmatch(r"\$\{REGISTRY_PREFIX:-\}\$\{[A-Z]+_IMAGE:-[\w./-]+:[\w.-]+\}", SERVICES[name]["image"])


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - ONE_SHOT))
def test_what_stays_up_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


@pytest.mark.parametrize("name", SERVICES)
def test_whoever_needs_somebody_waits_until_that_one_can_work(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
        assert wait["condition"] == wanted


def test_only_gateway_and_prometheus_can_be_reached_from_outside() -> None:
    assert {name for name, one in SERVICES.items() if one.get("ports")} == {"gateway", "prometheus"}
    assert {name for name, one in SERVICES.items() if "edge" in one["networks"]} == {"gateway", "prometheus"}
    assert {name for name, one in FILE["networks"].items() if not one.get("internal")} == {"edge"}
    assert SERVICES["prometheus"]["ports"][0].startswith("${PROMETHEUS_ADDRESS:-127.0.0.1:")


KEEPERS = {"membership", "events", "federation", "evaluation", "evaluation-2"}
REACHED = {
    "front": {"gateway", "portal", "tools", *KEEPERS},
    "data": {"postgres", "redis", *KEEPERS, *(f"migrate-{name}" for name in KEEPERS - {"evaluation-2"})},
    "watch": {"prometheus", "portal", *KEEPERS},
}


def test_only_who_keeps_records_reaches_the_databases_and_the_bus() -> None:
    found = {net: {name for name, one in SERVICES.items() if net in one["networks"]} for net in REACHED}

    assert found == REACHED
    assert set(FILE["networks"]) == {*REACHED, "edge"}


def _reach(name: str) -> set[str]:
    """Whom a container shares a network with."""
    return {other for other, one in SERVICES.items() if set(one["networks"]) & set(SERVICES[name]["networks"])}


def test_everybody_reaches_whom_it_asks() -> None:
    assert {"postgres", "redis"} <= _reach("membership")
    assert KEEPERS | {"portal"} <= _reach("gateway") & _reach("prometheus")
    assert "gateway" in _reach("portal") & _reach("tools")
    for name in ("gateway", "portal", "prometheus", "tools"):
        assert {"postgres", "redis"}.isdisjoint(_reach(name)), name
    for name, one in SERVICES.items():
        assert set(one.get("depends_on", {})) - ONE_SHOT <= _reach(name), name


def test_no_secret_is_given_in_a_variable() -> None:
    for name, one in SERVICES.items():
        for variable, value in one.get("environment", {}).items():
            assert not re.search(r"PASSWORD|TOKEN|SECRET", variable) or value.startswith("/run/secrets/"), name
            assert not re.search(r"//[^/@]*:[^/@]*@", str(value)), name


OF_NO_CONTAINER = {"administrator_redis_password", "exporter_redis_password"}
"""Passwords of who looks after the bus by hand, and of an exporter that a house may add."""


def test_every_secret_is_a_file_that_the_secrets_tool_makes(tmp_path: Path) -> None:
    made = {path.rpartition("/")[2] for path in credentials.make(tmp_path)}

    assert {name: secret["file"] for name, secret in FILE["secrets"].items()} == {
        name: f"${{SECRETS:-./secrets}}/{name}" for name in made - OF_NO_CONTAINER
    }


def test_the_image_of_the_file_is_the_one_of_the_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert {one["image"].rpartition(":")[2] for one in SERVICES.values() if "build" in one} == {
        f"{project['version']}}}"
    }


def test_the_image_installs_what_is_tested() -> None:
    runtime, development = (
        set(PACKAGE.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements-runtime.lock", "requirements.lock")
    )

    assert runtime
    assert runtime <= development
