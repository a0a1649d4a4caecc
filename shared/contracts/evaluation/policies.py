"""The policy in use."""

from typing import Annotated, Literal

from pydantic import Field

from contracts.event import Event
from contracts.values import PolicyId, PolicyVersion


class PolicyActivated(Event, type="evaluation.policy-activated.v1"):
    """Societies are rated by another policy from now on (启用评价办法). Told once each time.

    The ``hash`` seals the file that was filed under the policy's id and version.
    """

    subject: Literal["policy"] = "policy"
    policy: PolicyId
    version: PolicyVersion
    hash: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
