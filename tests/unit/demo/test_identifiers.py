import pytest

from contracts.membership.register import is_made_up
from services.membership.identifiers import society_credit_code
from societas.demo import identifiers
from societas.demo.societies import societies


@pytest.mark.parametrize(
    "code", ["91110000600037341L", "514200005000000154", "51420000500000023Y", "51420000A00000011G"]
)
def test_the_check_character_of_a_real_credit_code_comes_out(code: str) -> None:
    assert identifiers.uscc_check(code[:17]) == code[17]


@pytest.mark.parametrize("serial", [1, 2, 210])
def test_a_made_up_credit_code_is_a_societys_in_form_and_of_a_place_that_does_not_exist(serial: int) -> None:
    code = identifiers.credit_code(serial)

    assert society_credit_code(code) == code
    assert is_made_up(code)
    assert not is_made_up("51420000500000023Y")


def test_issns_are_from_a_block_never_issued_and_carry_their_check_digit() -> None:
    for serial in range(50):
        issn = identifiers.issn(serial)
        digits = [10 if sign == "X" else int(sign) for sign in issn.replace("-", "")]
        assert issn.startswith("9")
        assert sum(digit * weight for digit, weight in zip(digits, range(8, 0, -1), strict=True)) % 11 == 0


def test_cn_serials_are_those_of_print_journals() -> None:
    assert identifiers.cn(0) == "CN 42-1000"
    assert identifiers.cn(209) == "CN 42-1209"


def test_the_list_is_kept_as_it_is_with_its_duplicate_and_its_gap() -> None:
    codes = [society.code for society in societies()]
    twins = [society.code for society in societies() if society.name == "中国动物学会"]

    assert len(codes) == len(set(codes)) == 210
    assert twins == ["A-18", "A-46G"]
    assert "E-31" not in codes
