"""One version, wherever it is told."""

import tomllib
from pathlib import Path

import yaml
from typer.testing import CliRunner

from chassis.telemetry import Metrics
from chassis.version import version
from societas.cli import app

ROOT = Path(__file__).parents[3]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


def test_the_version_is_what_the_project_says() -> None:
    assert version() == DECLARED


def test_the_command_line_says_its_version() -> None:
    assert CliRunner().invoke(app, ["--version"]).output == f"societas {DECLARED}\n"


def test_a_metric_has_the_version() -> None:
    assert f'societas_build_info{{version="{DECLARED}"}} 1.0'.encode() in Metrics().exposition()


def test_the_image_is_labelled_and_named_with_the_version() -> None:
    image = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["x-image"]
    assert image["build"]["args"]["SOCIETAS_VERSION"] == DECLARED
    assert image["image"].endswith(f"societas:{DECLARED}}}")
    assert 'org.opencontainers.image.version="${SOCIETAS_VERSION}"' in (ROOT / "infra/docker/Dockerfile").read_text()


def test_a_bundle_has_the_version_in_a_file() -> None:
    assert '>"$bundle/VERSION"' in (ROOT / "infra/offline/bundle").read_text()
