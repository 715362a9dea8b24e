"""Who may do what: one row for every endpoint. An endpoint without a row fails the test."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from jinzita.activities import services as activities
from jinzita.activities.models import Interaction
from jinzita.agreements.models import Transaction
from jinzita.customers import services as customers
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Reach, Viewer, system
from jinzita.kernel.models import AuditEntry
from jinzita.people import selectors, services
from jinzita.people.models import User
from jinzita.people.roles import READY, SCOPES
from jinzita.products.models import Product
from jinzita.receivables.models import Invoice, Receipt
from jinzita.sales.models import Opportunity
from jinzita.treatment.models import Duty, PolicyVersion
from jinzita.urls import api
from jinzita.value.services import install_default_models
from tests.endpoints import PUBLIC, SAMPLES, TABLE, Row

pytestmark = pytest.mark.django_db
ROLES = {one.code: one for one in READY}
BOSS = system("test")


def test_every_endpoint_has_a_row():
    document = api.get_openapi_schema()
    endpoints = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in document["paths"].items()
        for method in methods
    }
    assert endpoints - TABLE.keys() == set(), "endpoints without a row"
    assert TABLE.keys() - endpoints == set(), "rows without an endpoint"


@dataclass(frozen=True)
class World:
    """Two departments, a seller in each, and a customer of each seller with one fact of every kind.

    There is a person of every ready role, called like it; those who see a part are in the north.
    """

    users: dict[str, User]
    mine: int
    foreign: int
    ids: dict[str, int]

    def client(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    def viewer(self, name: str) -> Viewer:
        return selectors.viewer_for(self.users[name])


@pytest.fixture
def world(db) -> World:
    north = services.create_department(by=BOSS, name="North")
    south = services.create_department(by=BOSS, name="South")
    narrow = (Reach.OWN, Reach.TEAM, Reach.DEPARTMENTS)
    people = [(code, code, north.pk if one.reach in narrow else None) for code, one in ROLES.items()]
    users = {
        name: services.create_user(by=BOSS, username=name, role=role, department_id=department)[0]
        for name, role, department in (*people, ("southerner", "salesperson", south.pk))
    }
    mine = customers.create_customer(by=BOSS, name="Mine", owner_id=users["salesperson"].pk).pk
    foreign = customers.create_customer(by=BOSS, name="Foreign", owner_id=users["southerner"].pk).pk
    own = {"customer_id": foreign, "source": "test", "source_key": "1"}
    person = customers.create_contact(
        by=BOSS, name="Somebody", positions=[{"customer_id": foreign}], today=date(2026, 1, 5)
    )
    noon, day = datetime(2026, 1, 5, 4, tzinfo=UTC), date(2026, 1, 5)
    ids = {
        "user_id": users["reader"].pk,
        "department_id": south.pk,
        "customer_id": foreign,
        "contact_id": person.pk,
        "position_id": person.positions.get().pk,
        "note_id": activities.write_note(by=BOSS, customer_id=foreign, text="x", now=noon).note.pk,
        "file_id": activities.add_file(
            by=BOSS, customer_id=foreign, name="x.txt", chunks=[b"x"], now=noon
        ).pk,
        "product_id": Product.objects.create(source="test", source_key="1", name="x").pk,
        "transaction_id": Transaction.objects.create(occurred_at=noon, kind="sale", amount=1, **own).pk,
        "invoice_id": Invoice.objects.create(issued_on=day, due_on=day, amount=1, **own).pk,
        "receipt_id": Receipt.objects.create(received_on=day, amount=1, **own).pk,
        "interaction_id": Interaction.objects.create(occurred_at=noon, kind="call", **own).pk,
        "opportunity_id": Opportunity.objects.create(
            name="x", amount=1, probability="0.5", expected_on=day, **own
        ).pk,
    }
    ids["duty_id"] = _missed(foreign, users["southerner"].pk)
    return World(users, mine, foreign, ids)


def _missed(customer_id: int, owner_id: int) -> int:
    """A duty to a customer that its owner missed."""
    model = install_default_models(by=BOSS)[0]
    noon, day = datetime(2026, 1, 5, 4, tzinfo=UTC), date(2026, 1, 5)
    version = PolicyVersion.objects.create(model=model, number=1, document={"grades": {}}, published_at=noon)
    return Duty.objects.create(
        customer_id=customer_id, item="visit", grade="prospect", version=version, owner_id=owner_id, span=30,
        opened_on=day, counts_from=noon, due_on=day, due_at=noon, state="missed", missed_on=day,
    ).pk  # fmt: skip


def call(
    client: Client, world: World, name: str, row: Row, customer: int, headers: dict[str, str] | None = None
):
    method, path = name.split(" ")
    for part in path.split("{")[1:]:
        parameter = part.split("}")[0]
        value = (
            customer if parameter == "customer_id" else world.ids.get(parameter, SAMPLES.get(parameter, 1))
        )
        path = path.replace(f"{{{parameter}}}", str(value))
    body = json.dumps(row.body).replace('"{customer}"', str(customer)) if row.body is not None else ""
    return client.generic(
        method, f"/api/v1{path}?{row.query}", body, content_type="application/json", headers=headers or {}
    )


def answers(
    client: Client, world: World, customer: int, headers: dict[str, str] | None = None, **chosen: bool
):
    """Every endpoint of the table, called once, each in a transaction of its own that is rolled back."""
    for name, row in TABLE.items():
        if name == "GET /stream" or any(getattr(row, part) != wanted for part, wanted in chosen.items()):
            continue
        with transaction.atomic():
            answer = call(client, world, name, row, customer, headers)
            transaction.set_rollback(True)
        yield name, row, answer


def refused(name: str, status: int) -> bool:
    # A request without a file is refused before anything else is looked at.
    return status == 403 or (name == "POST /imports/uploads" and status == 422)


def test_without_signing_in_nothing_but_the_public_is_there(world):
    wrong = {
        name: answer.status_code
        for name, row, answer in answers(Client(), world, world.mine)
        if answer.status_code != (row.public_status if row.permission is PUBLIC else 401)
    }
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_its_permissions_say_and_nothing_else(world, role):
    wrong = {}
    for name, row, answer in answers(world.client(role), world, world.mine):
        status = answer.status_code
        if row.permission is PUBLIC or row.permission in ROLES[role].permissions:
            fits = status < 500 and status not in (401, 403)
        else:
            fits = refused(name, status)
        if not fits:
            wrong[name] = (status, answer.content[:200])
    assert wrong == {}


@pytest.mark.parametrize("name_of_user", ["salesperson", "sales_assistant", "manager"])
def test_other_peoples_customers_do_not_exist(world, name_of_user):
    wrong = {
        name: answer.status_code
        for name, _, answer in answers(world.client(name_of_user), world, world.foreign, of_customer=True)
        if answer.status_code != 404
    }
    assert wrong == {}


def test_whoever_sees_all_customers_sees_these(world):
    wrong = {
        name: answer.status_code
        for name, row, answer in answers(
            world.client("administrator"), world, world.foreign, of_customer=True
        )
        if answer.status_code not in ((404,) if row.needs_score else (200, 201, 204))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, row in TABLE.items()
        if row.permission is Permission.RECORD_FACTS and "customer_id" in (row.body or {})
    ],
)
def test_nothing_is_recorded_on_other_peoples_customers(world, name):
    answer = call(world.client("salesperson"), world, name, TABLE[name], world.foreign)
    assert answer.status_code == 422
    assert answer.json()["details"][0]["code"] == "unknown_customer"
    assert call(world.client("salesperson"), world, name, TABLE[name], world.mine).status_code == 201


@pytest.mark.parametrize("permission", Permission)
def test_a_key_without_the_scope_is_refused(world, permission):
    scopes = [scope for scope, granted in SCOPES.items() if permission not in granted]
    _, text = services.create_api_key(
        by=world.viewer("administrator"), name="k", scopes=scopes, expires_at=None, now=datetime.now(UTC)
    )
    headers = {"Authorization": f"Bearer {text}", "Idempotency-Key": "k"}
    wrong = {
        name: answer.status_code
        for name, _, answer in answers(Client(), world, world.mine, headers, permission=permission)
        if not refused(name, answer.status_code)
    }
    assert wrong == {}


def text_of(answer) -> str:
    """What an answer says; of a PDF its words, since the packed bytes hold any four digits by chance."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode(errors="replace")


@pytest.mark.parametrize(
    ("user", "seen"),
    [
        ("salesperson", {"Mine"}),
        ("southerner", {"Foreign"}),
        ("sales_assistant", {"Mine"}),
        ("manager", {"Mine"}),
        ("reader", {"Mine", "Foreign"}),
        ("administrator", {"Mine", "Foreign"}),
    ],
)
def test_lists_counts_search_and_export_show_what_the_viewer_sees(world, user, seen):
    client = world.client(user)
    assert {one["name"] for one in client.get("/api/v1/customers").json()["items"]} == seen
    assert client.get("/api/v1/customers/count").json()["count"] == len(seen)
    found = {one["name"] for q in ("mine", "foreign") for one in client.get(f"/api/v1/search?q={q}").json()}
    assert found == seen
    if Permission.EXPORT in ROLES[world.users[user].role_id].permissions:
        text = b"".join(client.get("/api/v1/customers/export?format=csv").streaming_content).decode()
        assert {name for name in ("Mine", "Foreign") if name in text} == seen


def test_what_a_role_masks_leaves_by_no_door(world):
    """Every endpoint is asked by somebody who may do everything but see telephones and e-mails."""
    phone, email = "13877651234", "zhangsan@kept-back.example"
    kept = {f"{kind}.{code}": "masked" for kind in ("customers", "contacts") for code in ("phone", "email")}
    everything = [permission.value for permission in Permission]
    masking = services.create_role(
        by=BOSS, given={"label_en": "Masked", "permissions": everything, "reach": "all", "fields": kept}
    )
    someone, _ = services.create_user(by=BOSS, username="masked", role=masking.code)
    customers.update_customer(by=BOSS, customer_id=world.foreign, changes={"phone": phone, "email": email})
    client = world.client("administrator")
    client.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    # Of what a mask leaves out, enough that no moment or length has the same digits by chance.
    secrets = ("877651", "zhangsan")

    leaks = []
    for name, _, answer in answers(client, world, world.foreign):
        content = text_of(answer)
        if not name.endswith("/reveal") and any(one in content for one in secrets):
            leaks.append(name)
    assert leaks == []

    one = client.get(f"/api/v1/customers/{world.foreign}").json()
    assert (one["phone"], one["email"]) == ("138****1234", "z***@kept-back.example")
    assert client.get("/api/v1/search?q=13877651").json() == []
    assert client.get("/api/v1/customers?q=13877651").json()["items"] == []
    for refused_query in ('filter={"field":"phone","op":"starts","value":"138"}', "sort=email"):
        answer = client.get(f"/api/v1/customers?{refused_query}")
        assert answer.json()["details"][0]["code"] == "unknown_field"
    path = f"/api/v1/customers/{world.foreign}"
    refusal = client.patch(path, {"phone": "1"}, content_type="application/json")
    assert (refusal.status_code, refusal.json()["details"][0]["where"]) == (403, "phone")
    revealed = client.post(
        f"{path}/reveal", {"field": "phone", "reason": "call back"}, content_type="application/json"
    )
    assert revealed.json()["value"] == phone
    line = AuditEntry.objects.get(action="reveal")
    assert line.changes == {"field": "phone", "reason": "call back"}


def test_what_shows_a_telephone_leaves_a_line(world, monkeypatch):
    """Every endpoint that only reads is asked by somebody who sees everything (decision 19)."""
    phone, of_contact = "13877651234", "13966541234"
    customers.update_customer(by=BOSS, customer_id=world.foreign, changes={"phone": phone})
    customers.update_contact(
        by=BOSS, contact_id=world.ids["contact_id"], changes={"phone": of_contact}, version=None,
        today=date(2026, 1, 5),
    )  # fmt: skip
    told: list[tuple[str, list[int], list[str]]] = []
    monkeypatch.setattr(
        audit, "record_reads", lambda by, now: told.extend(by.reads.lines() if by.reads else ())
    )

    showing = {"customers": set(), "contacts": set()}
    for name, _, answer in answers(world.client("administrator"), world, world.foreign):
        lines, told[:] = list(told), []
        noted = {kind for kind, _, fields in lines if "phone" in fields}
        if answer.streaming or not name.startswith("GET "):  # files and writes have lines of their own
            assert noted == set(), name
            continue
        shown = {
            kind
            for kind, digits in (("customers", "38776512"), ("contacts", "39665412"))
            if digits.encode() in answer.content
        }
        assert noted == shown, name
        for kind in shown:
            showing[kind].add(name)
    assert {"GET /customers", "GET /customers/{customer_id}", "GET /audit"} <= showing["customers"]
    assert {"GET /contacts", "GET /customers/{customer_id}/contacts"} <= showing["contacts"]


def test_why_somebody_sees_a_customer(world):
    def reasons(user: str) -> list[str]:
        answer = world.client(user).get(f"/api/v1/customers/{world.mine}/access").json()
        return [one["code"] for one in answer["reasons"]]

    assert reasons("salesperson") == ["owner"]
    assert reasons("sales_assistant") == ["team"]
    assert reasons("manager") == ["department"]
    assert reasons("reader") == ["sees_all"]
    others = world.client("manager").get(f"/api/v1/customers/{world.mine}/access").json()["others"]
    counts = {one["code"]: one["params"]["count"] for one in others}
    everything = sum(one.reach is Reach.ALL for one in READY)
    assert counts == {"owner": 1, "team": 1, "department": 1, "sees_all": everything}
