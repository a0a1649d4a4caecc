"""Every page of the portal shows every policy we ship and every index system we have, through the real services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.evaluation.domain import Policy, decimal_text, load_policy
from services.evaluation.shipped import SHIPPED, text_of
from services.membership.identifiers import completed
from tests.component.portal.reading import Page
from tests.e2e.stage import Stage

SYSTEMS = sorted((Path(__file__).parents[1] / "unit/evaluation/systems").glob("*.yaml"))
TEXTS = {name: text_of(name) for name in SHIPPED} | {path.stem: path.read_text(encoding="utf-8") for path in SYSTEMS}
SOCIETIES = {"A-18": ("中国动物学会", "science"), "B-01": ("中国机械工程学会", "engineering")}
LATE = "2025-11-20"
HUBEI = f"hubei-2017@{load_policy(TEXTS['hubei-2017']).version}"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Two societies, one of which did something; the calendar of the stage stands on the first of December."""
    stage = Stage(tmp_path_factory.mktemp("pages"))
    stage.open()
    for serial, (code, (name, discipline)) in enumerate(SOCIETIES.items()):
        credit = completed(f"51420000{serial:08d}")
        stage.tell(
            "societies", code=code, name=name, credit_code=credit, discipline=discipline, registered_on="1991-06-30"
        )
    stage.tell("societies/A-18/party-organisation", form="own", established_on="2000-01-01")
    stage.tell("societies/A-18/meetings", organ="council", entitled=60, present=50, held_on=LATE)
    yield stage
    stage.close()


@pytest.mark.parametrize("name", TEXTS)
def test_every_page_shows_every_policy(name: str, stage: Stage) -> None:
    policy = in_force(load_policy(TEXTS[name]))
    activate(stage, policy)
    pages = {
        "board": "/",
        "society": "/societies/A-18",
        "another society": "/societies/B-01?lang=en",
        "policy in force": "/policy",
        "policy on file": f"/policies/{policy.id}@{policy.version}",
        "what if from it": f"/policies?policy={HUBEI}&against={policy.id}@{policy.version}",
        "what if to it": f"/policies?policy={policy.id}@{policy.version}&against={HUBEI}&as_of={LATE}",
        "duties": "/duties?lang=en",
        "another day": f"/?as_of={LATE}",
        "society on another day": f"/societies/A-18?as_of={LATE}",
        "reviews": "/reviews",
    }

    shown = {page: stage.http.get(address) for page, address in pages.items()}

    assert {page: answer.status_code for page, answer in shown.items()} == dict.fromkeys(pages, 200)
    told = {page: Page(answer.text).text for page, answer in shown.items()}
    assert all("中国动物学会" in told[page] for page in ("board", "society", "another day", "society on another day"))
    for page in ("policy in force", "policy on file"):
        assert policy.title.zh in told[page]
        said = [f"{one.title.zh} {one.title.en}" for one in policy.indicators]
        said += [f"{decimal_text(one.full)} 分" for one in policy.indicators]
        assert [each for each in said if each not in told[page]] == []


def test_a_policy_is_told_with_the_points_of_each_of_its_parts(stage: Stage) -> None:
    activate(stage, load_policy(TEXTS["cast2018"]))

    told = stage.read("/api/evaluation/policies/cast2018@1")

    assert {one["id"]: one["points"] for one in told["indicators"]} == {
        "councils": "3", "members": "9.875", "informatisation": "10", "major-task": "10", "satisfaction": "10",
        "subjective": "10",
    }  # fmt: skip
    assert {name: group["points"] for name, group in told["groups"].items()} == {
        "support": "12.875", "governance": "3", "decisions": "3", "duty": "3", "members": "9.875", "judged": "30",
        "subjective": "0",
    }  # fmt: skip


def in_force(policy: Policy) -> Policy:
    """The policy, or a copy that has been in force for long: nobody is rated by one that is still to come."""
    begins = policy.in_force.begins.isoformat()
    if begins <= LATE:
        return policy
    text = policy.text.replace(f"policy: {policy.id}", f"policy: {policy.id}-early").replace(begins, "2024-01-01")
    return load_policy(text.replace(f"succeeds: {policy.spec.succeeds}\n", ""))


def activate(stage: Stage, policy: Policy) -> None:
    headers = {"Content-Type": "application/yaml"}
    stage.http.post("/api/evaluation/policies/activate", content=policy.text.encode(), headers=headers)
    stage.eventually(lambda: stage.read("/api/evaluation/ratings")["policy"]["id"] == policy.id)
