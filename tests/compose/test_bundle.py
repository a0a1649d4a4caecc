"""The bundle for a machine without a network: nothing is loaded of one that was changed on the way."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from compose.deployment import attempt

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle whose engine is a program that says what it was asked to load."""
    shutil.copy(ROOT / "infra" / "offline" / "load", tmp_path)
    (tmp_path / "images.tar").write_bytes(b"layers")
    (tmp_path / "docker-compose.yml").write_text("services: {}\n")
    sums = [f"{sha256((tmp_path / name).read_bytes()).hexdigest()}  ./{name}\n" for name in ("images.tar", "load")]
    (tmp_path / "SHA256SUMS").write_text("".join(sums))
    engine = tmp_path / "bin" / "docker"
    engine.parent.mkdir()
    engine.write_text('#!/bin/sh\necho "asked: $*"\n')
    engine.chmod(0o755)
    return tmp_path


def load(bundle: Path) -> tuple[int, str]:
    done = attempt("env", f"PATH={bundle}/bin:/usr/bin:/bin", str(bundle / "load"))
    return done.returncode, done.stdout + done.stderr


def test_a_whole_bundle_is_loaded(bundle: Path) -> None:
    status, told = load(bundle)

    assert status == 0
    assert "asked: load" in told


def test_a_changed_bundle_is_refused_and_the_engine_is_not_even_asked(bundle: Path) -> None:
    (bundle / "images.tar").write_bytes(b"lawyers")
    status, told = load(bundle)

    assert status == 1
    assert "images.tar" in told
    assert "asked" not in told


def test_an_incomplete_bundle_is_refused(bundle: Path) -> None:
    (bundle / "images.tar").unlink()

    assert load(bundle)[0] == 1
