"""The API's document is complete, and nothing that fits it (or does not) makes the server fail."""

import uuid
from datetime import UTC, datetime

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from ninja import Schema
from pydantic import RootModel

from jinzita.kernel.access import system
from jinzita.people import selectors, services
from jinzita.people.roles import SCOPES
from jinzita.urls import api

DOCUMENT = api.get_openapi_schema()
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
schema = schemathesis.openapi.from_dict(dict(DOCUMENT)).exclude(path_regex="/stream$")


@pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_every_operation_says_what_it_does_and_how_it_fails(method, path, operation):
    assert operation.get("summary")
    if not path.endswith("/stream"):
        answers = {int(code) for code in operation["responses"]}
        assert any(code < 400 for code in answers)
        assert {401, 403, 422} <= answers
    for parameter in operation.get("parameters", ()):
        assert parameter["schema"]


def _schemas(kind: type[Schema] = Schema) -> set[type]:
    found = {kind} if kind.__module__.startswith("jinzita.") else set()
    return found.union(*(_schemas(below) for below in kind.__subclasses__()))


def test_no_two_schemas_share_a_name():
    """Of two classes with one name the document would keep only the last."""
    places: dict[str, set[str]] = {}
    for one in _schemas() | {one for one in _schemas(RootModel) if "[" not in one.__name__}:
        places.setdefault(one.__name__, set()).add(one.__module__)
    assert len(places) > 50
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


def test_an_address_asked_the_wrong_way_and_one_that_is_not_there_answer_in_the_one_shape():
    wrong = Client().delete("/api/v1/customers")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "wrong_method")
    assert set(wrong["Allow"].split(", ")) == {"GET", "POST"}
    gone = Client().get("/api/v1/nothing")
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")


@pytest.fixture
def administrators_key(db) -> str:
    user, _ = services.create_user(by=system("test"), username="robot", role="administrator")
    _, text = services.create_api_key(
        by=selectors.viewer_for(user),
        name="robot",
        scopes=list(SCOPES),
        expires_at=None,
        now=datetime.now(UTC),
    )
    return text


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_makes_the_server_fail(case, administrators_key):
    request = requests.Request(**case.as_transport_kwargs(base_url="http://localhost")).prepare()
    client = Client(raise_request_exception=False)

    answer = client.generic(
        request.method,
        request.url.removeprefix("http://localhost"),
        request.body or b"",
        content_type=request.headers.get("Content-Type", "application/json"),
        headers={"Authorization": f"Bearer {administrators_key}", "Idempotency-Key": uuid.uuid4().hex},
    )

    assert answer.status_code < 500, answer.content[:500]
    if answer.status_code >= 400:
        assert {"code", "message", "details"} <= answer.json().keys()
