"""The description of the interface (OpenAPI): each route answers as it says, whoever asks by whatever method."""

import re
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from pliego.errors import PROBLEM
from tests.house.routes import ROUTES
from tests.people import Shared, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]
PATHS = sorted({path for name, (_, path) in ROUTES.items() if name.startswith("api:")})
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


@pytest.fixture
def shared() -> Shared:
    return share("molino")


def answers_of(schema: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    """The answers that the description knows of; of what it does not name, errors alone."""
    for pattern, ways in schema["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) and method.lower() in ways:
            return dict(ways[method.lower()]["responses"])
    return {"default": {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}}


@pytest.mark.parametrize("path", [path for path in PATHS if "openapi" not in path])
@pytest.mark.parametrize("owns", [True, False])
def test_what_is_answered_is_described(shared: Shared, path: str, owns: bool) -> None:
    client = Client(headers={"authorization": f"Bearer {shared.token}"} if owns else {})
    schema = client.get("/api/v1/openapi.json").json()
    path = path.format(id=shared.document.pk)
    for method in METHODS:
        answer = client.generic(method, path, "{}", "application/json")
        known = answers_of(schema, path.partition("?")[0], method)
        said = known.get(str(answer.status_code), known["default"])
        kind = answer.headers.get("Content-Type", "").partition(";")[0] if answer.content else ""
        assert list(said.get("content", {"": None})) == [kind], (method, answer.status_code)
        if kind:
            rule = {**said["content"][kind]["schema"], "components": schema["components"]}
            jsonschema_rs.validator_for(rule).validate(answer.json())


@pytest.mark.parametrize("path", PATHS)
def test_head_is_answered_as_get(shared: Shared, path: str) -> None:
    get, head = (Client().generic(method, path.format(id=shared.document.pk)) for method in ("GET", "HEAD"))
    assert (head.status_code, head.headers.get("Content-Type")) == (get.status_code, get.headers.get("Content-Type"))


def test_a_forged_host_is_a_problem_too() -> None:
    answer = Client().get("/api/v1/documents", headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert answer.headers["Content-Type"] == PROBLEM
