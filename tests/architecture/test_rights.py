"""Every route of every service against every role: who the table of rights lets in gets in, and nobody else."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from chassis.access import permissions_of
from chassis.rights import Rights
from chassis.roles import ROLES, Role
from services import rights
from societas.records import DEFINED

SERVICES = Path(rights.__file__).parent
TABLES = {
    name: getattr(rights, name.upper()) | {one.path: one.rights for one in DEFINED.get(name, ())}
    for name in ("membership", "events", "federation", "evaluation")
}
PATH = {"society": "A-01", "federation": "life", "review": "review-2025"}
OURS, THEIRS = ("society:A-01", "federation:life"), ("society:A-02", "federation:other")
EVERYBODY_ELSE = tuple(role.example for role in ROLES if role.name not in {"society", "federation"})
DECIDED_ABOUT_A_SOCIETY = {
    *("annual-checks", "changes", "charter-approvals", "deferrals", "exemptions", "finance-audits", "honours"),
    "penalties",
}


def routes(app: FastAPI) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Method, path and role patterns of each endpoint that is not for everybody."""
    for context in iter_route_contexts(app.routes):
        route: Any = context.original_route
        if not hasattr(route, "dependencies"):
            continue
        (patterns,) = permissions_of(route)
        for method in sorted(route.methods) if patterns else ():
            yield method, re.sub(r"\{(\w+)\}", lambda name: PATH.get(name[1], "x"), route.path), patterns


def is_let_in(role: str, patterns: tuple[str, ...]) -> bool:
    """Whether a caller with this role alone is one of those that the patterns name, worked out from the words."""
    kind, _, whose = role.partition(":")
    ours = {kind} | ({f"{kind}:*"} if whose else set()) | ({f"{kind}:{{{kind}}}"} if PATH.get(kind) == whose else set())
    return not (ours - ({kind} if whose else set())).isdisjoint(patterns)


@pytest.mark.parametrize("role", [*OURS, *THEIRS, *EVERYBODY_ELSE])
async def test_who_has_the_right_gets_in_and_nobody_else(
    apps: dict[str, FastAPI], client_for: Callable[..., httpx2.AsyncClient], role: str
) -> None:
    asked = 0
    for name, app in apps.items():
        client = client_for(app, role)
        for method, path, patterns in routes(app):
            # A parameter that no endpoint knows: who is let in is refused for that, before anything is done.
            answer = await client.request(method, path, params={"as_off": "1"})
            expected = 422 if is_let_in(role, patterns) else 403
            assert answer.status_code == expected, f"{name} {method} {path} as {role}: {answer.status_code}"
            asked += 1

    assert asked > 100


def test_the_routes_of_the_services_read_the_table_and_declare_nothing_themselves() -> None:
    declaring = {
        str(file.relative_to(SERVICES))
        for file in SERVICES.glob("*/**/*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom)
        and node.module == "chassis.access"
        and {one.name for one in node.names} & {"may", "PUBLIC"}
    }

    assert declaring == set()


def test_every_right_of_the_table_is_read_by_a_route() -> None:
    code = "\n".join(file.read_text() for file in SERVICES.glob("*/**/*.py"))
    defined = {one.path for types in DEFINED.values() for one in types}

    unread = {
        f"{service} {record} {act}"
        for service, table in TABLES.items()
        for record, right in table.items()
        for act in ("record", "withdraw", "read")
        if getattr(right, act) is not None and record not in defined and not _read(code, service, record, act)
    }

    assert unread == set()


def _read(code: str, service: str, record: str, act: str) -> bool:
    return re.search(rf'{service.upper()}\["{record}"\]\.(may_{act}\b|lets_{act}\b)', code) is not None


def test_what_others_decided_about_a_society_is_recorded_by_the_association_alone() -> None:
    alone = {record for record, right in TABLES["membership"].items() if right.record == ("association",)}

    assert alone == DECIDED_ABOUT_A_SOCIETY | {"societies"}


def test_no_answer_about_one_society_is_for_every_society() -> None:
    reading = [right.read or () for table in TABLES.values() for right in table.values()]

    assert [roles for roles in reading if "society:*" in roles] == []


def test_an_act_that_the_table_gives_to_nobody_is_no_route() -> None:
    with pytest.raises(LookupError, match="to nobody"):
        _ = Rights().may_record


def test_each_role_that_is_asked_for_is_one_of_the_list() -> None:
    asked = {
        pattern.partition(":")[0]
        for table in TABLES.values()
        for right in table.values()
        for pattern in (*(right.record or ()), *(right.withdraw or ()), *(right.read or ()))
    }

    assert asked <= {role.name for role in ROLES if isinstance(role, Role)}
