"""Making, changing and giving away customers; standings in bulk; the timeline; exports."""

import csv
import io
import json
from datetime import date

import openpyxl
import pyarrow as pa
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from jinzita.customers import services, tasks
from jinzita.customers.events import CustomersChanged, OwnersChanged
from jinzita.customers.models import Customer, SearchKey, Standing
from jinzita.customers.tests.world import BOSS, get, key_client, made, patch, post
from jinzita.kernel.models import AuditEntry
from jinzita.people import services as people

NEW = {
    "name": " 哈尔滨冰城贸易有限公司 ",
    "phone": "0451-12345678",
    "attributes": {"region": "哈尔滨", "listed": False},
}


def test_a_new_customer_is_complete(company, news):
    answer = post(company.seller, "/customers", NEW)
    assert answer.status_code == 201
    shown = answer.json()
    assert shown["name"] == "哈尔滨冰城贸易有限公司"
    assert (shown["grade"], shown["score"], shown["source"]) == ("prospect", None, "manual")
    assert shown["region"] == "哈尔滨"
    assert shown["owner"]["name"] == "seller"
    assert shown["department"]["name"] == "North"
    assert get(company.seller, "/search", q="hebbcmy").json()[0]["id"] == shown["id"]
    assert get(company.seller, "/search", q="12345678").json()[0]["id"] == shown["id"]
    detail = get(company.manager, f"/customers/{shown['id']}").json()
    assert detail["counts"] == dict.fromkeys(
        ("transactions", "invoices", "receipts", "interactions", "opportunities"), 0
    )
    assert news == [CustomersChanged([shown["id"]], made=True)]
    line = AuditEntry.objects.get(subject_type="customer", subject_id=shown["id"])
    assert (line.action, line.actor_name) == ("create", "seller")


IMPOSSIBLE = [
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "a\x00"}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"name": None}, "name"),
    ({"kind": "dog"}, "kind"),
    ({"email": "nobody"}, "email"),
    ({"colour": "red"}, "colour"),
    ({"attributes": {"nothing": 1}}, "attributes.nothing"),
    ({"attributes": {"listed": "yes"}}, "attributes.listed"),
    ({"attributes": {"size": "gigantic"}}, "attributes.size"),
    ({"attributes": {"annual_sales": "1e99"}}, "attributes.annual_sales"),
    ({"attributes": {"region": "a\x00"}}, "attributes.region"),
    ({"attributes": {"region": ["a"]}}, "attributes.region"),
    ({"attributes": {"x\x00": 1}}, "attributes.x\x00"),
    ({"attributes": 5}, "attributes"),
    ({"owner_id": 10**9}, "owner_id"),
    ({"owner_id": 2**63}, "owner_id"),
    ({"source": "billing"}, "source_key"),
]


def test_what_cannot_be_is_refused_with_its_place(company):
    for changes, where in IMPOSSIBLE:
        answer = post(company.administrator, "/customers", {"name": "Fine", **changes})
        assert answer.status_code == 422, changes
        assert answer.json()["details"][0]["where"] == where, changes
        if where != "source_key":
            answer = patch(company.administrator, f"/customers/{company.mine}", changes)
            assert answer.status_code == 422, changes
    assert post(company.administrator, "/customers", {"name": "Fine"}).status_code == 201


def test_a_key_is_taken_once(company):
    body = {"name": "Twice", "source": "billing", "source_key": "1"}
    assert post(company.administrator, "/customers", body).status_code == 201
    assert post(company.administrator, "/customers", body).status_code == 409


def test_a_change_tells_what_changed(company, news):
    answer = patch(
        company.seller,
        f"/customers/{company.mine}",
        {"name": "华为技术", "attributes": {"region": "Shenzhen", "listed": None}, "phone": "139 0000 0000"},
    )
    assert answer.status_code == 200
    assert answer.json()["attributes"] == {"region": "Shenzhen"}
    assert [one["id"] for one in get(company.seller, "/search", q="huawei").json()] == [company.mine]
    assert get(company.seller, "/search", q="north light").json() == []
    line = AuditEntry.objects.filter(subject_type="customer", subject_id=company.mine).latest("id")
    assert line.changes["name"] == ["North Light Ltd", "华为技术"]
    assert news == [CustomersChanged([company.mine])]
    news.clear()
    assert patch(company.seller, f"/customers/{company.mine}", {"name": "华为技术"}).status_code == 200
    assert news == []


def test_the_department_follows_the_owner(company, news):
    seller, other = company.users["seller"], company.users["other_seller"]
    path = f"/customers/{company.mine}"
    assert patch(company.seller, path, {"owner_id": other.pk}).status_code == 403
    assert (
        patch(company.manager, path, {"owner_id": other.pk}).status_code == 403
    )  # not of the manager's people
    answer = patch(company.administrator, path, {"owner_id": other.pk})
    assert answer.json()["department"]["name"] == "South"
    assert get(company.seller, path).status_code == 404
    assert get(company.other_seller, path).status_code == 200
    assert OwnersChanged([company.mine], other.pk) in news
    people.update_user(by=BOSS, user_id=seller.pk, changes={"is_active": False})
    assert patch(company.administrator, path, {"owner_id": seller.pk}).status_code == 422


def test_another_owner_is_named_only_by_who_assigns(company, client):
    """A role that edits all customers neither takes one for itself nor gives one away, nor drops its own."""
    agent = people.create_user(by=BOSS, username="agent", role="service_agent")[0]
    desk = Client()
    desk.force_login(agent)
    path = f"/customers/{company.mine}"
    for who, owner in ((desk, agent.pk), (desk, None), (desk, company.users["other_seller"].pk),
                       (company.seller, None)):  # fmt: skip
        answer = patch(who, path, {"owner_id": owner})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert get(company.seller, path).json()["owner"]["name"] == "seller"
    owner = {who: next(one for one in get(who, "/fields/customers").json() if one["code"] == "owner")
             for who in (company.seller, company.manager)}  # fmt: skip
    assert [one["editable"] for one in owner.values()] == [False, True]
    # Nor by setting back a former owner.
    patch(company.administrator, path, {"owner_id": agent.pk})
    patch(company.administrator, path, {"owner_id": company.users["seller"].pk})
    changes = get(company.seller, f"{path}/changes", field="owner_id").json()["items"]
    assert not any(one["can_restore"] for entry in changes for one in entry["changes"])
    restored = post(desk, f"{path}/changes/{changes[0]['id']}/restore", {"field": "owner_id"})
    assert restored.status_code == 403

    boss = company.users["administrator"]
    for scopes, status in (
        (["read", "customers:write"], 403),
        (["read", "customers:write", "customers:assign"], 200),
    ):
        answer = client.patch(
            f"/api/v1{path}", json.dumps({"owner_id": agent.pk}), content_type="application/json",
            **key_client(boss, scopes),
        )  # fmt: skip
        assert answer.status_code == status, scopes


def test_hidden_customers_are_not_found(company):
    for number in (company.theirs, 10**9, 2**63 - 1):
        path = f"/customers/{number}"
        assert get(company.seller, path).status_code == 404
        assert patch(company.seller, path, {"name": "x"}).status_code == 404
        assert get(company.seller, path + "/timeline").status_code == 404
    for number in (0, -1, 2**63, "x"):
        assert get(company.seller, f"/customers/{number}").status_code == 422


def test_a_reader_writes_nothing_and_takes_nothing_out(company):
    assert post(company.reader, "/customers", {"name": "x"}).status_code == 403
    assert patch(company.reader, f"/customers/{company.mine}", {"name": "x"}).status_code == 403
    assert get(company.reader, "/customers/export").status_code == 403


def test_nobody_signed_in_sees_anything(company, client):
    for path in (
        "/customers", "/customers/count", "/customers/export", f"/customers/{company.mine}", "/search?q=a",
        f"/customers/{company.mine}/timeline", "/fields/customers", "/attributes", "/products",
    ):  # fmt: skip
        assert client.get(f"/api/v1{path}").status_code == 401, path


def test_a_key_may_what_its_scopes_say(company, client):
    read = key_client(company.users["administrator"], ["read"])
    write = key_client(company.users["administrator"], ["read", "customers:write"])
    assert client.get("/api/v1/customers", **read).status_code == 200
    assert client.get("/api/v1/customers/export", **read).status_code == 403
    assert post(client, "/customers", {"name": "x"}, **read, HTTP_IDEMPOTENCY_KEY="1").status_code == 403
    assert post(client, "/customers", {"name": "x"}, **write).status_code == 422
    first = post(client, "/customers", {"name": "x"}, **write, HTTP_IDEMPOTENCY_KEY="2")
    again = post(client, "/customers", {"name": "x"}, **write, HTTP_IDEMPOTENCY_KEY="2")
    assert first.status_code == 201
    assert first.json() == again.json()
    assert Customer.objects.filter(name="x").count() == 1


def test_declared_fields(company):
    kinds = (
        "customers", "products", "transactions", "transaction_lines", "invoices", "receipts", "interactions",
        "opportunities",
    )  # fmt: skip
    for kind in kinds:
        shown = get(company.reader, f"/fields/{kind}").json()
        assert all(one["label"]["en"] and one["label"]["zh"] for one in shown), kind
        assert len({one["code"] for one in shown}) == len(shown)
    assert get(company.reader, "/fields/nothing").status_code == 404
    codes = {one["code"] for one in get(company.reader, "/fields/customers").json()}
    assert {"name", "grade", "score", "attributes.region"} <= codes
    assert "region" in {one["code"] for one in get(company.reader, "/attributes").json()}


def test_standings_in_bulk_change_only_what_differs(company):
    ids = [company.mine, company.theirs, made("Third")]
    rows = [
        (ids[0], 81.25, "vip"),
        (ids[1], None, "prospect"),
        (ids[2], 0.1 + 0.2, "small"),
        (10**9, 5.0, "small"),
    ]
    arrow = pa.record_batch(
        {
            "grade": [row[2] for row in rows],
            "customer_id": [row[0] for row in rows],
            "score": [row[1] for row in rows],
        }
    )
    assert services.record_standings(batches=iter([arrow]), as_of=date(2024, 6, 1)) == 3
    assert services.record_standings(batches=[rows[:2], rows[2:]], as_of=date(2024, 6, 1)) == 0
    found = dict(Standing.objects.filter(pk__in=ids).values_list("pk", "score"))
    assert found == {ids[0]: 81.25, ids[1]: None, ids[2]: 0.1 + 0.2}
    assert services.record_standings(batches=[], as_of=date(2024, 6, 2)) == 0


def test_a_grade_put_above_the_computed_one_stays_while_that_moves(company):
    told = {"id": 1, "reason": "x", "until": "2024-12-31", "asked_by": "a", "approved_by": "b"}
    day = date(2024, 6, 1)
    services.record_standing(customer_id=company.mine, score=10, grade="small", as_of=day)
    assert services.override_grade(customer_id=company.mine, grade="vip", told=told) == ("small", "vip")
    assert services.record_standings(batches=[[(company.mine, 50.0, "ordinary")]], as_of=day) == 1
    assert services.record_standings(batches=[[(company.mine, 50.0, "ordinary")]], as_of=day) == 0
    one = get(company.reader, f"/customers/{company.mine}").json()
    assert (one["grade"], one["computed_grade"], one["score"]) == ("vip", "ordinary", 50.0)
    assert one["override"] == told
    above = services.record_standing(customer_id=company.mine, score=70, grade="important", as_of=day)
    assert above == "vip"
    overridden = '{"field": "computed_grade", "op": "is_null", "value": false}'
    for filter in (overridden, '{"field": "grade", "op": "eq", "value": "vip"}'):
        found = get(company.reader, "/customers", filter=filter).json()["items"]
        assert [row["id"] for row in found if row["override"]] == [company.mine], filter
    assert services.end_override(customer_id=company.mine) == ("vip", "important")
    assert get(company.reader, f"/customers/{company.mine}").json()["override"] is None


def test_customers_written_in_bulk_are_completed(company):
    new = Customer.objects.bulk_create(
        Customer(source="t", source_key=str(i), name=name)
        for i, name in enumerate(["a\\b", "c\td", "长安\r\n汽车"])
    )
    services.complete_new([one.pk for one in new])
    services.complete_new([one.pk for one in new])
    assert Standing.objects.filter(pk__in=[one.pk for one in new], grade="prospect").count() == 3
    assert SearchKey.objects.get(pk=new[0].pk).text == "\na\\b\n"
    assert SearchKey.objects.get(pk=new[2].pk).sort == "changan qiche"
    assert get(company.reader, "/search", q="a\\b").json()[0]["id"] == new[0].pk


def test_an_owners_move_takes_the_customers_along(company, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    seller, south = company.users["seller"], company.users["other_seller"].department_id
    people.update_user(by=BOSS, user_id=seller.pk, changes={"department_id": south})
    job = ProcrastinateJob.objects.get(task_name="customers.follow_owner")
    tasks.follow_owner(**job.args)
    assert get(company.manager, f"/customers/{company.mine}").status_code == 404
    assert get(company.seller, f"/customers/{company.mine}").json()["department"]["name"] == "South"
    assert services.follow_owner(by=BOSS, owner_id=seller.pk) == 0
    people.update_user(by=BOSS, user_id=seller.pk, changes={"department_id": None})
    assert services.follow_owner(by=BOSS, owner_id=seller.pk) == 1


def _facts(company, customer_id):
    client = company.administrator
    for day in range(1, 4):
        moment = {"customer_id": customer_id, "occurred_at": f"2024-05-0{day}T00:00:00+08:00"}
        assert post(client, "/transactions", {**moment, "amount": day, "note": f"n{day}"}).status_code == 201
        assert (
            post(client, "/interactions", {**moment, "kind": "visit", "subject": f"v{day}"}).status_code
            == 201
        )
        bill = {
            "customer_id": customer_id,
            "issued_on": f"2024-05-0{day}",
            "due_on": "2024-06-01",
            "amount": day,
        }
        assert post(client, "/invoices", bill).status_code == 201
        paid = {"customer_id": customer_id, "received_on": f"2024-05-0{day}", "amount": day}
        assert post(client, "/receipts", paid).status_code == 201
        deal = {"customer_id": customer_id, "name": f"d{day}", "amount": day, "probability": "0.5"}
        assert post(client, "/opportunities", {**deal, "closed_on": f"2024-05-0{day}"}).status_code == 201


def test_the_timeline_merges_everything_by_time(company):
    _facts(company, company.mine)
    _facts(company, company.theirs)
    door, facts = (
        f"/customers/{company.mine}/timeline",
        "interaction,invoice,opportunity,receipt,transaction",
    )
    assert get(company.seller, door).json()["items"][0]["title"] == "create"
    whole = get(company.seller, door, kinds=facts).json()
    assert len(whole["items"]) == 15
    assert whole["next"] is None
    # All these happened at the same instant of each day: then they stand by kind, the newest id first.
    assert [one["kind"] for one in whole["items"][:5]] == [
        "interaction",
        "invoice",
        "opportunity",
        "receipt",
        "transaction",
    ]
    assert {one["at"] for one in whole["items"][:5]} == {"2024-05-02T16:00:00Z"}
    assert whole["items"][4]["title"] == "n3"
    assert whole["items"][4]["amount"] == "3.0000"
    assert whole["items"][0]["by"] == "administrator"
    for limit in (1, 2, 4, 7):
        found, cursor = [], None
        while True:
            query = {"limit": limit, "kinds": facts} | ({"cursor": cursor} if cursor else {})
            page = get(company.seller, door, **query).json()
            found += page["items"]
            if (cursor := page["next"]) is None:
                break
        assert found == whole["items"]
    some = get(company.seller, f"/customers/{company.mine}/timeline", kinds="receipt,transaction").json()
    assert {one["kind"] for one in some["items"]} == {"receipt", "transaction"}
    for bad in ({"kinds": "nothing"}, {"cursor": "x"}, {"cursor": "WzEsMiwzXQ"}, {"limit": 0}):
        assert get(company.seller, f"/customers/{company.mine}/timeline", **bad).status_code == 422


@pytest.mark.parametrize("role", ["administrator", "manager", "seller"])
def test_a_customers_page_asks_few_queries(company, role):
    _facts(company, company.mine)
    client = getattr(company, role)
    doors = ("", "/timeline", "/transactions", "/invoices", "/receipts", "/interactions", "/opportunities")
    for door in doors:
        with CaptureQueriesContext(connection) as asked:
            assert get(client, f"/customers/{company.mine}{door}").status_code == 200
        # The page itself: session, user, departments, teams joined, customer, attributes, classes, team,
        # merged ones, whether not to contact, what formulas keep back, counts.
        assert len(asked) <= (13 if door == "" else 10), (door, [one["sql"] for one in asked])


def test_an_export_is_the_list_in_words_and_harmless(company):
    made('=cmd|"/c calc"!A1', phone="+86 1", score=12.5, grade="small", attributes={"listed": True})
    made('逗号,引号"换行\n完', score=99.0, grade="vip")
    answer = get(
        company.seller, "/customers/export", fields="name,grade,score,phone,attributes.listed", language="zh"
    )
    assert list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))) == [
        ["名称", "价值等级", "价值得分", "电话", "上市公司"],
        ["North Light Ltd", "潜在客户", "", "", ""],
    ]
    fields = "name,grade,score,phone,attributes.listed"
    answer = get(company.administrator, "/customers/export", fields=fields, bom=False)
    assert list(csv.reader(io.StringIO(answer.getvalue().decode(), newline="")))[1:3] == [
        ['逗号,引号"换行\n完', "VIP", "99.0", "", ""],
        ['\'=cmd|"/c calc"!A1', "Small", "12.5", "'+86 1", "yes"],
    ]
    line = AuditEntry.objects.filter(action="export").latest("id")
    assert (line.subject_type, line.changes["format"]) == ("customers", "csv")


def test_an_export_as_a_workbook(company):
    made("=1+1", score=12.5, grade="small")
    answer = get(
        company.administrator, "/customers/export", format="xlsx", fields="name,score,created_at", sort="name"
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active.values)
    assert rows[0] == ("Name", "Score", "Created")
    assert [row[:2] for row in rows[1:]] == [
        ("'=1+1", 12.5),
        ("North Light Ltd", None),
        ("South Sea Ltd", None),
    ]
    for bad in ({"format": "pdf"}, {"fields": "password"}, {"filter": "{"}, {"sort": "nothing"}):
        assert get(company.administrator, "/customers/export", **bad).status_code == 422


def test_an_export_streams_from_the_asynchronous_server(company):
    async def read() -> bytes:
        client = AsyncClient()
        await sync_to_async(client.force_login)(company.users["administrator"])
        answer = await client.get("/api/v1/customers/export", {"fields": "name", "sort": "name"})
        return b"".join([chunk async for chunk in answer.streaming_content])

    text = async_to_sync(read)().decode("utf-8-sig")
    assert text.split("\r\n") == ["Name", "North Light Ltd", "South Sea Ltd", ""]


def test_tags_that_a_merge_left_too_many_go_one_by_one(company):
    many = [f"t{n}" for n in range(60)]
    Customer.objects.filter(pk=company.mine).update(tags=many)
    path = f"/customers/{company.mine}"
    assert patch(company.seller, path, {"tags": [*many, "x"]}).status_code == 422
    assert patch(company.seller, path, {"tags": [*many[1:], "x"]}).status_code == 422
    assert patch(company.seller, path, {"tags": many[1:]}).json()["tags"] == many[1:]
    assert patch(company.seller, path, {"tags": [*many[:49], "x"]}).status_code == 200
