"""docs/policy.md is complete, and everything it says by example is so; the Chinese one says the same."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from services.evaluation.domain import Fact, Policy, SocietyLedger, check_policy, rank, rate_history, try_examples
from services.evaluation.domain.clocks import clocks
from services.evaluation.domain.clocks.clock import Clock
from services.evaluation.domain.conditions import Condition
from services.evaluation.domain.derived import figures
from services.evaluation.domain.folds import Value, folds
from services.evaluation.domain.marked_yaml import read
from services.evaluation.domain.points import decimal_text, exact, number_of, number_text, paid, pay_of, signed_units_of
from services.evaluation.domain.scores import scores
from services.evaluation.domain.spec import PolicySpec
from services.evaluation.domain.succession import Filed, succeeding
from tests.unit.evaluation.clocked import owed
from tests.unit.evaluation.histories import SOCIETY, told
from tests.unit.evaluation.little import TEXT, indicator, policy
from tests.unit.evaluation.policy_keys import every_part

Example = dict[str, Any]
DOCUMENTS = {"en": Path("docs/policy.md"), "zh": Path("docs/policy.zh-CN.md")}
HEADS = {"en": ("Fold", "Figure", "Score", "Clock"), "zh": ("度量", "数值", "计分", "时钟")}
FENCED = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EVERY_LANGUAGE = pytest.mark.parametrize("language", DOCUMENTS)


@cache
def examples(language: str = "en") -> list[str]:
    return FENCED.findall(DOCUMENTS[language].read_text(encoding="utf-8"))


def of(kind: str) -> Any:
    """The examples of a kind, each by the line that begins it."""
    found = [read(text).value for text in examples()]
    chosen = [each for each in found if each["example"] == kind]
    return pytest.mark.parametrize("example", chosen, ids=[f"{kind}-{place}" for place in range(len(chosen))])


def values_of(row: Example) -> dict[str, Value]:
    """The measures of a row of an example; ``unknown`` is none."""
    stated = {name: value for name, value in row.items() if name not in ("points", "open", "value", "holds")}
    return {
        name: None if value == "unknown" else value if exact(value) is None else number_of(value)
        for name, value in stated.items()
    }


def as_fact(record: Example) -> Fact:
    data = {name: value.isoformat() if isinstance(value, date) else value for name, value in record.items()}
    return told(data.pop("event").removesuffix(".v1"), data.pop("on"), **data)


def as_text(document: Example) -> str:
    """The text of a policy's parts; JSON is YAML, and days are written without quotes."""
    text = json.dumps(document, ensure_ascii=False, default=date.isoformat, indent=1)
    return re.sub(r'"(\d{4}-\d{2}-\d{2})"', r"\1", text)


def test_both_languages_show_the_same_examples() -> None:
    assert examples("en") == examples("zh")
    assert {read(text).value["example"] for text in examples()} == {
        "policy",
        "part",
        "measure",
        "figure",
        "condition",
        "score",
        "clock",
        "succession",
        "extension",
    }


@of("score")
def test_a_score_earns_what_the_document_says(example: Example) -> None:
    score = scores[example["score"]["kind"]].model_validate(example["score"])
    full = paid(pay_of(example["points"]), 0)

    assert list(score.flaws(full)) == []
    for row in example["earns"]:
        award = score.award(values_of(row), full)
        said = (
            (0, full)
            if row["points"] == "unknown"
            else tuple(signed_units_of(row.get(key, 0)) for key in ("points", "open"))
        )
        assert (award.points, award.open) == said, row


@of("figure")
def test_a_figure_comes_to_what_the_document_says(example: Example) -> None:
    figure = figures[example["figure"]["figure"]].model_validate({"title": TEXT, **example["figure"]})

    assert list(figure.flaws()) == []
    for row in example["expected"]:
        found = figure.value(values_of(row))
        assert ("unknown" if found is None else found if isinstance(found, str) else number_text(found)) == str(
            row["value"]
        )


@of("condition")
def test_a_condition_holds_as_the_document_says(example: Example) -> None:
    class Holder(BaseModel):
        when: Condition

    condition = Holder.model_validate({"when": example["when"]}).when
    for row in example["holds"]:
        assert condition.holds(values_of(row)) is (None if row["holds"] == "unknown" else row["holds"]), row


@of("measure")
def test_a_measure_says_what_the_document_says(example: Example) -> None:
    expected = str(example["value"])
    when = {"measure": "m", "at_most": 0} if exact(expected) is not None else {"measure": "m", "equals": expected}
    of_one = policy({"m": example["measure"], **example.get("beside", {})}, indicator({"kind": "yes", "when": when}))
    facts = [as_fact(record) for record in example["given"]]

    found = SocietyLedger.of(of_one, SOCIETY, facts).values(example["as_of"])["m"]
    assert (found if isinstance(found, str) else number_text(found or 0)) == expected


@cache
def whole() -> Example:
    (document,) = [found for text in examples() if (found := read(text).value)["example"] == "policy"]
    return dict(document)


def checked(document: Example) -> Policy:
    supposed = {"example", "as_of", "given", "expected", "announced"}
    found = check_policy(as_text({key: value for key, value in document.items() if key not in supposed}))
    assert isinstance(found, Policy), [(error.line, error.path, error.sentence.say("en")) for error in found]
    return found


def with_part(part: Example) -> Example:
    """The sample with a part put in place of its own; indicators and what is told come on top."""
    renewed = {one["id"]: one for one in [*whole()["indicators"], *part.get("indicators", [])]}
    (first, *_) = whole()["examples"]
    given = first["given"]["records"] + part.get("given", [])
    supposed = {"as_of": first["as_of"], "given": given, "examples": []}
    return whole() | supposed | part | {"indicators": list(renewed.values()), "given": given}


def check_outcome(example: Example) -> None:
    """The policy of an example gives what the example says."""
    by = checked(example)
    rating = rate_history([as_fact(record) for record in example["given"]], by, example["as_of"], society=SOCIETY)
    said = {
        "total": decimal_text(rating.total),
        "max": decimal_text(rating.max),
        "grade": rating.grade,
        "vetoes": list(rating.vetoes),
        "profile": rating.profile,
        "peer_group": rating.peer_group,
        "ineligible": list(rating.ineligible),
        "class": rank([rating], by)[0].standing,
        "completeness": rating.completeness,
    }
    if by.spec.validity is not None:
        said["valid_from"], said["valid_until"] = by.spec.validity.period(example["announced"])

    for name, value in example["expected"].items():
        assert said[name] == (str(value) if name in ("total", "max") else value), name


@of("policy")
def test_the_sample_gives_what_its_own_examples_say(example: Example) -> None:
    tried = try_examples(checked(example), date.max)

    assert len(tried) == 2
    assert [one for each in tried for one in each.compared if not one.passed] == []


@of("part")
def test_a_part_gives_what_the_document_says(example: Example) -> None:
    check_outcome(with_part(example))


@of("extension")
def test_differences_make_the_policy_that_the_document_says(example: Example) -> None:
    base = as_text({key: value for key, value in whole().items() if key != "example"})
    differences = {key: value for key, value in example.items() if key not in ("example", "expected")}
    found = check_policy(as_text(differences), bases={example["extends"]: base})
    assert isinstance(found, Policy), found

    rating = rate_history(map(as_fact, with_part({})["given"]), found, with_part({})["as_of"], society=SOCIETY)
    assert {"total": decimal_text(rating.total), "grade": rating.grade} == {
        key: str(value) for key, value in example["expected"].items()
    }


@of("clock")
def test_a_clock_finds_what_the_document_says(example: Example) -> None:
    about = {"id": "c", "clause": "一", "title": TEXT, "remedy": TEXT}
    by = checked(whole() | {"clocks": [about | example["clock"]]})
    books = told("membership.society-registered", example["registered"], name="学会", discipline="science")
    found = owed(by, [books, *(as_fact(record) for record in example["given"])], example["as_of"].isoformat())

    assert [
        {"key": duty.key, "due": duty.due_on, "state": str(duty.state(example["as_of"].toordinal()))}
        | ({} if duty.fulfilled_on is None else {"on": duty.fulfilled_on})
        for duty in found
    ] == [duty | {"key": str(duty["key"])} for duty in example["duties"]]


@of("succession")
def test_a_policy_is_succeeded_as_the_document_says(example: Example) -> None:
    before = checked(whole() | {"in_force": example["in_force"]})
    after = checked(whole() | {"policy": "next", "version": "2"} | example["next"])
    for row in example["in_use"]:
        assert succeeding(before, [Filed(before), Filed(after)], row["on"]).id == row["is"], row


def section(language: str, head: str, kind: str) -> str:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    found = re.search(rf"^### {head} `{re.escape(kind)}`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{DOCUMENTS[language]} says nothing of {head} {kind}"
    return found[1]


COMMON = {"fold", "figure", "kind", "title", "events", "where", "quorum", "window", "absent", "compared"} | set(
    Clock.model_fields
)


@EVERY_LANGUAGE
def test_every_kind_is_documented_with_all_its_keys_and_an_example(language: str) -> None:
    for head, kinds in zip(HEADS[language], (folds, figures, scores, clocks), strict=True):
        for kind, model in kinds.items():
            said = section(language, head, kind)
            assert "```yaml" in said
            assert [key for key in keys_of(model) - COMMON if not re.search(rf"\b{key}\b", said)] == [], kind


@EVERY_LANGUAGE
def test_all_keys_are_listed_with_what_must_be_there_and_what_holds_if_nothing_is_said(language: str) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    listed = text.partition({"en": "\n## All keys\n", "zh": "\n## 全部键\n"}[language])[2]

    assert [line for line in listed.splitlines() if line.startswith("| `")] == [one.row for one in every_part()]


@EVERY_LANGUAGE
def test_what_no_record_means_is_said_of_every_fold(language: str) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(zero|unknown)` \| (.*) \|$", text, re.MULTILINE)
    defaults = {kind: fold.model_fields["absent"].default for kind, fold in folds.items() if kind != "years-running"}

    assert {kind: how for how, kinds in rows for kind in kinds.replace("`", "").split()} == defaults


@EVERY_LANGUAGE
def test_every_key_of_a_policy_is_documented(language: str) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")

    assert sorted(key for key in deep_keys(PolicySpec) if not re.search(rf"[`{{ ]{key}[`:]", text)) == []


def keys_of(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def deep_keys(model: type[BaseModel]) -> set[str]:
    found = keys_of(model)
    for info in model.model_fields.values():
        for inner in models_in(info.annotation):
            found |= deep_keys(inner)
    return found


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation.__module__.rpartition(".")[2] in ("spec", "validity"):
            yield annotation
    elif get_origin(annotation) in (tuple, Union, UnionType) or get_args(annotation):
        for part in get_args(annotation):
            yield from models_in(part)
