"""What holds against a society in a review, as a table: rule, vetoes, requirements that fail; and what was found."""

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.language import N_, Phrase
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.texts import Sentence, Text
from services.evaluation.reporting.paper import Cell, Grid, both, titled

GROUNDS, WHAT, CLAUSE, ASKED, FOUND, EFFECT = (
    N_("What holds against it"), N_("What it is"), N_("Clause"), N_("When it holds"), N_("Found"), N_("Effect"),
)  # fmt: skip
RULE, VETO, REQUIREMENT = N_("Rule of restructuring"), N_("Veto"), N_("Requirement that is not met")
INTO_CLASS = N_("The class is {classes}, whatever the points.")
NOT_ELIGIBLE = N_("It has no grade and no place of a class by quota.")
AT_BEST, NOT_AMONG, LOWER = (
    N_("The grade is {grade} at best."), N_("It cannot be in the classes: {classes}."),
    N_("The grade is lower by {grades}."),
)  # fmt: skip
ALL_POINTS, POINTS_OF = N_("It takes all points."), N_("It takes the points of: {parts}.")


def grounds(why: Mapping[str, Any], policy: Policy) -> Iterator[Grid]:
    """The table, if anything holds."""
    rule = policy.classes.rule
    rows: list[list[Cell]] = []
    if why["rule"] and rule is not None:
        rows.append(_row(RULE, why["rule"], _in_both(INTO_CLASS, classes=rule.title)))
    rows += [_row(VETO, one, " ".join(_effects(one["caps"], policy))) for one in why["vetoes"]]
    rows += [_row(REQUIREMENT, one, both(NOT_ELIGIBLE)) for one in why["requirements"]]
    if rows:
        headings = [(both(WHAT), 19), (both(CLAUSE), 12), (both(ASKED), 26), (both(FOUND), 23), (both(EFFECT), 20)]
        yield Grid(titled(GROUNDS), headings, rows)


def _row(kind: Phrase, one: Mapping[str, Any], effect: str) -> list[Cell]:
    condition = one["condition"]
    found = "\n".join(f"{_two(each['title'])}: {_two(each['value'])}" for each in one["found"])
    what = f"{both(kind)}：{one['title']['zh']} {one['title']['en']}"
    return [what, one["clause"], f"{condition['zh']}\n{condition['en']}", found, effect]


def _effects(caps: Mapping[str, Any], policy: Policy) -> Iterator[str]:
    classes = {each.id: each.title for each in policy.classes.quotas}
    if caps["grade"]:
        yield _in_both(AT_BEST, grade=next(each.title for each in policy.grades if each.id == caps["grade"]))
    if caps["lower"]:
        yield both(LOWER, grades=caps["lower"])
    if caps["classes"]:
        yield _in_both(NOT_AMONG, classes=[classes[each] for each in caps["classes"] if each in classes])
    if caps["zero"]["whole"]:
        yield both(ALL_POINTS)
    parts: list[Text] = [policy.groups[each] for each in caps["zero"]["groups"]]
    parts += [each.title for each in policy.indicators if each.id in caps["zero"]["indicators"]]
    if parts:
        yield _in_both(POINTS_OF, parts=parts)


def _in_both(phrase: Phrase, **values: Text | list[Text]) -> str:
    sentence = Sentence.of(phrase, **values)
    return f"{sentence.say('zh')} {sentence.say('en')}"


def _two(text: Mapping[str, str]) -> str:
    """A text in both languages; once, if it is the same in both."""
    return text["zh"] if text["zh"] == text["en"] else f"{text['zh']} {text['en']}"
