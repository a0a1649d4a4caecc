"""An association that writes Chinese alone may: who reads English then sees the Chinese."""

import json
import re

from services.evaluation.domain import Policy, check_policy
from tests.unit.evaluation.test_policy_slips import SAMPLE

ALONE = re.sub(r"\{zh: ([^,{}]*), en: [^{}]*\}", r"\1", SAMPLE)
"""Every text that is nothing but a text as the Chinese alone, and the others without their English."""
ALONE = re.sub(r", en: [^,{}]*", "", ALONE)


def test_a_policy_without_a_word_of_english_is_one_and_says_everything_in_chinese() -> None:
    assert " en: " not in ALONE
    found = check_policy(ALONE)

    assert isinstance(found, Policy), found
    assert found.title.say("en") == found.title.say("zh") == "甲类"
    assert found.source.en == "办法"
    assert found.title.both == "甲类"


def test_it_is_published_in_the_same_shape_as_any_other() -> None:
    found = check_policy(ALONE)
    assert isinstance(found, Policy)
    document = json.loads(json.dumps(found.as_json(), ensure_ascii=False))

    assert document["title"] == {"zh": "甲类", "en": "甲类"}
    assert document["groups"]["work"] == {"zh": "工作", "en": "工作", "points": "30"}
    assert document["indicators"][0]["remedy"] == {"zh": "举办报告会。", "en": "举办报告会。"}
    assert document["measures"]["staff"]["title"] == {"zh": "专职人员", "en": "专职人员"}
