"""The audit log as a list: filter, words, one record, pages, what is refused, and what nobody finds out."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import BooleanField, Func, Q, Value
from django.db.models.lookups import IsNull
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinzita.kernel import audit
from jinzita.kernel.access import system
from jinzita.kernel.audit import searching
from jinzita.kernel.errors import Invalid
from jinzita.kernel.models import AuditEntry
from jinzita.people import services

pytestmark = pytest.mark.django_db
API, BOSS = "/api/v1", system("test")


@pytest.fixture
def ann(django_user_model) -> int:
    """Lines of two colleagues, one a day from 1 March on."""
    ann, bob = (services.create_user(by=BOSS, username=name, role="reader")[0].pk for name in ("ann", "bob"))
    told = [
        (ann, "browser", "create", "customer", 7, None, {"name": "North"}),
        (ann, "key", "update", "customer", 7, None, {"phone": ["", "13812345678"]}),
        (bob, "browser", "update", "customer", 8, None, {"name": ["A", "B"]}),
        (bob, "browser", "read", "customers", None, [7, 8], {"fields": ["phone"]}),
        (ann, "browser", "export", "customers", None, None, {"format": "csv"}),
        (bob, "browser", "create", "contact", 7, None, {"name": "Wang"}),
    ]
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=datetime(2026, 3, day, 12, tzinfo=UTC), actor_id=actor, actor_name="somebody", via=via,
            action=action, subject_type=of, subject_id=pk, seen_ids=seen, changes=changes,
        )
        for day, (actor, via, action, of, pk, seen, changes) in enumerate(told, 1)
    )  # fmt: skip
    return ann


@pytest.fixture
def auditor(ann) -> Client:
    client = Client()
    client.force_login(services.create_user(by=BOSS, username="zoe", role="administrator")[0])
    return client


SPRING = {"all": [{"field": "at", "op": "between", "value": ["2026-03-01", "2026-03-31"]}]}


def days(client: Client, *conditions, tree=None, **query) -> list[int]:
    """The days of March whose lines fit, newest first."""
    parts = [dict(zip(("field", "op", "value"), one, strict=True)) for one in conditions]
    whole = {"all": [SPRING, *parts, *([tree] if tree else [])]}
    answer = client.get(f"{API}/audit", {"filter": json.dumps(whole), **query})
    assert answer.status_code == 200, answer.content
    return [datetime.fromisoformat(one["at"]).day for one in answer.json()["items"]]


def test_it_is_filtered_by_what_it_shows(auditor, ann):
    assert days(auditor) == [6, 5, 4, 3, 2, 1]
    assert days(auditor, ("actor", "eq", ann)) == [5, 2, 1]
    assert days(auditor, ("action", "in", ["create", "export"])) == [6, 5, 1]
    assert days(auditor, ("action", "ne", "update")) == [6, 5, 4, 1]
    assert days(auditor, ("via", "eq", "key")) == [2]
    assert days(auditor, ("at", "ge", "2026-03-05")) == [6, 5]
    assert days(auditor, ("at", "le", "2026-03-02")) == [2, 1]
    either = {"any": [{"field": "action", "op": "eq", "value": "export"},
                      {"all": [{"field": "actor", "op": "ne", "value": ann},
                               {"field": "action", "op": "eq", "value": "update"}]}]}  # fmt: skip
    assert days(auditor, tree=either) == [5, 3]


def test_a_kind_of_record_is_also_what_was_done_with_several(auditor):
    assert days(auditor, ("subject_type", "eq", "customer")) == [5, 4, 3, 2, 1]
    assert days(auditor, ("subject_type", "in", ["contact"])) == [6]
    assert days(auditor, ("subject_type", "ne", "customer")) == [6]


def test_one_record_is_found_also_among_others(auditor, ann):
    of_seven = ("subject_type", "eq", "customer"), ("subject_id", "eq", 7)
    assert days(auditor, *of_seven) == [4, 2, 1]
    assert days(auditor, ("subject_type", "in", ["customer"]), ("subject_id", "eq", 7)) == [4, 2, 1]
    assert days(auditor, *of_seven, ("actor", "eq", ann)) == [2, 1]
    assert days(auditor, *of_seven, q="north") == [1]
    assert days(auditor, subject_type="customer", subject_id=7, action="read") == [4]
    assert days(auditor, ("subject_id", "eq", 7)) == [6, 2, 1]
    # Said of either, the number is only what is written on the line.
    either = {
        "any": [
            {"field": "subject_id", "op": "eq", "value": 8},
            {"field": "action", "op": "eq", "value": "export"},
        ]
    }
    assert days(auditor, tree=either) == [5, 3]


def test_pages_go_on_by_cursor_and_by_number(auditor):
    for more in ({}, {"subject_type": "customer", "subject_id": 7}):
        whole = days(auditor, **more)
        assert days(auditor, limit=2, **more) + days(auditor, limit=2, offset=2, **more) == whole[:4]
        first = auditor.get(f"{API}/audit", {"filter": json.dumps(SPRING), "limit": 2, **more}).json()
        assert days(auditor, cursor=first["next"], **more) == whole[2:]


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        ({"field": "changes", "op": "contains", "value": "138"}, "unknown_field"),
        ({"field": "subject_id", "op": "eq", "value": 0}, "too_small"),
        ({"field": "subject_id", "op": "eq", "value": 10**30}, "above_maximum"),
        ({"field": "action", "op": "contains", "value": "x"}, "unknown_operator"),
    ],
)
def test_what_the_log_cannot_be_asked_is_said(auditor, tree, code):
    answer = auditor.get(f"{API}/audit", {"filter": json.dumps(tree)})
    assert answer.status_code == 422
    assert answer.json()["details"][0]["code"] == code


def test_it_opens_to_those_who_may_read_it(ann):
    client = Client()
    client.force_login(services.create_user(by=BOSS, username="sam", role="salesperson")[0])
    assert client.get(f"{API}/audit", {"filter": "nonsense"}).status_code == 403


def test_what_a_role_keeps_back_is_not_found_by_asking_for_it(auditor):
    assert days(auditor, q="13812345678") == [2]
    services.update_role(by=BOSS, code="reader", changes={"permissions": ["read", "read_audit"]})
    services.update_role(by=BOSS, code="reader", changes={"fields": {"customers.phone": "masked"}})
    client = Client()
    client.force_login(services.create_user(by=BOSS, username="max", role="reader")[0])
    assert days(client) == [6, 5, 4, 3, 2, 1]
    assert days(client, q="13812345678") == []
    assert days(client, q="export") == [5]


def test_a_search_that_takes_too_long_is_told_to_ask_for_less(ann, monkeypatch):
    monkeypatch.setattr(searching, "LONGEST_MS", 50)
    slow = Q(IsNull(Func(Value(1), function="pg_sleep", output_field=BooleanField()), False))
    with pytest.raises(Invalid) as refused:
        audit.entries(BOSS, fits=slow)
    assert refused.value.problems[0].code == "too_slow"
    # What follows in the same connection is not hurried.
    monkeypatch.setattr(searching, "LONGEST_MS", 5_000)
    assert audit.entries(BOSS, fits=Q(action="export"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_a_page_asks_the_same_however_many_lines_it_has(auditor):
    def asked(**query) -> int:
        with CaptureQueriesContext(connection) as found:
            days(auditor, **query)
        return len(found)

    first = asked(limit=6)
    for one in AuditEntry.objects.filter(at__year=2026, at__month=3):
        for _ in range(5):
            one.pk = None
            one.save(force_insert=True)
    assert asked(limit=36) == first
