"""Slips of the pen in a policy file, one each: what stood there, what was written, and what its author must be told."""

from typing import NamedTuple


class Slip(NamedTuple):
    """What is replaced (None: the whole file) by what; the line of the fault; words of it in Chinese and in English."""

    old: str | None
    new: str
    line: int
    zh: str
    en: str


FULL_COLON_ZH, FULL_COLON_EN = "此处是全角冒号“：”，请改为半角冒号加空格", "a full-width colon “：”"
BLANK_EN, BLANK_ZH = "has no value", "没有值"

SLIPS: dict[str, Slip] = {
    "full-width colon in the first line": Slip("policy: sample", "policy：sample", 1, FULL_COLON_ZH, FULL_COLON_EN),
    "full-width colon in the body": Slip("    clause: 一\n", "    clause：一\n", 29, FULL_COLON_ZH, FULL_COLON_EN),
    "full-width colon at the end of a part": Slip(
        "    points: 12\n", "    points：12\n", 33, FULL_COLON_ZH, FULL_COLON_EN
    ),
    "full-width colon in braces": Slip(
        "{zh: 甲类, en: Sample}", "{zh：甲类, en: Sample}", 3, FULL_COLON_ZH, FULL_COLON_EN
    ),
    "full-width spaces as indentation": Slip(
        "    clause: 一\n", "　　clause: 一\n", 29, "全角空格", "full-width spaces"
    ),
    "full-width space in braces": Slip("{zh: 甲类, en:", "{zh: 甲类,　en:", 3, "全角空格", "full-width space"),
    "full-width comma in braces": Slip("甲类, en", "甲类，en", 3, "全角逗号“，”", "a full-width comma “，”"),
    "enumeration comma in braces": Slip("甲类, en", "甲类、en", 3, "顿号“、”", "an enumeration comma “、”"),
    "full-width semicolon in braces": Slip("甲类, en", "甲类；en", 3, "分号“；”", "“；”"),
    "full-width brackets": Slip(
        "{zh: 甲类, en: Sample}", "｛zh: 甲类, en: Sample｝", 3, "全角括号", "full-width brackets"
    ),
    "no space after a colon": Slip(
        "    points: 12\n", "    points:12\n", 33, "冒号后须有空格", "a space after the colon"
    ),
    "no space after a colon in braces": Slip("{zh: 甲类", "{zh:甲类", 3, "冒号后须有空格", "a space after the colon"),
    "a quote that is never closed": Slip('version: "1"', 'version: "1', 2, "引号没有闭合", "never closed"),
    "a quote that a later one closes": Slip(
        "en: 'One each, twelve at most.'", "en: 'One each, twelve at most.", 31, "引号没有闭合", "never closed"
    ),
    "a quote closed far below": Slip("title: {zh: 甲类,", "title: {zh: '甲类,", 3, "引号没有闭合", "never closed"),
    "a bracket that is never closed": Slip("at_least: 1}\n", "at_least: 1\n", 34, "括号没有闭合", "never closed"),
    "a square bracket that is never closed": Slip(
        "events: [events.activity-held.v1]", "events: [events.activity-held.v1", 13, "括号没有闭合", "never closed"
    ),
    "a number sign in a text in braces": Slip(
        "en: Hold lectures.", "en: Hold #5 lectures.", 32, "“ #”", "“ #” begins a comment"
    ),
    "a comma without quotes in braces": Slip(
        "en: Hold lectures.", "en: Hold lectures, soon.", 32, "文字含逗号，请加引号", "with a comma in quotes"
    ),
    "a colon without quotes in braces": Slip(
        "en: Hold lectures.", "en: 'Hold': lectures.", 32, "文字含冒号，请加引号", "with a colon in quotes"
    ),
    "a colon within a text in braces": Slip(
        "en: Hold lectures.", "en: Hold: lectures.", 32, "文字含冒号，请加引号", "with a colon in quotes"
    ),
    "a thousands separator in braces": Slip("up_to: 12}", "up_to: 30,000}", 35, "千位分隔符", "thousands separator"),
    "a thousands separator": Slip("    points: 12\n", "    points: 12,000\n", 33, "千位分隔符", "thousands separator"),
    "a key indented too far": Slip("    clause: 一\n", "      clause: 一\n", 29, "缩进", "indentation"),
    "a key indented too little": Slip("    clause: 一\n", "   clause: 一\n", 29, "缩进", "indentation"),
    "points to be taken off written as negative": Slip("each: 2,", "each: -2,", 51, "请写 2", "write 2"),
    "an indicator's id given twice": Slip(
        "  - id: staff", "  - id: lectures", 36, "指标 lectures 重复", "two indicators lectures"
    ),
    "full-width digits": Slip("points: 30\n", "points: ３０\n", 6, "３０", "write 30"),
    "points with their unit": Slip("points: 30\n", "points: 30分\n", 6, "30分", "30分"),
    "blank points": Slip("points: 30\n", "points:\n", 6, BLANK_ZH, BLANK_EN),
    "a proportion of a count": Slip("at_most: 0}", "at_most: 3/4}", 56, "part 与 whole", "part and whole"),
    "a percentage of a count": Slip("at_most: 0}", "at_most: 50%}", 56, "part 与 whole", "part and whole"),
    "an unknown key of a condition": Slip("at_most: 0}", "max: 0}", 56, "at_most", "at_most"),
    "an unknown key of an indicator": Slip(
        "    remedy: {zh: 举", "    remdy: {zh: 举", 32, "是否指 remedy", "is remedy meant"
    ),
    "an unknown key of a window": Slip("window: {years: 1}", "window: {year: 1}", 15, "是否指 years", "is years meant"),
    "an unknown key of the file": Slip("grades:", "grade:", 58, "是否指 grades", "is grades meant"),
    "an unknown grade": Slip("caps: {grade: 4A}", "caps: {grade: 4a}", 57, "是否指 4A", "is 4A meant"),
    "an unknown group": Slip("    group: work", "    group: wrok", 28, "是否指 work", "is work meant"),
    "a Chinese id": Slip("  - id: staff", "  - id: 重大任务", 36, "小写英文字母开头", "begin with a small letter"),
    "an id with a capital": Slip("policy: sample", "policy: Sample", 1, "小写英文字母", "small letters"),
    "a version in Chinese quotes": Slip('version: "1"', "version: “1”", 2, "中文引号", "Chinese quotation marks"),
    "a version without quotes": Slip('version: "1"', "version: 1", 2, "引号", "quotes"),
    "an empty file": Slip(None, "", 1, "文件为空", "The file is empty"),
    "a file of comments": Slip(None, "# 待写\n", 1, "文件为空", "The file is empty"),
    "a plain text": Slip(None, "学会评估办法\n", 1, "不是评价办法", "is no policy"),
    "a list": Slip(None, "- a\n- b\n", 1, "不是评价办法", "is no policy"),
    "a day there is not": Slip(
        "from: 2026-01-05", "from: 2026-02-30", 5, "没有 2026-02-30 这一天", "There is no day 2026-02-30"
    ),
    "a hexadecimal number": Slip("at_most: 0}", "at_most: 0x10}", 56, "0x10", "0x10"),
    "an event that withdraws": Slip(
        "[events.activity-held.v1]", "[events.activity-withdrawn.v1]", 13, "撤销", "withdraw"
    ),
    "an event that corrects": Slip(
        "[events.activity-held.v1]", "[events.activity-corrected.v1]", 13, "更正", "correct"
    ),
    "a day where a word should be": Slip("kind: lecture", "kind: 2026-01-01", 14, "2026-01-01", "2026-01-01"),
    "a list in a list": Slip("kind: lecture", "kind: [[lecture]]", 14, "应为一个词", "a word, a whole number"),
    "a blank word": Slip("kind: lecture", "kind: ", 14, BLANK_ZH, BLANK_EN),
    "a blank bound of a record": Slip("{at_least: 10}", "{at_least: }", 14, BLANK_ZH, BLANK_EN),
    "a blank window": Slip("window: {years: 1}", "window:", 15, BLANK_ZH, BLANK_EN),
    "a blank applies_when": Slip(
        "applies_when: {measure: members, at_least: 1}", "applies_when:", 34, BLANK_ZH, BLANK_EN
    ),
    "a blank bound of applies_when": Slip("at_least: 1}\n", "at_least: }\n", 34, BLANK_ZH, BLANK_EN),
    "a blank bound of a veto": Slip("at_most: 0}", "at_most: }", 56, BLANK_ZH, BLANK_EN),
    "a blank most of a deduction": Slip("at_most: 6", "at_most: ", 51, BLANK_ZH, BLANK_EN),
    "a bound written null": Slip("at_most: 0}", "at_most: null}", 56, BLANK_ZH, BLANK_EN),
    "a bound written with a tilde": Slip("at_most: 0}", "at_most: ~}", 56, BLANK_ZH, BLANK_EN),
    "a blank item of a list": Slip("grades:\n", "grades:\n  -\n", 59, "没有值", "no value"),
    "a blank list": Slip("vetoes:\n", "classes:\nvetoes:\n", 52, BLANK_ZH, BLANK_EN),
    "grades that rise downwards": Slip("at_least: 24}", "at_least: 18}", 60, "等级", "grade"),
}
