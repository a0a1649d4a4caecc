"""Servers in containers, where a Docker engine answers and has their images; nothing is pulled for a test."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import docker
from docker.errors import DockerException
from testcontainers.community.postgres import PostgresContainer
from testcontainers.community.redis import RedisContainer
from testcontainers.core.config import testcontainers_config
from testcontainers.core.network import Network

REDIS = os.environ.get("REDIS_IMAGE", "redis:7.2-bookworm")
POSTGRES = os.environ.get("POSTGRES_IMAGE", "postgres:15-bookworm")
_SECONDS = 5


@cache
def has(image: str) -> bool:
    """Whether a Docker engine answers and has the image."""
    try:
        engine = docker.from_env(timeout=_SECONDS)
    except DockerException:
        return False
    try:
        return bool(engine.images.list(name=image))
    except DockerException:
        return False
    finally:
        engine.close()


@contextmanager
def redis_in_a_container() -> Iterator[str]:
    """A Redis, by its URL."""
    password = secrets.token_hex(8)
    with _network() as network, RedisContainer(REDIS, password=password).with_network(network) as server:
        yield f"redis://:{password}@{server.get_container_host_ip()}:{server.get_exposed_port(server.port)}/0"


@contextmanager
def postgres_in_a_container() -> Iterator[str]:
    """A PostgreSQL in which databases may be created, by its URL."""
    server = PostgresContainer(POSTGRES, username="postgres", dbname="postgres", driver=None)
    # As the deployment runs it: the image's own user, never root.
    server.with_kwargs(user="999:999")
    with _network() as network, server.with_network(network):
        yield server.get_connection_url()


@contextmanager
def _network() -> Iterator[Network]:
    """A network of its own: an engine may have no default one."""
    # The reaper is an image more, from a registry; the containers end with the session.
    testcontainers_config.ryuk_disabled = True
    with Network() as network:
        yield network
