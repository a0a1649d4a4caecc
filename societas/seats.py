"""Tokens of the seats on the panel of a review, made where the issuer's key is: each is for one person."""

from datetime import timedelta
from pathlib import Path

from societas import minting

LASTS = timedelta(days=90)
"""Longer than a review takes from its panel to its end, with which a seat ends in any case."""


def token_of(directory: Path, role: str) -> str:
    """The token of one seat, `panel:review-2025:p-3`; made again it is the same account's. Raises OSError."""
    return minting.mint(directory, role, [role], LASTS / timedelta(hours=1))
