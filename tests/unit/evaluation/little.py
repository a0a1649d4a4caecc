"""Policies of a single measure or score, to try one rule at a time."""

import json
import re
from typing import Any

from services.evaluation.domain import Policy, check_policy

TEXT = {"zh": "文", "en": "text"}


def indicator(score: dict[str, Any], points: int = 100, **more: Any) -> dict[str, Any]:
    fields = {"clause": "一", "group": "g", "title": TEXT, "reason": TEXT, "remedy": TEXT}
    return {"id": "one", **fields, "points": points, "score": score, **more}


def whole(measures: dict[str, dict[str, Any]], *indicators: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A policy of these measures and indicators, part by part."""
    return {
        "policy": "little",
        "version": "1",
        "title": TEXT,
        "source": {**TEXT, "number": "0", "issued": "2017-10-10"},
        "in_force": {"from": "2017-10-10"},
        "points": sum(each.get("points", 0) for each in indicators),
        "society": {"event": "membership.society-registered.v1", "name": "name", "peer_group": "discipline"},
        "groups": {"g": TEXT},
        "measures": {name: {"title": TEXT, **measure} for name, measure in measures.items()},
        "indicators": list(indicators),
        "grades": [{"id": "good", "title": TEXT, "at_least": "60%"}, {"id": "poor", "title": TEXT, "at_least": 0}],
        "classes": {
            "quotas": [{"id": "support", "title": TEXT, "clause": "一", "size": 1}],
            "rest": {"id": "regular", "title": TEXT},
        },
        "ties": {"note": TEXT, "order": ["completeness", *{"g"}.intersection(more.get("groups", "g")), "code"]},
    } | more


def written(parts: dict[str, Any]) -> str:
    """The text of a policy; JSON is YAML, and days are written without quotes."""
    return re.sub(r'"(\d{4}-\d{2}-\d{2})"', r"\1", json.dumps(parts, ensure_ascii=False, indent=1))


def document(measures: dict[str, dict[str, Any]], *indicators: dict[str, Any], **more: Any) -> str:
    """The text of a policy of these measures and indicators."""
    return written(whole(measures, *indicators, **more))


def policy(measures: dict[str, dict[str, Any]], *indicators: dict[str, Any], **more: Any) -> Policy:
    """A policy of these measures; without indicators, of one that looks at the first measure."""
    if not indicators:
        indicators = (indicator({"kind": "yes", "when": {"measure": next(iter(measures)), "equals": 1}}),)
    checked = check_policy(document(measures, *indicators, **more))
    assert isinstance(checked, Policy), [(error.line, error.path, error.sentence.say("en")) for error in checked]
    return checked
