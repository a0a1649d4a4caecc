"""What a deployment decides; every field is documented in docs/settings.md, and a test holds the two together."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One service's settings, from `SOCIETAS_…` variables or from files of those names under /run/secrets."""

    model_config = SettingsConfigDict(
        env_prefix="SOCIETAS_",
        secrets_dir="/run/secrets" if Path("/run/secrets").is_dir() else None,
        # An error is logged, and the input has secrets.
        hide_input_in_errors=True,
    )

    database_url: SecretStr = Field(description="SQLAlchemy URL of the service's own database")
    replica_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of a streaming replica of that database, on PostgreSQL: people are shown lists and "
        "records from it",
    )
    redis_url: SecretStr = Field(
        description="URL of the bus: Redis 7.0 or newer, or Valkey; a cluster as `redis+cluster://user@host:port,host:port`"
    )
    partitions: int = Field(
        default=1, ge=1, le=256, description="streams per service; fixed when a deployment is created"
    )
    peers: dict[str, str] = Field(default_factory=dict, description="base URL of each service, by its name")
    service_key: SecretStr | None = Field(
        default=None,
        description="the private key of this service, Ed25519 in PEM: it signs the tokens, a day long, by which the "
        "service reads the others' logs",
    )
    service_token: SecretStr | None = Field(
        default=None, description="the token by which a service that has no such key reads the others' logs"
    )
    issuer: str = Field(description="the `iss` every token must carry")
    audience: str = Field(default="societas", description="the `aud` every token must carry")
    jwks_url: str | None = Field(default=None, description="where the issuer publishes its keys")
    jwks_file: Path | None = Field(default=None, description="the issuer's keys as a file, where there is no URL")
    batch_size: int = Field(default=5_000, ge=1, le=10_000, description="events read and applied at once, at most")
    lease_seconds: float = Field(default=4.0, gt=0, description="how long a silent listener keeps its partition")
    statement_seconds: float = Field(
        default=120.0,
        gt=0,
        description="how long PostgreSQL may take for one statement; then it is given up, with the connection",
    )
    idle_seconds: float = Field(default=1.0, gt=0, description="how often an idle relay or listener looks around")
    stream_days: float = Field(
        default=7.0,
        ge=0,
        description="how long an event stays on the bus, in days; 0: for ever. It is in the log anyhow",
    )
    idempotency_days: int = Field(default=30, ge=1, description="how long an Idempotency-Key is remembered, in days")
    migrate_on_start: bool = Field(default=False, description="bring the database up to date before starting")
    max_body_bytes: int = Field(default=1_048_576, ge=1024, description="largest request body, import endpoints aside")
    signing_key_file: Path | None = Field(
        default=None, description="the private key with which evaluation signs explanations; without it there are none"
    )
    facts_in_memory: int = Field(
        default=1_000_000,
        ge=0,
        description="facts evaluation holds in memory for questions about the past, a kilobyte each, at most",
    )
    folds_waiting: int = Field(
        default=16,
        ge=0,
        description="how many callers of evaluation may wait for an answer about the past, one at a time; "
        "whoever comes next is told when to come back",
    )
    past_per_minute: int = Field(
        default=120,
        ge=0,
        description="questions about other days, states of knowledge and policies that one token, or one address "
        "without one, may ask in a minute; 0: as many as it likes",
    )
    trials_per_minute: int = Field(
        default=30,
        ge=0,
        description="the same for what folds everything, or reads a policy: what-if, verification, policies checked",
    )
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(IPv4Network("127.0.0.0/8"), IPv6Network("::1/128")),
        description="networks of the gateway and the portal, a JSON list: whom they ask for is what they say in "
        "X-Forwarded-For, and nobody else is believed",
    )
    members_per_day: int = Field(
        default=50_000,
        ge=0,
        description="members of one society that may be admitted by the batch in a day, and memberships ended",
    )
    objections_per_day: int = Field(
        default=20, ge=0, description="objections that one society may raise in a day, to whosever figures"
    )
    page_cache_bytes: int = Field(
        default=33_554_432, ge=0, description="how much the portal keeps of pages that it printed, in bytes"
    )
    demo: bool = Field(default=False, description="the records are generated, and every page says so")
    log_format: Literal["json", "console"] = Field(default="json", description="how log lines look")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least that is logged"
    )

    @model_validator(mode="after")
    def _replicated(self) -> Self:
        if self.replica_url and not all(
            url.get_secret_value().startswith("postgresql") for url in (self.database_url, self.replica_url)
        ):
            raise ValueError(
                "SOCIETAS_REPLICA_URL 只用于 PostgreSQL：与 SOCIETAS_DATABASE_URL 同为 postgresql+asyncpg://…\n"
                "SOCIETAS_REPLICA_URL is for PostgreSQL: it and SOCIETAS_DATABASE_URL have to be postgresql+asyncpg://…"
            )
        return self
