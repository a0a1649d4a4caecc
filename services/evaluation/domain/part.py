"""What every part of a policy file is, and the ids by which its parts are named."""

from typing import Annotated

from pydantic import BaseModel, Field

ID_FORM = r"^[a-z][a-z0-9_-]{0,59}$"

Id = Annotated[str, Field(pattern=ID_FORM)]


class Part(BaseModel, frozen=True, extra="forbid"):
    """A part of a policy file; a key it does not know is an error, never passed over."""
