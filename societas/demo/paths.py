"""Where the membership service is told about a society."""

from collections.abc import Mapping
from typing import Any

from societas.demo.profile import Profile
from societas.demo.request import Keep, Request


def path(profile: Profile, rest: str) -> str:
    """The path of something of a society."""
    return f"/api/membership/societies/{profile.code}/{rest}"


def post(profile: Profile, rest: str, body: Mapping[str, Any], keep: Keep | None = None) -> Request:
    """A POST about a society."""
    return Request("POST", path(profile, rest), body, profile.code, keep)


def put(profile: Profile, rest: str, body: Mapping[str, Any]) -> Request:
    """A PUT of what a society has one of."""
    return Request("PUT", path(profile, rest), body, profile.code)
