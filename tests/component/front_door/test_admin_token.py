import stat
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.issuer import Issuer
from societas import admin_token
from societas.platform import ADMIN_TOKEN


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer.open(tmp_path, url="urn:societas:embedded")


def test_the_first_token_lasts_thirty_days_and_only_its_owner_reads_it(tmp_path: Path, issuer: Issuer) -> None:
    assert admin_token.renew(tmp_path, issuer) is True

    assert (
        timedelta(days=29, hours=23)
        < issuer.lasting(admin_token.read(tmp_path), admin_token.ROLES)
        <= timedelta(days=30)
    )
    assert stat.S_IMODE((tmp_path / ADMIN_TOKEN).stat().st_mode) == 0o600


def test_a_token_stays_in_the_first_half_of_its_time(tmp_path: Path, issuer: Issuer) -> None:
    kept = issuer.mint("admin", admin_token.ROLES, timedelta(days=16))
    (tmp_path / ADMIN_TOKEN).write_text(kept)

    assert admin_token.renew(tmp_path, issuer) is False
    assert admin_token.read(tmp_path) == kept


@pytest.mark.parametrize("days", [14, 3_650, -1])
def test_one_that_ends_soon_or_never_or_has_ended_is_replaced(tmp_path: Path, issuer: Issuer, days: int) -> None:
    old = issuer.mint("admin", admin_token.ROLES, timedelta(days=days))
    (tmp_path / ADMIN_TOKEN).write_text(old)

    assert admin_token.renew(tmp_path, issuer) is False
    assert admin_token.read(tmp_path) != old
    assert issuer.lasting(admin_token.read(tmp_path), admin_token.ROLES) > timedelta(days=29)


def test_a_token_of_somebody_else_is_replaced(tmp_path: Path, issuer: Issuer) -> None:
    stranger = Issuer.open(tmp_path / "elsewhere", url="urn:societas:embedded")
    (tmp_path / ADMIN_TOKEN).write_text(stranger.mint("admin", admin_token.ROLES, timedelta(days=20)))
    admin_token.renew(tmp_path, issuer)

    assert issuer.lasting(admin_token.read(tmp_path), admin_token.ROLES) > timedelta(days=29)


def test_a_token_without_a_role_that_came_later_is_replaced(tmp_path: Path, issuer: Issuer) -> None:
    (tmp_path / ADMIN_TOKEN).write_text(issuer.mint("admin", ["association", "evaluator"], timedelta(days=20)))
    admin_token.renew(tmp_path, issuer)

    assert "importer" in admin_token.ROLES
    assert issuer.lasting(admin_token.read(tmp_path), admin_token.ROLES) > timedelta(days=29)
