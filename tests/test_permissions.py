"""Who may do what: one row for every endpoint. An endpoint without a row fails the test."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from jinzita.activities.models import Interaction
from jinzita.agreements.models import Transaction
from jinzita.customers import services as customers
from jinzita.kernel.access import Permission, Reach, Viewer, system
from jinzita.kernel.models import AuditEntry
from jinzita.people import selectors, services
from jinzita.people.models import User
from jinzita.people.roles import READY, SCOPES
from jinzita.products.models import Product
from jinzita.receivables.models import Invoice, Receipt
from jinzita.sales.models import Opportunity
from jinzita.urls import api

pytestmark = pytest.mark.django_db
P = Permission
PUBLIC = None
ROLES = {one.code: one for one in READY}
BOSS = system("test")
FACT = {"customer_id": "{customer}"}
LABEL = {"en": "x", "zh": "x"}
NOON = "2026-01-05T12:00:00+08:00"


@dataclass(frozen=True)
class Row:
    """What an endpoint asks for: the permission, a body that is valid, and whether its record is a customer's
    (then somebody who does not see the customer gets 404)."""

    permission: Permission | None
    body: Any = None
    of_customer: bool = False
    query: str = ""
    needs_score: bool = False  # or something else the customer of the test has not
    # What a public endpoint answers to the body above.
    public_status: int = 200


TABLE = {
    "GET /settings": Row(PUBLIC),
    "GET /stream": Row(P.READ),
    "GET /me": Row(P.READ),
    "PATCH /me": Row(P.READ, {"name": "x"}),
    "POST /me/password": Row(P.READ, {"current": "x", "new": "y"}),
    "GET /users": Row(P.READ),
    "POST /users": Row(P.MANAGE_PEOPLE, {"username": "new"}),
    "GET /users/{user_id}": Row(P.READ),
    "PATCH /users/{user_id}": Row(P.MANAGE_PEOPLE, {"name": "x"}),
    "POST /users/{user_id}/deactivate": Row(P.MANAGE_PEOPLE, {"hand_over_to": None}),
    "POST /users/{user_id}/password": Row(P.MANAGE_PEOPLE),
    "GET /roles": Row(P.READ),
    "GET /roles/choices": Row(P.MANAGE_PEOPLE),
    "POST /roles": Row(P.MANAGE_PEOPLE, {"label_en": "x", "copy_of": "reader"}),
    "PATCH /roles/{code}": Row(P.MANAGE_PEOPLE, {"label_en": "x"}),
    "DELETE /roles/{code}": Row(P.MANAGE_PEOPLE),
    "GET /administrators": Row(P.READ),
    "GET /departments": Row(P.READ),
    "POST /departments": Row(P.MANAGE_PEOPLE, {"name": "x"}),
    "PATCH /departments/{department_id}": Row(P.MANAGE_PEOPLE, {"name": "x"}),
    "DELETE /departments/{department_id}": Row(P.MANAGE_PEOPLE),
    "GET /api-keys": Row(P.MANAGE_KEYS),
    "POST /api-keys": Row(P.MANAGE_KEYS, {"name": "x", "scopes": ["read"]}),
    "DELETE /api-keys/{key_id}": Row(P.MANAGE_KEYS),
    "GET /notifications": Row(P.READ),
    "POST /notifications/read": Row(P.READ, {}),
    "GET /me/notification-settings": Row(P.READ),
    "PUT /me/notification-settings": Row(P.READ, {"digest": "daily"}),
    "POST /me/notification-settings/test": Row(P.READ),
    "GET /sign-in": Row(PUBLIC),
    "GET /me/security": Row(P.READ),
    "GET /me/sessions": Row(P.READ),
    "DELETE /me/sessions": Row(P.READ),
    "DELETE /me/sessions/{session_id}": Row(P.READ),
    "GET /users/{user_id}/sessions": Row(P.MANAGE_PEOPLE),
    "DELETE /users/{user_id}/sessions": Row(P.MANAGE_PEOPLE),
    "DELETE /users/{user_id}/sessions/{session_id}": Row(P.MANAGE_PEOPLE),
    "DELETE /users/{user_id}/second-factor": Row(P.MANAGE_PEOPLE),
    "GET /security": Row(P.MANAGE_PEOPLE),
    "PUT /security": Row(P.MANAGE_PEOPLE, {"mfa_roles": []}),
    "GET /sign-in-locks": Row(P.MANAGE_PEOPLE),
    "DELETE /sign-in-locks/{lock_id}": Row(P.MANAGE_PEOPLE),
    "POST /users/{user_id}/invitation": Row(P.MANAGE_PEOPLE),
    "POST /invitations/look": Row(PUBLIC, {"token": "x"}, public_status=404),
    "POST /invitations/accept": Row(PUBLIC, {"token": "x", "password": "y"}, public_status=404),
    "GET /company-robot": Row(P.MANAGE_PEOPLE),
    "PUT /company-robot": Row(P.MANAGE_PEOPLE, {"robot": "", "url": ""}),
    "GET /mails": Row(P.MANAGE_PEOPLE),
    "GET /mails/{mail_id}": Row(P.MANAGE_PEOPLE),
    "POST /mails/{mail_id}/send": Row(P.MANAGE_PEOPLE),
    "GET /views": Row(P.READ),
    "POST /views": Row(P.READ, {"kind": "customers", "name": "x"}),
    "PATCH /views/{view_id}": Row(P.READ, {"name": "x"}),
    "DELETE /views/{view_id}": Row(P.READ),
    "PUT /views/{view_id}/mine": Row(P.READ, {"pinned": True}),
    "GET /audit": Row(P.READ_AUDIT),
    "GET /fields/{kind_code}": Row(P.READ),
    "GET /related/{kind_code}": Row(P.READ),
    "GET /attributes": Row(P.READ),
    "GET /attributes/setup": Row(P.MANAGE_SETUP),
    "GET /attributes/usage": Row(P.MANAGE_SETUP),
    "POST /attributes": Row(P.MANAGE_SETUP, {"code": "staff", "label": LABEL, "type": "number"}),
    "POST /attributes/formula": Row(P.MANAGE_SETUP, {"formula": "1 + 1"}),
    "PATCH /attributes/{code}": Row(P.MANAGE_SETUP, {"unit": "x"}),
    "DELETE /attributes/{code}": Row(P.MANAGE_SETUP),
    "POST /attributes/{code}/archive": Row(P.MANAGE_SETUP, {}),
    "POST /attributes/{code}/index": Row(P.MANAGE_SETUP, {}),
    "GET /dimensions": Row(P.READ),
    "POST /dimensions": Row(P.MANAGE_SETUP, {"code": "loyalty", "label": LABEL}),
    "PATCH /dimensions/{dimension_code}": Row(P.MANAGE_SETUP, {"position": 5}),
    "DELETE /dimensions/{dimension_code}": Row(P.MANAGE_SETUP),
    "GET /dimensions/{dimension_code}/counts": Row(P.READ),
    "POST /dimensions/{dimension_code}/categories": Row(P.MANAGE_SETUP, {"code": "x", "label": LABEL}),
    "PATCH /categories/{category_id}": Row(P.MANAGE_SETUP, {"position": 5}),
    "DELETE /categories/{category_id}": Row(P.MANAGE_SETUP),
    "PUT /customers/{customer_id}/classes/{dimension_code}": Row(
        P.EDIT_CUSTOMERS, {"categories": []}, of_customer=True
    ),
    "GET /customers": Row(P.READ),
    "POST /customers": Row(P.EDIT_CUSTOMERS, {"name": "x"}),
    "POST /customers/duplicate-check": Row(P.EDIT_CUSTOMERS, {"name": "x"}),
    "GET /customers/{customer_id}/duplicates": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/quality": Row(P.READ, of_customer=True),
    "POST /customers/{customer_id}/verified": Row(P.EDIT_CUSTOMERS, of_customer=True),
    "GET /quality/summary": Row(P.READ),
    "POST /quality/rate": Row(P.MANAGE_SETUP),
    "GET /quality/policy": Row(P.READ),
    "PUT /quality/policy": Row(
        P.MANAGE_SETUP,
        {
            "completeness": 50,
            "validity": 20,
            "freshness": 20,
            "duplicates": 10,
            "fresh_days": 180,
            "stale_days": 730,
            "nonsense": [],
        },
    ),
    "GET /quality/important": Row(P.READ),
    "PUT /quality/important": Row(P.MANAGE_SETUP, {"items": [{"code": "phone"}]}),
    "GET /quality/duplicates": Row(P.READ),
    "GET /quality/duplicates/summary": Row(P.READ),
    "POST /quality/duplicates/run": Row(P.MERGE),
    "POST /quality/duplicates/decide": Row(P.MERGE, {"matches": [1], "state": "later"}),
    "GET /quality/duplicates/policy": Row(P.READ),
    "PUT /quality/duplicates/policy": Row(P.MANAGE_SETUP, {"same": 0.95, "look": 0.3}),
    "GET /customers/count": Row(P.READ),
    "GET /customers/export": Row(P.EXPORT, query="format=csv"),
    "GET /customers/merge-preview": Row(P.MERGE, query="ids=1,2"),
    "POST /customers/merge": Row(P.MERGE, {"survivor_id": 1, "ids": [1, 2]}),
    "GET /merges": Row(P.READ),
    "GET /merges/{merge_id}": Row(P.READ),
    "GET /merges/{merge_id}/undo-preview": Row(P.MERGE),
    "POST /merges/{merge_id}/undo": Row(P.MERGE, {}),
    "GET /customers/{customer_id}": Row(P.READ, of_customer=True),
    "PATCH /customers/{customer_id}": Row(P.EDIT_CUSTOMERS, {"name": "x"}, of_customer=True),
    "GET /customers/{customer_id}/access": Row(P.READ, of_customer=True),
    "POST /customers/{customer_id}/reveal": Row(
        P.REVEAL, {"field": "phone", "reason": "a call back"}, of_customer=True
    ),
    "DELETE /customers/{customer_id}": Row(P.DELETE, of_customer=True),
    "POST /customers/{customer_id}/restore": Row(P.DELETE, of_customer=True),
    "GET /customers/{customer_id}/changes": Row(P.READ, of_customer=True),
    "POST /customers/{customer_id}/changes/{entry_id}/restore": Row(
        P.EDIT_CUSTOMERS, {"field": "phone"}, of_customer=True, needs_score=True
    ),
    "POST /customers/bulk": Row(
        P.EDIT_CUSTOMERS, {"action": "tag", "tags": ["x"], "selection": {"ids": ["{customer}"]}}
    ),
    "GET /customers/groups": Row(P.READ, query="by=kind"),
    "GET /tags": Row(P.READ),
    "GET /pool": Row(P.READ),
    "GET /pool/capacity": Row(P.READ),
    "GET /pool/capacities": Row(P.ASSIGN),
    "GET /pool/warnings": Row(P.READ),
    "POST /pool/assign": Row(P.ASSIGN, {"customer_ids": [999_999], "owner_id": 1}),
    "GET /pool/rules": Row(P.READ),
    "PUT /pool/rules": Row(P.MANAGE_SETUP, {"grade": "vip", "quiet_days": 30}),
    "DELETE /pool/rules/{rule_id}": Row(P.MANAGE_SETUP),
    "PUT /pool/limits": Row(P.MANAGE_SETUP, {"claims_per_day": 5}),
    "POST /pool/{customer_id}/claim": Row(P.EDIT_CUSTOMERS, needs_score=True),
    "POST /customers/{customer_id}/release": Row(P.EDIT_CUSTOMERS, {"why": "x"}, of_customer=True),
    "POST /customers/{customer_id}/postponement": Row(
        P.EDIT_CUSTOMERS, {"until": "2030-01-01", "why": "x"}, of_customer=True, needs_score=True
    ),
    "POST /customers/{customer_id}/postponement/decision": Row(
        P.APPROVE, {"approved": True}, of_customer=True, needs_score=True
    ),
    "GET /customers/{customer_id}/owners": Row(P.READ, of_customer=True),
    "GET /change-sets": Row(P.READ),
    "POST /change-sets/{set_id}/undo": Row(P.EDIT_CUSTOMERS),
    "GET /change-sets/{set_id}/conflicts": Row(P.READ),
    "GET /trash": Row(P.DELETE),
    "DELETE /trash/{type}/{record_id}": Row(P.HANDLE_PRIVACY),
    "GET /customers/{customer_id}/timeline": Row(P.READ, of_customer=True),
    "POST /customers/{customer_id}/notes": Row(P.RECORD_FACTS, {"text": "x"}, of_customer=True),
    "GET /customers/{customer_id}/notes/pinned": Row(P.READ, of_customer=True),
    "GET /notes/{note_id}": Row(P.READ, of_customer=True),
    "GET /notes/{note_id}/versions": Row(P.READ, of_customer=True),
    "PATCH /notes/{note_id}": Row(P.RECORD_FACTS, {"text": "y", "version": 1}),
    "PUT /notes/{note_id}/pinned": Row(P.RECORD_FACTS, {"pinned": True}, of_customer=True),
    "DELETE /notes/{note_id}": Row(P.RECORD_FACTS),
    "POST /notes/{note_id}/restore": Row(P.RECORD_FACTS),
    "GET /customers/{customer_id}/transactions": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/invoices": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/receipts": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/interactions": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/opportunities": Row(P.READ, of_customer=True),
    "GET /search": Row(P.READ, query="q=x"),
    "GET /customers/{customer_id}/channels": Row(P.READ, of_customer=True),
    "PUT /customers/{customer_id}/channels": Row(P.EDIT_CUSTOMERS, {"items": []}, of_customer=True),
    "GET /customers/{customer_id}/contacts": Row(P.READ, of_customer=True),
    "GET /provinces": Row(P.READ),
    "GET /customers/{customer_id}/addresses": Row(P.READ, of_customer=True),
    "PUT /customers/{customer_id}/addresses": Row(P.EDIT_CUSTOMERS, {"items": []}, of_customer=True),
    "GET /customers/{customer_id}/identifiers": Row(P.READ, of_customer=True),
    "PUT /customers/{customer_id}/identifiers": Row(P.EDIT_CUSTOMERS, {"items": []}, of_customer=True),
    "GET /customers/{customer_id}/group": Row(P.READ, of_customer=True),
    "PUT /customers/{customer_id}/parent": Row(P.EDIT_CUSTOMERS, {"parent_id": None}, of_customer=True),
    "GET /value/customers/{customer_id}/group": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/may-contact": Row(
        P.READ, of_customer=True, query="channel=email&purpose=marketing"
    ),
    "GET /customers/{customer_id}/consents": Row(P.READ, of_customer=True),
    "GET /customers/{customer_id}/consents/history": Row(P.READ, of_customer=True),
    "POST /customers/{customer_id}/consents": Row(
        P.EDIT_CUSTOMERS,
        {"channel": "email", "purpose": "marketing", "state": "given"},
        of_customer=True,
    ),
    "PUT /customers/{customer_id}/contact-preference": Row(
        P.EDIT_CUSTOMERS, {"channel": "email"}, of_customer=True
    ),
    "GET /customers/{customer_id}/personal-data": Row(P.HANDLE_PRIVACY, of_customer=True),
    "GET /lifecycle": Row(P.READ),
    "GET /lifecycle/rules": Row(P.READ),
    "PUT /lifecycle/rules": Row(P.MANAGE_SETUP, {"rules": [{"stage": "customer", "purchases": 1}]}),
    "GET /customers/{customer_id}/stage": Row(P.READ, of_customer=True),
    "PUT /customers/{customer_id}/stage": Row(
        P.EDIT_CUSTOMERS, {"stage": "prospect", "reason": "x"}, of_customer=True
    ),
    "DELETE /customers/{customer_id}/stage": Row(P.EDIT_CUSTOMERS, of_customer=True),
    "GET /consent-rules": Row(P.READ),
    "PUT /consent-rules": Row(P.MANAGE_SETUP, {"ways": ["call"], "purposes": []}),
    "GET /customers/{customer_id}/relations": Row(P.READ, of_customer=True),
    "POST /customers/{customer_id}/relations": Row(P.EDIT_CUSTOMERS, {"kind": "partner_of", "other_id": 1}),
    "DELETE /relations/{relation_id}": Row(P.EDIT_CUSTOMERS),
    "GET /contacts": Row(P.READ),
    "GET /contacts/count": Row(P.READ),
    "GET /contacts/export": Row(P.EXPORT),
    "POST /contacts": Row(P.EDIT_CUSTOMERS, {"name": "x", "positions": [FACT]}),
    "GET /contacts/{contact_id}": Row(P.READ, of_customer=True),
    "PATCH /contacts/{contact_id}": Row(P.EDIT_CUSTOMERS, {"title": "x"}, of_customer=True),
    "DELETE /contacts/{contact_id}": Row(P.DELETE),
    "POST /contacts/{contact_id}/restore": Row(P.DELETE),
    "POST /contacts/{contact_id}/positions": Row(P.EDIT_CUSTOMERS, FACT),
    "PATCH /positions/{position_id}": Row(P.EDIT_CUSTOMERS, {"title": "x"}, of_customer=True),
    "DELETE /positions/{position_id}": Row(P.EDIT_CUSTOMERS),
    "GET /products": Row(P.READ),
    "GET /products/{product_id}": Row(P.READ),
    "GET /transactions/{transaction_id}": Row(P.READ, of_customer=True),
    "GET /invoices/{invoice_id}": Row(P.READ, of_customer=True),
    "GET /receipts/{receipt_id}": Row(P.READ, of_customer=True),
    "GET /interactions/{interaction_id}": Row(P.READ, of_customer=True),
    "GET /opportunities/{opportunity_id}": Row(P.READ, of_customer=True),
    "POST /transactions": Row(P.RECORD_FACTS, {**FACT, "occurred_at": NOON, "amount": "1"}),
    "POST /invoices": Row(
        P.RECORD_FACTS, {**FACT, "issued_on": "2026-01-05", "due_on": "2026-02-05", "amount": "1"}
    ),
    "POST /receipts": Row(P.RECORD_FACTS, {**FACT, "received_on": "2026-01-05", "amount": "1"}),
    "POST /interactions": Row(P.RECORD_FACTS, {**FACT, "occurred_at": NOON, "kind": "call"}),
    "POST /opportunities": Row(
        P.RECORD_FACTS,
        {**FACT, "name": "x", "amount": "1", "probability": "0.5", "expected_on": "2026-05-05"},
    ),
    "GET /value/models": Row(P.READ),
    "POST /value/models/validate": Row(P.READ, {"toml": ""}),
    "GET /value/models/{model_id}/versions": Row(P.READ),
    "POST /value/models/{model_id}/versions": Row(P.EDIT_MODEL, {"toml": ""}),
    "GET /value/versions/{version_id}": Row(P.READ),
    "GET /value/versions/{a}/diff/{b}": Row(P.READ),
    "GET /value/indicators": Row(P.READ),
    "GET /value/pyramid": Row(P.READ),
    "GET /value/movement": Row(P.READ),
    "GET /value/customers/{customer_id}": Row(P.READ, of_customer=True),
    "GET /value/customers/{customer_id}/indicators/{key}/records": Row(
        P.READ, of_customer=True, needs_score=True
    ),
    "GET /value/models/{model_id}/distributions": Row(P.READ),
    "POST /value/models/{model_id}/what-if": Row(P.EDIT_MODEL, {"document": {}}),
    "POST /value/weights/ahp": Row(P.EDIT_MODEL, {"labels": ["a", "b"], "judgements": [[1, 2], [0.5, 1]]}),
    "POST /value/models/{model_id}/weights/entropy": Row(P.EDIT_MODEL, {"document": {}}),
    "GET /value/adviser": Row(P.READ),
    "GET /value/runs": Row(P.READ),
    "POST /value/runs": Row(P.RUN_SCORING, {"model_id": 1}),
    "GET /value/runs/{run_id}": Row(P.READ),
    "POST /value/runs/{run_id}/repeat": Row(P.RUN_SCORING),
    "POST /imports/uploads": Row(P.IMPORT),
    "POST /imports/preview": Row(P.IMPORT, {"upload_id": 1, "kind": "customers", "source": "x"}),
    "POST /imports": Row(P.IMPORT, {"upload_id": 1, "kind": "customers", "source": "x", "dry_run": True}),
    "GET /imports": Row(P.IMPORT),
    "GET /webhooks": Row(P.MANAGE_WEBHOOKS),
    "POST /webhooks": Row(
        P.MANAGE_WEBHOOKS, {"name": "x", "url": "https://example.com/x", "events": ["run.finished"]}
    ),
    "PATCH /webhooks/{webhook_id}": Row(P.MANAGE_WEBHOOKS, {"name": "x"}),
    "DELETE /webhooks/{webhook_id}": Row(P.MANAGE_WEBHOOKS),
    "POST /webhooks/{webhook_id}/secret": Row(P.MANAGE_WEBHOOKS),
    "POST /webhooks/{webhook_id}/test": Row(P.MANAGE_WEBHOOKS),
    "POST /webhooks/{webhook_id}/replay": Row(P.MANAGE_WEBHOOKS, {}),
    "GET /webhooks/{webhook_id}/deliveries": Row(P.MANAGE_WEBHOOKS),
    "GET /webhooks/{webhook_id}/deliveries/{delivery_id}": Row(P.MANAGE_WEBHOOKS),
    "GET /imports/{import_id}": Row(P.IMPORT),
    "GET /imports/{import_id}/bad-rows": Row(P.IMPORT),
    "POST /imports/{import_id}/resume": Row(P.IMPORT),
    "POST /imports/{import_id}/cancel": Row(P.IMPORT),
    "POST /imports/{import_id}/undo": Row(P.IMPORT),
    "GET /imports/{import_id}/bad-rows/cells": Row(P.IMPORT),
    "POST /imports/{import_id}/bad-rows/retry": Row(P.IMPORT, {"rows": []}),
    "GET /demo": Row(P.MANAGE_DEMO),
    "POST /demo/{code}": Row(P.MANAGE_DEMO),
    "DELETE /demo/{code}": Row(P.MANAGE_DEMO),
    "GET /jobs/{job_id}": Row(P.READ),
    "POST /jobs/{job_id}/cancel": Row(P.READ),
}
SAMPLES = {
    "type": "customer",
    "entry_id": "a0",
    "kind_code": "customers",
    "dimension_code": "industry",
    "key": "revenue",
    "code": "carrier",
    "a": 1,
    "b": 1,
}


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
        "note_id": customers.write_note(by=BOSS, customer_id=foreign, text="x", now=noon).note.pk,
        "product_id": Product.objects.create(source="test", source_key="1", name="x").pk,
        "transaction_id": Transaction.objects.create(occurred_at=noon, kind="sale", amount=1, **own).pk,
        "invoice_id": Invoice.objects.create(issued_on=day, due_on=day, amount=1, **own).pk,
        "receipt_id": Receipt.objects.create(received_on=day, amount=1, **own).pk,
        "interaction_id": Interaction.objects.create(occurred_at=noon, kind="call", **own).pk,
        "opportunity_id": Opportunity.objects.create(
            name="x", amount=1, probability="0.5", expected_on=day, **own
        ).pk,
    }
    return World(users, mine, foreign, ids)


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
        if row.permission is P.RECORD_FACTS and "customer_id" in (row.body or {})
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
    secrets = ("7765", "zhangsan")

    leaks = []
    for name, _, answer in answers(client, world, world.foreign):
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if name != "POST /customers/{customer_id}/reveal" and any(one.encode() in content for one in secrets):
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
