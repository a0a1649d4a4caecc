"""The deployment as it stands: what is open, what is closed, and what the containers may do."""

import json

import httpx2
import pytest
from compose.deployment import Deployment, attempt, run, wait_until

SERVICES = ("membership", "events", "federation", "evaluation")
JOBS = {f"migrate-{service}" for service in SERVICES}


def test_everything_is_up_and_the_one_shot_jobs_have_done_theirs(deployment: Deployment) -> None:
    containers = deployment.containers()

    assert len(containers) == 14
    assert {name: one["State"]["ExitCode"] for name, one in containers.items() if name in JOBS} == dict.fromkeys(
        JOBS, 0
    )
    assert deployment.healthy(*(containers.keys() - JOBS))


def test_no_container_runs_as_root_or_may_become_it_or_write_where_it_should_not(deployment: Deployment) -> None:
    for name, one in deployment.containers().items():
        assert one["Config"]["User"].partition(":")[0] not in {"", "0", "root"}, name
        assert one["HostConfig"]["ReadonlyRootfs"], name
        assert [cap.upper() for cap in one["HostConfig"]["CapDrop"]] == ["ALL"], name
        assert one["HostConfig"]["SecurityOpt"] == ["no-new-privileges:true"], name
        assert one["HostConfig"]["Memory"] > 0, name


def test_no_process_has_a_capability(deployment: Deployment) -> None:
    for name, one in deployment.containers().items():
        if one["State"]["Running"]:
            status = run("docker", "exec", one["Id"], "cat", "/proc/1/status")
            caps = dict(line.split(":\t") for line in status.splitlines() if line.startswith(("CapEff", "CapPrm")))
            assert set(caps.values()) == {"0" * 16}, name


def test_no_secret_is_in_an_environment(deployment: Deployment) -> None:
    known = [path.read_text().strip() for path in deployment.secrets.iterdir() if path.name != "jwks.json"]
    for name, one in deployment.containers().items():
        assert [secret for secret in known if secret in json.dumps(one["Config"]["Env"])] == [], name


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("path", ["metrics", "log", "log/head", "/log", "%6cog", "./log", "seats"])
def test_logs_and_numbers_are_not_open_to_the_outside(operator: httpx2.Client, service: str, path: str) -> None:
    answer = operator.get(f"/api/{service}/{path}")

    assert answer.status_code == 404
    assert "societas_" not in answer.text
    assert "specversion" not in answer.text


def test_the_pages_are_at_the_root_and_say_who_they_are(deployment: Deployment) -> None:
    answer = httpx2.get(deployment.gateway)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "server" not in answer.headers


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_answers_under_its_name_and_is_ready(operator: httpx2.Client, service: str) -> None:
    assert operator.get(f"/api/{service}/readyz").json()["status"] == "ready"
    assert operator.get(f"/api/{service}/openapi.json").json()["openapi"].startswith("3.1")


def test_a_service_that_is_not_there_is_a_problem_like_any_other(operator: httpx2.Client) -> None:
    answer = operator.get("/api/nobody/societies")

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


def test_nothing_can_be_written_without_a_token_or_with_a_foreign_one(deployment: Deployment) -> None:
    for headers in ({}, {"Authorization": "Bearer e30.e30.e30"}):
        assert (
            httpx2.post(f"{deployment.gateway}/api/membership/societies", json={}, headers=headers).status_code == 401
        )


def test_a_role_enters_no_database_but_its_own(deployment: Deployment) -> None:
    membership = deployment.container("membership")["Id"]
    enter = (
        "import asyncio, asyncpg, pathlib; "
        "password = pathlib.Path('/run/secrets/database_password').read_text(); "
        "asyncio.run(asyncpg.connect(host='postgres', user='membership', password=password, database='{}'))"
    )
    own, other = (
        attempt("docker", "exec", membership, "python", "-c", enter.format(database))
        for database in ("membership", "evaluation")
    )

    assert own.returncode == 0
    assert "permission denied for database" in other.stderr


def test_a_service_without_its_secret_says_so_and_does_not_start(deployment: Deployment) -> None:
    image = deployment.container("membership")["Config"]["Image"]
    url = "SOCIETAS_DATABASE_URL=postgresql+asyncpg://membership@postgres/membership"
    started = attempt("docker", "run", "--rm", "--network", "none", "--env", url, image, "membership")

    assert started.returncode == 1
    assert "/run/secrets/database_password" in started.stderr
    assert "Traceback" not in started.stderr


def test_the_secrets_are_made_once(deployment: Deployment) -> None:
    before = {path.name: (path.read_bytes(), path.stat().st_mode) for path in deployment.secrets.iterdir()}
    made = run("sh", "infra/secrets.sh", cwd=deployment.directory)

    assert made == ""
    assert {path.name: (path.read_bytes(), path.stat().st_mode) for path in deployment.secrets.iterdir()} == before
    assert {oct(mode & 0o777) for _, mode in before.values()} == {"0o600"}


def test_the_operators_tools_reach_the_platform_from_within(deployment: Deployment) -> None:
    tools = deployment.compose("run", "--rm", "-T", "tools", "societas", "doctor", "--json")

    assert json.loads(tools)["ok"], tools


def test_prometheus_watches_every_instance_and_knows_the_alerts(deployment: Deployment) -> None:
    def up() -> list[str]:
        answer = httpx2.get(f"{deployment.prometheus}/api/v1/query", params={"query": "up"}).json()
        return [one["value"][1] for one in answer["data"]["result"]]

    wait_until(lambda: up() == ["1"] * 6)
    groups = httpx2.get(f"{deployment.prometheus}/api/v1/rules").json()["data"]["groups"]
    assert "RelayStalled" in {rule["name"] for rule in groups[0]["rules"]}
