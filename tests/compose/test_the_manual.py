"""What docs/operations.md tells an operator to do, done with its own commands, after the story."""

import re
import subprocess

import httpx2
import pytest
from compose.deployment import Deployment, run, wait_until
from compose.story import ratings, something_happens, verified

SERVICES = ("membership", "events", "federation", "evaluation", "evaluation-2", "portal", "gateway")


@pytest.fixture
def manual(deployment: Deployment) -> str:
    return (deployment.directory / "docs" / "operations.md").read_text()


def commands(manual: str, heading: str) -> list[str]:
    """The shell commands under a heading, a text per block."""
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", manual, re.MULTILINE | re.DOTALL)
    assert section is not None
    return re.findall(r"^```sh\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)


def do(deployment: Deployment, script: str) -> None:
    """Runs commands of the manual where its operator would be."""
    compose = "docker-compose" if deployment.generation == "1" else "docker compose"
    done = subprocess.run(  # noqa: S603 — the manual's own commands
        ["sh", "-euc", script.replace("docker compose", compose)],  # noqa: S607
        cwd=deployment.directory,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"


def test_a_backup_brings_everything_back_into_an_empty_deployment(
    deployment: Deployment, operator: httpx2.Client, told: int, manual: str
) -> None:
    back_up, restore = commands(manual, "Back up and restore")
    before = verified(deployment, operator)
    do(deployment, back_up)
    deployment.compose("down", "--volumes", "--timeout", "5")

    do(deployment, restore)

    wait_until(lambda: deployment.healthy(*SERVICES))
    after = verified(deployment, operator)
    assert told
    assert after["hash"] == before["hash"]
    newcomer = something_happens(operator)
    wait_until(lambda: newcomer in {one["society"] for one in ratings(operator)["ratings"]})


@pytest.mark.parametrize("service", ["membership", "evaluation"])
def test_a_databases_password_can_be_replaced(deployment: Deployment, operator: httpx2.Client, service: str) -> None:
    name = f"{service}_database_password"
    before = deployment.secret(name)

    (deployment.secrets / name).unlink()
    run("infra/secrets.sh", cwd=deployment.directory)
    deployment.compose("restart", "postgres")
    wait_until(lambda: deployment.healthy("postgres"))
    deployment.compose("exec", "-T", "postgres", "sh", "/docker-entrypoint-initdb.d/services.sh")
    for container in {one for one in deployment.containers() if one.startswith(service)}:
        deployment.compose("restart", container)

    assert deployment.secret(name) != before
    wait_until(lambda: deployment.healthy(*SERVICES))
    newcomer = something_happens(operator)
    wait_until(lambda: newcomer in {one["society"] for one in ratings(operator)["ratings"]})
