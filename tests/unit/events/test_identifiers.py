import pytest

from services.events import identifiers
from services.events.identifiers import Medium


@pytest.mark.parametrize("issn", ["0317-8471", "2434-561X", "0378-5955", "2095-882X"])
def test_a_right_issn_is_taken_as_it_stands(issn: str) -> None:
    assert identifiers.issn(issn) == issn


@pytest.mark.parametrize(
    "written", ["2434-561x", " 2434-561X ", "2434561X", "ISSN 2434-561X", "issn:2434-561X", "ISSN2434561x"]
)
def test_every_spelling_of_an_issn_becomes_the_one(written: str) -> None:
    assert identifiers.issn(written) == "2434-561X"


@pytest.mark.parametrize("issn", ["0317-8471", "2434-561X", "0378-5955", "2095-882X"])
def test_every_other_check_character_of_an_issn_is_refused_and_the_right_one_named(issn: str) -> None:
    for wrong in set("0123456789X") - {issn[-1]}:
        with pytest.raises(identifiers.IssnCheckWrong) as refused:
            identifiers.issn(issn[:-1] + wrong)
        assert refused.value.values["expected"] == issn[-1]
        assert refused.value.field == "issn"


@pytest.mark.parametrize("place", range(7))
def test_one_mistyped_digit_of_an_issn_is_noticed(place: int) -> None:
    body = "03178471"
    for digit in set("0123456789") - {body[place]}:
        with pytest.raises(identifiers.IssnCheckWrong):
            identifiers.issn(body[:place] + digit + body[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "0317-847", "0317-84711", "031-78471", "X317-8471", "０３１７-8471", "0317–8471", "0317-8471\x00"]
)
def test_what_has_not_the_form_of_an_issn_is_refused(text: str) -> None:
    with pytest.raises(identifiers.IssnMisspelt):
        identifiers.issn(text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CN 42-1234", "CN 42-1234"),
        ("CN 42-1234/TP", "CN 42-1234/TP"),
        ("cn42-1234/n", "CN 42-1234/N"),
        ("42-1234", "CN 42-1234"),
        (" CN 10-1000/G3 ", "CN 10-1000/G3"),
        ("CN 11-9999/R", "CN 11-9999/R"),
    ],
)
def test_every_spelling_of_a_cn_number_becomes_the_one(written: str, kept: str) -> None:
    assert identifiers.journal_cn(written) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CN",
        "CN 42-123",
        "CN 42-12345",
        "CN 4-1234",
        "CN 421234",
        "CN 42-1234/",
        "CN 42-1234/9",
        "CN 42—1234",
        "CN ４２-1234",
    ],
)
def test_what_has_not_the_form_of_a_cn_number_is_refused(text: str) -> None:
    with pytest.raises(identifiers.CnMisspelt):
        identifiers.journal_cn(text)


@pytest.mark.parametrize(
    ("serial", "medium"),
    [
        ("0000", None),
        ("0001", Medium.NEWSPAPER),
        ("0999", Medium.NEWSPAPER),
        ("1000", Medium.PRINT),
        ("5999", Medium.PRINT),
        ("6000", Medium.ONLINE),
        ("8999", Medium.ONLINE),
        ("9000", Medium.ELECTRONIC),
        ("9999", Medium.ELECTRONIC),
    ],
)
def test_the_serial_of_a_cn_number_tells_the_medium(serial: str, medium: Medium | None) -> None:
    assert identifiers.medium_of(serial) is medium


@pytest.mark.parametrize("serial", ["0000", "0001", "0999"])
def test_a_newspapers_serial_is_refused_for_a_journal(serial: str) -> None:
    with pytest.raises(identifiers.CnNotOfAJournal):
        identifiers.journal_cn(f"CN 42-{serial}")


@pytest.mark.parametrize("division", ["10", "11", "15", "42", "50", "65", "71", "81", "82"])
def test_divisions_of_the_country_are_known(division: str) -> None:
    assert identifiers.journal_cn(f"CN {division}-1000") == f"CN {division}-1000"


@pytest.mark.parametrize("division", ["00", "09", "16", "20", "24", "38", "47", "55", "66", "70", "72", "83", "99"])
def test_other_divisions_are_refused(division: str) -> None:
    with pytest.raises(identifiers.CnDivisionUnknown) as refused:
        identifiers.journal_cn(f"CN {division}-1000")
    assert refused.value.values["division"] == division


def test_the_class_of_a_cn_number_does_not_make_it_another() -> None:
    assert identifiers.cn_number("CN 42-1234/TP") == identifiers.cn_number("CN 42-1234") == "42-1234"


@pytest.mark.parametrize("issued", ["0030-211X", "2150-0136", "2254-8854"])
def test_an_issn_that_was_issued_with_a_wrong_check_is_taken_when_that_is_certified(issued: str) -> None:
    with pytest.raises(identifiers.IssnCheckWrong):
        identifiers.issn(issued)
    assert identifiers.issn(issued, certified=True) == issued


@pytest.mark.parametrize("certified", [True, False])
def test_the_stand_in_for_an_issn_that_there_is_not_is_none(*, certified: bool) -> None:
    with pytest.raises(identifiers.IssnNotGiven):
        identifiers.issn("0000-0000", certified=certified)
