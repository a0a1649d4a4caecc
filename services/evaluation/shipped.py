"""The policies that come with the platform."""

from importlib.resources import files

DEFAULT = "hubei-2017"
SHIPPED = (DEFAULT, "assessment-2011", "assessment-2026", "journal-2009")


def text_of(policy: str) -> str:
    """The YAML of a shipped policy."""
    return (files("services.evaluation") / "policies" / f"{policy}.yaml").read_text("utf-8")
