"""Saved views: private, shared, pinned, the one to begin with; and the audit log searched."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from jinzita.kernel import audit, personal
from jinzita.kernel.access import system
from jinzita.kernel.models import AuditEntry
from jinzita.people import services

BOSS = system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(client):
    north = services.create_department(by=BOSS, name="North")
    below = services.create_department(by=BOSS, name="Below", parent_id=north.pk)
    found = {"north": north}
    for name, role, department in (
        ("manager", "manager", north.pk), ("seller", "salesperson", below.pk), ("reader", "reader", None),
        ("administrator", "administrator", None), ("marketer", "marketer", None),
    ):  # fmt: skip
        user, _ = services.create_user(by=BOSS, username=name, role=role, department_id=department)
        found[name] = Client()
        found[name].force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return found


def send(client, method, path, body=None):
    return client.generic(method, f"/api/v1{path}", json.dumps(body or {}), content_type="application/json")


def names(client) -> list[str]:
    return [one["name"] for one in client.get("/api/v1/views?kind=customers").json()["items"]]


def test_views_are_private_until_shared(people):
    body = {"kind": "customers", "name": "Mine", "content": {"filter": None, "sort": "-score", "columns": []}}
    made = send(people["manager"], "POST", "/views", body)
    assert made.status_code == 201, made.content
    path = f"/views/{made.json()['id']}"
    assert (made.json()["mine"], made.json()["shared"]) == (True, "private")
    assert names(people["seller"]) == names(people["administrator"]) == []
    assert send(people["seller"], "PATCH", path, {"name": "x"}).status_code == 404
    shared = {"shared": "department", "department_id": people["north"].pk}
    assert send(people["manager"], "PATCH", path, shared).status_code == 200
    assert (names(people["seller"]), names(people["reader"])) == (["Mine"], [])
    assert send(people["manager"], "PATCH", path, {"shared": "role", "role": "reader"}).status_code == 200
    assert (names(people["seller"]), names(people["reader"])) == ([], ["Mine"])
    assert send(people["manager"], "PATCH", path, {"shared": "everybody"}).status_code == 200
    assert names(people["seller"]) == ["Mine"]
    assert send(people["seller"], "PATCH", path, {"name": "x"}).status_code == 403
    assert send(people["administrator"], "PATCH", path, {"name": "Ours"}).status_code == 200
    for wrong in (
        {"shared": "role", "role": "nobody"},
        {"shared": "department"},
        {"content": {"x": 1}},
        {"name": " "},
    ):
        assert send(people["manager"], "PATCH", path, wrong).status_code == 422, wrong
    assert send(people["seller"], "DELETE", path).status_code == 403
    assert send(people["manager"], "DELETE", path).status_code == 204
    assert send(people["seller"], "POST", "/views", {**body, "shared": "everybody"}).status_code == 403


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("kind", {"kind": "stars"}),
        ("content.columns[1]", {"content": {"columns": [{"code": "name"}, {"code": "wings"}]}}),
        ("content.columns[0]", {"content": {"columns": [{"code": "name", "width": -1}]}}),
        ("content.columns[0]", {"content": {"columns": ["name"]}}),
        ("sort", {"content": {"sort": "-wings"}}),
        ("content.group_by", {"content": {"group_by": "wings"}}),
        ("content.q", {"content": {"q": 7}}),
        ("filter.field", {"content": {"filter": {"field": "wings", "op": "eq", "value": 1}}}),
        # A part in decisions is asked of contacts, not of customers.
        ("filter.field", {"content": {"filter": {"field": "role", "op": "in", "value": ["user"]}}}),
    ],
)
def test_a_view_says_what_its_list_can_show(people, where, change):
    answer = send(people["manager"], "POST", "/views", {"kind": "customers", "name": "x", **change})
    assert (answer.status_code, answer.json()["details"][0]["where"]) == (422, where)


def test_a_view_tells_nothing_of_what_is_kept_back(people):
    def shared(name, content):
        body = {"kind": "customers", "name": name, "content": content, "shared": "everybody"}
        made = send(people["manager"], "POST", "/views", body)
        assert made.status_code == 201, made.content
        return made.json()["id"]

    phone = {"field": "phone", "op": "eq", "value": "13800000000"}
    told = shared("By phone", {"filter": {"all": [phone]}})
    shared("Phones", {"columns": [{"code": "name"}, {"code": "phone"}], "sort": "-score"})
    assert names(people["seller"]) == ["By phone", "Phones"]
    assert names(people["marketer"]) == ["Phones"]
    assert send(people["marketer"], "PUT", f"/views/{told}/mine", {"pinned": True}).status_code == 404


def test_columns_kept_back_are_left_out_and_stay_for_others(people, administrator):
    services.create_role(
        by=administrator, given={"label_en": "Clerk", "fields": {"contacts.title": "hidden"}},
        copy_of="administrator",
    )  # fmt: skip
    user, _ = services.create_user(by=BOSS, username="clerk", role="clerk")
    clerk = Client()
    clerk.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    content = {"columns": [{"code": "name"}, {"code": "title"}], "group_by": "title", "sort": "name"}
    body = {"kind": "contacts", "name": "Titles", "content": content, "shared": "everybody"}
    pk = send(people["manager"], "POST", "/views", body).json()["id"]
    seen = clerk.get("/api/v1/views?kind=contacts").json()["items"][0]["content"]
    assert seen == {"columns": [{"code": "name"}], "group_by": None, "sort": "name"}
    assert send(clerk, "PATCH", f"/views/{pk}", {"name": "Posts"}).status_code == 200
    kept = people["seller"].get("/api/v1/views?kind=contacts").json()["items"][0]
    assert (kept["name"], kept["content"]) == ("Posts", content)


def test_a_view_of_the_log_is_for_those_who_may_read_it(people):
    exports = {"all": [
        {"field": "action", "op": "eq", "value": "export"},
        {"field": "at", "op": "ge", "value": "2026-01-01"},
    ]}  # fmt: skip
    body = {"kind": "audit", "name": "Exports", "content": {"filter": exports}, "shared": "everybody"}
    made = send(people["administrator"], "POST", "/views", body)
    assert made.status_code == 201, made.content
    path = f"/views/{made.json()['id']}"
    assert send(people["manager"], "POST", "/views", body).status_code == 403
    for who, seen in (("administrator", 1), ("manager", 0), ("seller", 0)):
        assert len(people[who].get("/api/v1/views?kind=audit").json()["items"]) == seen
    assert send(people["seller"], "PUT", f"{path}/mine", {"pinned": True}).status_code == 404
    assert send(people["seller"], "GET", "/fields/audit").status_code == 403
    # What the log is asked is asked of no customer, and the other way round.
    for kind, filter in (("customers", exports), ("audit", {"field": "grade", "op": "eq", "value": "vip"})):
        wrong = {"kind": kind, "name": "x", "content": {"filter": filter}}
        assert send(people["administrator"], "POST", "/views", wrong).status_code == 422


def test_pinned_and_the_one_to_begin_with(people):
    ids = [
        send(people["seller"], "POST", "/views", {"kind": "customers", "name": name}).json()["id"]
        for name in "ab"
    ]
    for pk in ids:
        answer = send(people["seller"], "PUT", f"/views/{pk}/mine", {"pinned": True, "is_default": True})
        assert (answer.json()["pinned"], answer.json()["is_default"]) == (True, True)
    shown = people["seller"].get("/api/v1/views?kind=customers").json()["items"]
    assert [one["is_default"] for one in shown] == [False, True]


def test_the_log_is_searched(people):
    audit.record(by=BOSS, action="export", subject_type="customers", changes={"format": "csv"})
    audit.record(by=BOSS, action="verify", subject_type="customer", subject_id=7)
    client = people["administrator"]

    def found(query: str) -> list[str]:
        return [one["action"] for one in client.get(f"/api/v1/audit?{query}").json()["items"]]

    assert found("action=export") == ["export"]
    assert found("subject_type=customer&subject_id=7") == ["verify"]
    assert found("q=CSV") == ["export"]
    assert found("from=2100-01-01") == []
    assert "export" in found("to=2100-01-01")
    assert found("actor=123456") == []


def test_the_log_is_never_altered():
    line = audit.record(
        by=BOSS, action="update", subject_type="customer", subject_id=7, changes={"phone": ["1", "2"]}
    )
    for work in (
        lambda: AuditEntry.objects.filter(pk=line.pk).update(action="x"),
        lambda: AuditEntry.objects.filter(pk=line.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            work()
    assert personal.erase_lines(by=BOSS, subject_type="customer", subject_ids=[7], names=["phone"]) == 1
    line.refresh_from_db()
    assert line.changes == {}
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_auditentry SET action = 'x'")
