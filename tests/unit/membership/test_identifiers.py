import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.refusals import Refusal
from services.membership.identifiers import (
    ALPHABET,
    CreditCodeCheckWrong,
    CreditCodeMisspelt,
    NotASocietysCreditCode,
    OrganisationCodeCheckWrong,
    completed,
    credit_check,
    credit_code,
    organisation_check,
    society_credit_code,
)

SOCIETIES = ("514200005000000154", "51420000500000023Y", "51420000A00000011G")
A_COMPANY = "91110000600037341L"

letters = st.sampled_from(ALPHABET)
heads = st.text(letters, min_size=16, max_size=16)
codes = heads.map(completed)


@pytest.mark.parametrize("code", SOCIETIES)
def test_a_societys_code_is_accepted_as_it_stands(code: str) -> None:
    assert society_credit_code(code) == code


@pytest.mark.parametrize("typed", [" 51420000500000023y", "51420000500000023Y\n", "\u300051420000a00000011g"])
def test_a_code_has_one_spelling_however_it_was_typed(typed: str) -> None:
    assert society_credit_code(typed) in SOCIETIES


def test_a_companys_code_is_a_code_but_no_societys() -> None:
    assert credit_code(A_COMPANY) == A_COMPANY
    with pytest.raises(NotASocietysCreditCode):
        society_credit_code(A_COMPANY)


@pytest.mark.parametrize("head", ["52420000", "53420000", "59420000", "15420000", "A1420000", "N2420000", "Y1420000"])
def test_only_class_51_is_a_society_and_letters_in_front_are_no_misspelling(head: str) -> None:
    code = completed(head + "50000002")

    assert credit_code(code) == code
    with pytest.raises(NotASocietysCreditCode):
        society_credit_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "51420000500000023",
        "51420000500000023YY",
        "5142000050000002-3Y",
        *(f"51420000{letter}00000023Y" for letter in "IOSVZ"),
        "５１４２０００0500000023Y",
        "51420000500000023学",
    ],
)
def test_what_is_not_spelt_like_a_code_is_refused(code: str) -> None:
    with pytest.raises(CreditCodeMisspelt) as refused:
        credit_code(code)

    assert (refused.value.field, refused.value.value) == ("credit_code", code)


def test_a_wrong_last_character_is_refused_with_the_right_one() -> None:
    with pytest.raises(CreditCodeCheckWrong) as refused:
        credit_code("51420000500000023X")

    assert refused.value.values["expected"] == "Y"


def test_a_wrong_organisation_code_is_refused_even_where_the_last_character_fits() -> None:
    body = "51420000" + "50000002" + "4"

    with pytest.raises(OrganisationCodeCheckWrong) as refused:
        credit_code(body + credit_check(body))

    assert refused.value.values["expected"] == "3"


def test_the_published_vector_of_an_organisation_code() -> None:
    assert organisation_check("60003734") == "1"


@pytest.mark.parametrize(
    ("body", "check"), [("00000000", "0"), ("00000006", "X"), ("00000060", "9"), ("00000005", "1")]
)
def test_an_organisation_code_is_checked_by_eleven(body: str, check: str) -> None:
    assert organisation_check(body) == check


@given(codes)
def test_a_completed_code_is_valid(code: str) -> None:
    assert credit_code(code) == code


@given(codes, st.integers(0, 17), letters)
def test_one_mistyped_character_is_always_noticed(code: str, place: int, letter: str) -> None:
    mistyped = code[:place] + letter + code[place + 1 :]
    if mistyped == code:
        return
    with pytest.raises(Refusal):
        credit_code(mistyped)


@given(codes, st.integers(0, 16))
def test_two_neighbours_that_changed_places_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped == code:
        return
    with pytest.raises(Refusal):
        credit_code(swapped)


def test_a_code_that_was_issued_against_its_own_rules_is_taken_when_that_is_certified() -> None:
    issued = "91350203M0001QKT19"

    with pytest.raises(CreditCodeCheckWrong):
        credit_code(issued)
    assert credit_code(issued, certified=True) == society_credit_code(issued, certified=True) == issued


@pytest.mark.parametrize("text", ["", "91350203M0001QKT1", "91350203M0001QKT1O"])
def test_what_has_not_the_form_of_a_code_is_none_whoever_certifies_it(text: str) -> None:
    with pytest.raises(CreditCodeMisspelt):
        credit_code(text, certified=True)
