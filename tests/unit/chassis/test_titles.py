import pytest

from chassis.titles import same_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("年会", " 年会 "),
        ("2025年 年会", "２０２５年年会"),
        ("年会", "年\u200b会\ufeff"),
        ("Annual Meeting", "annual  meeting"),
        ("⼯程⼒学", "工程力学"),
        ("（一）", "(一)"),
    ],
)
def test_titles_that_look_alike_are_the_same(one: str, other: str) -> None:
    assert same_title(one, other)


@pytest.mark.parametrize(("one", "other"), [("第1次", "第2次"), ("年会", "年会一"), ("A", "B")])
def test_other_words_are_another_title(one: str, other: str) -> None:
    assert not same_title(one, other)
