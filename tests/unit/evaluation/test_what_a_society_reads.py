"""What a society reads: its policy's own words, records that might have counted, advice that helps, yes and no."""

from typing import Any

from services.evaluation.domain import Fact, Policy, explain
from services.evaluation.domain.explanation import IndicatorExplained
from tests.unit.evaluation.histories import SOCIETY, TODAY, admitted, registered, told
from tests.unit.evaluation.little import indicator, policy

Spec = dict[str, Any]
ASSESSED = "evaluation.assessment-recorded.v1"
NOTHING: Spec = dict.fromkeys(("number", "word", "holds", "answer", "concerns"))


def titled(zh: str, en: str = "") -> Spec:
    return {"zh": zh, "en": en or zh}


def judged(item: str, **said: Any) -> Fact:
    data = NOTHING | {"kind": "finding", "assessor": "x", "assessment": f"a-{item}"} | said
    return told("evaluation.assessment-recorded", item=item, id_=f"11111111-0000-7000-8000-{len(item):012d}", **data)


def word(item: str, **more: Any) -> Spec:
    return {
        "fold": "latest",
        "events": [ASSESSED],
        "where": {"item": item},
        "field": "word",
        "title": titled(item),
    } | more


def holds(item: str) -> Spec:
    return word(item, field="holds")


def explained(by: Policy, *facts: Fact) -> IndicatorExplained:
    return explain([registered("2017-01-01"), *facts], by, TODAY, society=SOCIETY).indicators[0]


def zh(one: IndicatorExplained) -> str:
    return "".join(text.say("zh") for text in (one.arithmetic, one.missing) if text is not None)


def test_a_policy_s_own_words_are_never_translated_by_another_vocabulary() -> None:
    best = {"kind": "best", "measure": "part", "table": {"lead": "100%", "participation": "50%"}}
    by = policy({"part": word("funds", title=titled("参与"))}, indicator(best))
    said = zh(explained(by, judged("funds", word="participation")))

    assert "participation" in said
    assert "lead" in said
    assert "参与程度" not in said
    assert "牵头" not in said


def test_its_author_s_titles_are_what_is_printed() -> None:
    best = {"kind": "best", "measure": "part", "table": {"good": "100%", "fair": "50%"}}
    words = {"good": titled("好", "Good"), "fair": titled("较好", "Fairly good")}
    one = explained(policy({"part": word("activity")}, indicator(best), words=words), judged("activity", word="fair"))

    assert "较好" in zh(one)
    assert "好之一" in zh(one) or "好" in zh(one)
    assert one.measures[0].as_json()["said"] == {"zh": "较好", "en": "Fairly good"}
    assert one.measures[0].as_json()["value"] == "fair"
    assert one.evidence[0].as_json()["contributed"] == {"zh": "较好", "en": "Fairly good"}


def test_a_judgement_of_another_item_is_not_said_to_be_set_aside() -> None:
    by = policy({"part": word("activity")}, indicator({"kind": "best", "measure": "part", "table": {"good": "100%"}}))
    older = judged("activity", word="good")._replace(id="older", day=TODAY.toordinal() - 9)
    one = explained(by, judged("activity", word="good"), older, judged("council", word="good"))

    assert [put.fact.id for put in one.set_aside] == ["older"]
    assert one.set_aside_more == 0


def test_yes_and_no_are_said_as_such() -> None:
    by = policy({"plan": holds("plan")}, indicator({"kind": "yes", "when": {"measure": "plan", "equals": 1}}))
    one = explained(by, judged("plan", holds=False))

    assert "plan：是" in zh(one)
    assert "下列之一" not in zh(one)
    assert one.measures[0].as_json()["said"] == {"zh": "否", "en": "no"}


def test_a_figure_is_not_said_as_a_record() -> None:
    figure = {
        "figure": "cases",
        "title": titled("经费不足三万元"),
        "cases": [{"when": {"measure": "funds", "less_than": 3}, "value": 1}],
    }
    funds = word("funds", field="number", title=titled("经费"))
    by = policy(
        {"funds": funds}, indicator({"kind": "yes", "when": {"measure": "poor", "equals": 0}}), figures={"poor": figure}
    )

    assert "没有经费的记录" in zh(explained(by))
    assert "没有经费不足三万元的记录" not in zh(explained(by))


RATE: Spec = {
    "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}, "title": titled("规模")},
    "paid": word("paid", field="number", title=titled("缴费")),
}
THRESHOLD: Spec = {
    "threshold": {"figure": "bands", "of": "members", "title": titled("门槛"), "bands": [{"at_least": 0, "value": 70}]}
}


def test_a_formula_s_advice_names_what_earns_more_and_no_threshold() -> None:
    by = policy(RATE, indicator({"kind": "formula", "formula": "10 * paid / (members * threshold)"}), figures=THRESHOLD)
    said = zh(explained(by, judged("paid", number="50"), admitted(number=100)))

    assert "提高缴费" in said
    assert "降低规模" in said
    assert "门槛，" not in said.rpartition("提高")[2]


def test_nothing_is_advised_where_nothing_would_earn_more() -> None:
    by = policy(RATE, indicator({"kind": "formula", "formula": "paid * 0 + members * 0"}))

    assert explained(by, judged("paid", number="50"), admitted(number=100)).missing is None


def test_a_case_for_consolation_is_paid_and_not_advised() -> None:
    deferred = {"measure": "deferred", "equals": 1}
    cases = {
        "kind": "cases",
        "cases": [
            {"when": {"measure": "elected", "equals": 1}, "points": 5},
            {"when": deferred, "points": 3, "advise": False},
        ],
    }
    by = policy({"deferred": holds("deferred"), "elected": holds("elected")}, indicator(cases, 5))
    nothing, consoled = (
        explained(by, judged("elected", holds=False), judged("deferred", holds=found)) for found in (False, True)
    )

    assert "可再得 5 分" in zh(nothing)
    assert "可再得 3 分" not in zh(nothing)
    assert consoled.finding.points == 30_000


def test_a_policy_without_classes_says_so_in_the_reader_s_language() -> None:
    by = policy(RATE, indicator({"kind": "formula", "formula": "paid"}), classes={})

    assert by.as_json()["classes"]["rest"] == {"id": "not-classed", "title": {"zh": "不分类", "en": "Not classed"}}
