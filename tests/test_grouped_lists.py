"""Every list in groups: each tells as many rows as opening it finds, and tells them to those who see them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.assignment import services as assignment
from jinzita.assignment.models import PoolWarning
from jinzita.customers import services
from jinzita.customers.models import Ownership
from jinzita.customers.selectors.contact_groups import grouped_contacts
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company
from jinzita.kernel.access import FieldAccess
from jinzita.kernel.errors import Invalid
from jinzita.treatment.models import Duty
from tests.duties import START, at, customer, publish

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
# Which doors answer in groups, and the list of fields each is of.
LISTS = {
    "/customers": "customers", "/contacts": "contacts", "/duties": "duties", "/pool": "pool",
    "/pool/warnings": "pool_warnings", "/trash": "trash", "/accounts": "users", "/imports": "imports",
}  # fmt: skip


@pytest.fixture
def company(db: None) -> Company:
    """Something in every list: of several people, grades and states, with and without a value."""
    company = make_company()
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    version = publish(START, vip={"visit_days": 30})
    for name, owner, state in (("VIP 甲", "seller", "due"), ("VIP 乙", "other_seller", "missed")):
        one = customer(company, name, owner=owner)
        Duty.objects.create(
            customer_id=one, item="visit", grade="vip", version=version, owner=company.users[owner], span=30,
            opened_on=START, counts_from=START, due_on=at(30), due_at=at(30), state=state,
        )  # fmt: skip
    for name, owner_id, tags in (
        ("甲", seller, ["峰会"]),
        ("乙", other, ["峰会", "老客户"]),
        ("丙", None, []),
    ):
        pk = made(f"标签{name}", owner_id=owner_id, tags=tags)
        services.create_contact(
            by=BOSS, name=name, positions=[{"customer_id": pk, "role": "user"}], today=DAY
        )
        gone = made(f"废弃{name}", owner_id=owner_id)
        services.trash_customer(by=BOSS, customer_id=gone, now=datetime(2026, 3, 1, tzinfo=UTC))
        free = made(f"公海{name}", owner_id=seller)
        assignment.pool.release(by=BOSS, customer_id=free, why="moved away")
    for cause, pk in (("no_contact", company.mine), ("no_deal", company.theirs)):
        PoolWarning.objects.create(
            customer_id=pk, ownership=Ownership.objects.get(customer_id=pk, until=None), cause=cause,
            due_on=date(2030, 1, 5), warned_on=date(2029, 12, 29),
        )  # fmt: skip
    return company


def groups(client, path, by, **query):
    answer = get(client, f"{path}/groups", by=by, **query)
    assert answer.status_code == 200, (path, by, answer.content)
    return {one["value"]: one["count"] for one in answer.json()}


def opening(field, value):
    """The condition of the rows of a group, as the browser asks for them."""
    op = "is_null" if value is None else {"choice": "in", "choices": "has_any"}.get(field["type"], "eq")
    if field["code"] == "tags" and value is not None:
        op = "has_any"
    asked = True if value is None else [value] if op in ("in", "has_any") else value
    return {"field": field["code"], "op": op, "value": asked}


@pytest.mark.parametrize("path", [path for path in LISTS if path != "/imports"])
@pytest.mark.parametrize("who", ["administrator", "seller"])
def test_a_group_tells_as_many_as_it_holds(company, path, who):
    client = getattr(company, who)
    if get(client, path).status_code == 403:
        assert get(client, f"{path}/groups", by="grade").status_code == 403
        return
    fields = [one for one in get(client, f"/fields/{LISTS[path]}").json() if one["groupable"]]
    assert fields
    rows = get(client, f"{path}/count").json()["count"]
    assert rows
    for field in fields:
        found = groups(client, path, field["code"])
        assert sum(found.values()) >= rows, field["code"]
        for value, count in found.items():
            asked = json.dumps(opening(field, value))
            held = get(client, f"{path}/count", filter=asked).json()["count"]
            assert held == count, (field["code"], value)


def test_a_group_is_told_in_words_and_to_those_who_see_its_rows(company):
    assert get(company.administrator, "/duties/groups", by="state").json() == [
        {"value": "due", "label": {"en": "Due", "zh": "待履行"}, "count": 1},
        {"value": "missed", "label": {"en": "Missed", "zh": "逾期"}, "count": 1},
    ]
    assert groups(company.seller, "/duties", "state") == {"due": 1}
    assert groups(company.administrator, "/pool/warnings", "cause") == {"no_contact": 1, "no_deal": 1}
    assert groups(company.seller, "/pool/warnings", "cause") == {"no_contact": 1}
    assert groups(company.administrator, "/duties", "waits") == {True: 2}
    assert groups(company.administrator, "/duties", "state", filter=json.dumps(
        {"field": "state", "op": "eq", "value": "missed"}
    )) == {"missed": 1}  # fmt: skip
    assert groups(company.administrator, "/trash", "trashed_by") == {None: 3}
    assert groups(company.administrator, "/customers", "tags", q="标签") == {"峰会": 2, "老客户": 1, None: 1}


def test_people_are_counted_in_the_departments_above_theirs(company):
    north = company.users["seller"].department_id
    told = get(company.administrator, "/accounts/groups", by="department").json()
    assert {"value": north, "label": {"en": "North", "zh": "North"}, "count": 2} in told
    assert {"value": None, "label": None, "count": 2} in told


def test_what_is_each_rows_own_or_kept_back_makes_no_groups(company):
    for path, by in (
        ("/pool", "name"), ("/duties", "due_at"), ("/imports", "name"), ("/accounts", "email"),
        ("/trash", "trashed_at"), ("/customers", "attributes.unknown"),
    ):  # fmt: skip
        answer = get(company.administrator, f"{path}/groups", by=by)
        assert (answer.status_code, answer.json()["details"][0]["where"]) == (422, "by"), path
    boss = company.viewer("administrator")
    assert grouped_contacts(boss, by="department")
    for access in (FieldAccess.MASKED, FieldAccess.HIDDEN):
        with pytest.raises(Invalid):
            grouped_contacts(replace(boss, fields={"contacts.department": access}), by="department")


def test_groups_cost_the_same_however_many_they_are(company):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            groups(company.administrator, "/customers", "tags")
            groups(company.administrator, "/customers", "owner")
        return len(asked)

    few = queries()
    for number in range(20):
        made(f"又{number}", tags=[f"标签{number}"])
    assert queries() == few


def test_a_view_is_grouped_by_what_makes_groups(company):
    def keep(by):
        body = {"kind": "duties", "name": by, "content": {"group_by": by}}
        return company.seller.post("/api/v1/views", json.dumps(body), content_type="application/json")

    assert keep("owner").status_code == 201
    assert keep("done_at").status_code == 422
