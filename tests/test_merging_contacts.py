"""Merging contacts: their places, channels and whatever names them follow, and come apart again."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services
from jinzita.customers.models import Channel, Contact, ContactsApart, Merge, Position
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.services import contacts_apart, merging
from jinzita.customers.services.erasure.people import erase_contact
from jinzita.customers.services.loading.contacts import load_contacts
from jinzita.customers.tests.world import BOSS, get, made, make_company, patch, post
from jinzita.kernel.errors import Forbidden, Invalid, NotFound
from jinzita.kernel.models import AuditEntry
from tests.test_merging import NOW, unmerge

pytestmark = pytest.mark.django_db
TABLES = ("customers_contact", "customers_position", "customers_channel", "customers_contactkey")


@pytest.fixture
def company():
    return make_company()


def contact(name: str, *customers: int, role: str = "", **fields) -> int:
    positions = [{"customer_id": one, "role": role} for one in customers]
    return services.create_contact(
        by=BOSS, name=name, positions=positions, today=NOW.date(), **fields
    ).pk  # fmt: skip


def merge(survivor: int, *others: int, **more) -> Merge:
    return merging.merge(by=BOSS, what="contact", survivor_id=survivor, ids=[survivor, *others], **more)


def everything() -> dict[str, list[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT (to_jsonb(t) - 'updated_at' - 'version')::text FROM {table} t")
            found[table] = sorted(row for (row,) in cursor.fetchall())
    return found


def test_places_channels_and_names_follow_and_come_back():
    here, there, third = made("Acme"), made("Bolt"), made("Core")
    a = contact("王建国", here, there, phone="13800138000", tags=["峰会"])
    b = contact(
        "王建国（采购）",
        here,
        third,
        role="purchaser",
        tags=["老客户", "峰会"],
        phone="13900139000",
        email="wang@acme.cn",
    )
    c = contact("Wang Jianguo", third, title="Buyer")
    before = everything()
    one = merge(a, b, c, choices={"title": {"value": "采购经理"}})
    survivor = Contact.objects.get(pk=a)
    assert (survivor.phone, survivor.email, survivor.title) == ("13800138000", "wang@acme.cn", "采购经理")
    assert survivor.tags == ["峰会", "老客户"]
    seats = Position.objects.filter(contact=a).values_list("customer_id", "role", "is_primary")
    assert sorted(seats) == [
        (here, "purchaser", True), (there, "", False), (third, "purchaser", False),
    ]  # fmt: skip
    assert list(Channel.objects.filter(contact=a).values_list("value", flat=True)) == ["13900139000"]
    assert one.counts == {"customers_position": 1}
    assert list(visible_contacts(BOSS).values_list("pk", flat=True)) == [a]
    unmerge(one)
    assert everything() == before


def test_whatever_names_a_contact_follows():
    a, b = contact("Ann", made("Acme")), contact("Ann Lee", made("Bolt"))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE future_card (id bigserial PRIMARY KEY, who_id bigint REFERENCES customers_contact)"
        )
        cursor.execute("INSERT INTO future_card (who_id) VALUES (%s)", [b])
        one = merge(a, b)
        cursor.execute("SELECT who_id FROM future_card")
        assert cursor.fetchall() == [(a,)]
        unmerge(one)
        cursor.execute("SELECT who_id FROM future_card")
        assert cursor.fetchall() == [(b,)]


def test_the_api_from_side_by_side_to_taking_apart(company):
    admin = company.administrator
    a = contact("李雷", company.mine, phone="13800138000")
    b = contact("李蕾", company.mine, company.theirs, email="li@acme.cn")
    seen = get(admin, "/contacts/merge-preview", ids=f"{a},{b}").json()
    assert seen["survivor_id"] == b  # more is known of it
    assert [one["name"] for one in seen["records"]] == ["李雷", "李蕾"]
    rows = {one["field"]["code"]: one for one in seen["fields"]}
    assert rows["name"]["differs"]
    assert rows["phone"]["proposed"] == a
    assert [one["counts"] for one in seen["references"]] == [[1, 2]]
    body = {"survivor_id": a, "ids": [a, b], "choices": {"name": b}}
    done = post(admin, "/contacts/merge", body)
    assert done.status_code == 200
    assert (done.json()["what"], done.json()["survivor"]["name"]) == ("contact", "李蕾")
    path = f"/merges/{done.json()['id']}"
    found = get(admin, f"/contacts/{b}").json()
    assert (found["id"], [one["name"] for one in found["merged_from"]]) == (a, ["李蕾"])
    moved = patch(admin, f"/contacts/{b}", {"title": "x"})
    assert (moved.status_code, moved["Location"]) == (308, f"/api/v1/contacts/{a}")
    assert [one["id"] for one in get(admin, "/contacts").json()["items"]] == [a]
    assert [one["id"] for one in get(admin, "/search", q="李雷").json()] == [a]
    assert [one["id"] for one in get(admin, "/merges", contact_id=b).json()["items"]] == [done.json()["id"]]
    assert get(admin, f"{path}/undo-preview").json()["fields"][0]["code"] in ("name", "email")
    assert post(admin, f"{path}/undo", {}).status_code == 200
    assert get(admin, f"/contacts/{b}").json()["id"] == b


def test_who_may_not(company):
    a, b = contact("Ann", company.mine), contact("Ann", company.mine)
    hidden = contact("Ann", company.theirs)
    ids = {"what": "contact", "survivor_id": a, "ids": [a, b]}
    with pytest.raises(Forbidden):
        merging.merge(by=company.viewer("seller"), **ids)
    with pytest.raises(NotFound):
        merging.merge(by=company.viewer("manager"), what="contact", survivor_id=a, ids=[a, hidden])
    with pytest.raises(Invalid) as error:
        merge(a, b, choices={"phone": {"value": "abc"}})
    assert error.value.problems[0].where == "phone"
    one = merging.merge(by=company.viewer("manager"), **ids)
    assert get(company.other_seller, f"/merges/{one.pk}").status_code == 404
    assert get(company.other_seller, f"/contacts/{b}").status_code == 404
    assert get(company.seller, f"/contacts/{b}").json()["id"] == a


def test_what_the_source_says_later_goes_on_to_the_survivor():
    customer = made("Acme", source="crm", source_key="C")
    a = contact("Ann", customer)
    b = contact("Ann Lee", customer, source="crm", source_key="1", title="Buyer")
    merge(a, b)

    def load(**row):
        line = {"source_key": "1", "customer": "C", "name": "Ann Lee", "title": "Buyer", "number": 1, **row}
        table = pa.table({name: [value] for name, value in line.items()})
        return load_contacts(by=BOSS, source="crm", rows=table)

    load(title="Head of buying", role="finance")
    survivor = Contact.objects.get(pk=a)
    assert (survivor.name, survivor.title) == ("Ann", "Head of buying")
    assert list(Position.objects.values_list("contact_id", "role")) == [(a, "finance")]
    load(name="Ann Lee-Smith", title="Head of buying")
    assert Contact.objects.get(pk=a).name == "Ann Lee-Smith"


def test_contacts_that_may_be_one_are_told_with_what_they_share(company):
    here = company.mine
    a = contact("王 建国", here, phone="138 0013 8000")
    b = contact("王建国", here)
    c = contact("Wang", here, phone="+86 13800138000")
    for number in range(4):  # the company's own number tells nobody
        contact(f"Person {number}", here, phone="010-88886666")
    contact("王建国", company.theirs)
    admin = company.administrator
    found = get(admin, f"/customers/{here}/contacts/alike").json()
    assert [([one["id"] for one in each["contacts"]], each["shared"]) for each in found] == [
        ([a, b, c], ["name", "phone"])
    ]
    assert get(admin, f"/contacts/{c}/alike").json() == found
    assert get(company.other_seller, f"/customers/{here}/contacts/alike").status_code in (403, 404)
    merge(a, b, c)
    assert get(admin, f"/customers/{here}/contacts/alike").json() == []


def test_the_trash_holds_contacts_until_they_are_purged(company):
    admin = company.administrator
    a, b = contact("Ann", company.mine), contact("Bob", company.mine)
    merge(a, contact("Anne", company.mine))
    for one in (a, b):
        assert admin.delete(f"/api/v1/contacts/{one}").status_code == 204
    items = get(admin, "/trash", type="contact").json()["items"]
    assert [(one["id"], one["type"], one["customer"]["name"]) for one in items] == [
        (b, "contact", "North Light Ltd"), (a, "contact", "North Light Ltd"),
    ]  # fmt: skip
    assert {one["trashed_by"]["name"] for one in items} == {"administrator"}
    assert [one["id"] for one in get(admin, "/trash", type="contact", q="ann").json()["items"]] == [a]
    assert get(company.reader, "/trash", type="contact").status_code == 403
    assert get(company.manager, "/trash", type="contact").json()["items"]
    assert post(admin, f"/contacts/{b}/restore", {}).status_code == 200
    assert admin.delete(f"/api/v1/trash/contact/{b}").status_code == 404
    assert company.manager.delete(f"/api/v1/trash/contact/{a}").status_code == 403
    assert admin.delete(f"/api/v1/trash/contact/{a}").status_code == 204
    assert list(Contact.objects.values_list("pk", flat=True)) == [b]
    assert not Merge.objects.exists()
    now = datetime.now(UTC)
    services.trash_contact(by=BOSS, contact_id=b, now=now)
    assert services.purge_old_contacts(by=BOSS, now=now) == 0
    assert services.purge_old_contacts(by=BOSS, now=now + timedelta(days=settings.TRASH_DAYS + 1)) == 1
    assert not Contact.objects.exists()


def told(client, contact_id: int) -> list[int]:
    return [one["contact"]["id"] for one in get(client, f"/contacts/{contact_id}/told-apart").json()]


def test_contacts_told_apart_are_suggested_no_more(company):
    admin, here = company.administrator, company.mine
    a, b, c = (contact("王建国", here) for _ in range(3))
    path = f"/customers/{here}/contacts/alike"

    def groups() -> list[list[int]]:
        return [[one["id"] for one in each["contacts"]] for each in get(admin, path).json()]

    assert groups() == [[a, b, c]]
    with CaptureQueriesContext(connection) as few:
        groups()
    assert post(admin, "/contacts/tell-apart", {"ids": [b, a]}).status_code == 204
    assert groups() == [[a, c]]  # never a and b, though both look like c
    assert (told(admin, a), told(admin, b), told(admin, c)) == ([b], [a], [])
    said = get(admin, f"/contacts/{a}/told-apart").json()[0]
    assert (said["contact"]["name"], said["by"]) == ("王建国", "administrator")
    assert post(admin, "/contacts/tell-apart", {"ids": [a, b, c]}).status_code == 204
    assert post(admin, "/contacts/tell-apart", {"ids": [a, b, c]}).status_code == 204
    assert groups() == []
    assert list(ContactsApart.objects.order_by("first", "second").values_list("first", "second")) == [
        (a, b), (a, c), (b, c),
    ]  # fmt: skip
    for _ in range(5):
        contact("王建国", here)
    with CaptureQueriesContext(connection) as many:
        groups()
    assert len(many) == len(few)
    assert post(admin, "/contacts/tell-apart/undo", {"ids": [a, b, c]}).status_code == 204
    assert (groups()[0][:3], told(admin, a)) == ([a, b, c], [])
    lines = AuditEntry.objects.filter(subject_type="contact", subject_id=a).order_by("pk")
    assert [(one.action, one.changes["ids"]) for one in lines.filter(action__startswith="tell_apart")] == [
        ("tell_apart", [a, b]), ("tell_apart", [a, b, c]), ("tell_apart_no_more", [a, b, c]),
    ]  # fmt: skip


def test_who_was_told_apart_follows_a_merge_and_an_erasure(company):
    admin = company.administrator
    a, b, c, d = (contact("王建国", company.mine) for _ in range(4))
    contacts_apart.tell_apart(by=BOSS, contact_ids=[b, c], now=NOW)
    contacts_apart.tell_apart(by=BOSS, contact_ids=[a, d], now=NOW)
    contacts_apart.tell_apart(by=BOSS, contact_ids=[a, b], now=NOW)
    one = merge(c, a)  # (b, c) stays, (a, d) and (a, b) go over
    assert (told(admin, c), told(admin, b), told(admin, d)) == ([d, b], [c], [c])
    assert told(admin, c).count(b) == 1  # although it was said twice
    unmerge(one)
    assert (told(admin, a), told(admin, b), told(admin, c)) == ([b, d], [a, c], [b])
    merge(a, b)  # they were one after all
    assert (told(admin, a), told(admin, c), told(admin, d)) == ([d, c], [a], [a])
    erase_contact(by=BOSS, contact_id=c, reason="asked", now=NOW)
    assert (told(admin, a), told(admin, d)) == ([d], [a])


def test_who_may_not_tell_contacts_apart(company):
    a, b = contact("Ann", company.mine), contact("Ann", company.mine)
    hidden = contact("Ann", company.theirs)
    seller, manager = company.seller, company.manager
    assert post(seller, "/contacts/tell-apart", {"ids": [a, b]}).status_code == 403
    assert get(seller, f"/contacts/{a}/told-apart").status_code == 403
    assert post(manager, "/contacts/tell-apart", {"ids": [a, hidden]}).status_code == 404
    assert post(manager, "/contacts/tell-apart", {"ids": [a]}).status_code == 422
    contacts_apart.tell_apart(by=BOSS, contact_ids=[a, b, hidden], now=NOW)
    assert told(manager, a) == [b]
    assert post(manager, "/contacts/tell-apart/undo", {"ids": [a, hidden]}).status_code == 404
    assert get(manager, f"/contacts/{hidden}/told-apart").status_code == 404
