"""Somebody is forgotten: nothing personal is found in any table, the books add up, nothing brings it back."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from django.db import connection
from django.db.models import Sum
from django.db.utils import DataError

from jinzita.activities.services import write_note
from jinzita.agreements.models import Transaction
from jinzita.customers import selectors, services
from jinzita.customers.models import AttributeDefinition, Contact, Customer, Merge, SearchKey
from jinzita.customers.services.erasure import people as erasure
from jinzita.customers.services.loading.customers import load_customers, load_facts
from jinzita.customers.tests.world import BOSS, get, made, make_company, patch, post
from jinzita.integration.models import BadRow, Import
from jinzita.kernel import jobs, personal
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import AuditEntry
from jinzita.people.models import Mail, Notice
from jinzita.privacy.services import consent
from jinzita.receivables.models import Invoice, Receipt

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TODAY = date(2026, 3, 1)
# Everything that tells who it was.
SECRETS = (
    "欧阳雪",
    "13912345678",
    "xue@example.test",
    "M-4711",
    "Ping Zhang",
    "ping@example.test",
    "朝阳路",
    "喝茶",
)


@pytest.fixture
def company():
    return make_company()


@pytest.fixture
def person(company) -> int:
    AttributeDefinition.objects.get_or_create(
        code="hobby", defaults={"label_en": "Hobby", "label_zh": "爱好", "type": "text", "personal": True}
    )
    AttributeDefinition.objects.get_or_create(
        code="region", defaults={"label_en": "R", "label_zh": "R", "type": "choice", "personal": False}
    )
    one = services.create_customer(
        by=BOSS, name="欧阳雪", kind="person", phone="13912345678", email="xue@example.test", source="shop",
        source_key="M-4711", tags=["喝茶"], attributes={"hobby": "喝茶", "region": "Beijing"},
        owner_id=company.users["seller"].pk,
    ).pk  # fmt: skip
    services.update_customer(by=BOSS, customer_id=one, changes={"phone": "13912345678 "})
    path = f"/customers/{one}"
    address = {"kind": "home", "country": "CN", "street": "朝阳路 1 号"}
    boss = company.administrator
    put = boss.put(
        f"/api/v1{path}/addresses", json.dumps({"items": [address]}), content_type="application/json"
    )
    assert put.status_code == 200, put.content
    services.create_contact(
        by=BOSS, name="Ping Zhang", positions=[{"customer_id": one, "title": "喝茶"}], today=TODAY,
        email="ping@example.test", notes="朝阳路", tags=["喝茶"],
    )  # fmt: skip
    write_note(by=BOSS, customer_id=one, text="欧阳雪 喝茶", now=NOW)
    for kind, body in {
        "transactions": {"occurred_at": "2026-02-01T12:00:00Z", "amount": "100", "note": "喝茶"},
        "invoices": {"issued_on": "2026-02-01", "due_on": "2026-03-01", "amount": "100"},
        "receipts": {"received_on": "2026-02-10", "amount": "60"},
        "interactions": {
            "occurred_at": "2026-02-01T12:00:00Z",
            "kind": "call",
            "subject": "喝茶",
            "note": "欧阳雪",
        },
        "opportunities": {"name": "欧阳雪 喝茶", "amount": "5", "probability": "0.5"},
    }.items():
        answer = post(boss, f"/{kind}", {"customer_id": one, **body})
        assert answer.status_code == 201, answer.content
    Notice.objects.create(user=company.users["seller"], event="mention", words={"what": "见欧阳雪"})
    Mail.objects.create(to="a@b.test", subject="欧阳雪", text="13912345678", kind="notice")
    run = Import.objects.create(
        kind="customers", source="shop", filename="x", plan={}, job=jobs.begin(kind="import", by=BOSS)
    )
    BadRow.objects.create(
        of=run, number=3, cells=["M-4711", "x"], reasons=[{"field": "a", "code": "b", "value": "M-4711"}]
    )
    return one


def books() -> tuple[Decimal | None, ...]:
    return tuple(
        model.objects.aggregate(sum=Sum("amount"))["sum"] for model in (Transaction, Invoice, Receipt)
    )


def found_in_tables() -> dict[str, list[str]]:
    """Where one of the secrets stands, in any column of any table."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT t::text FROM "{table}" t WHERE t::text LIKE ANY(%s)',
                [[f"%{secret}%" for secret in SECRETS]],
            )
            if rows := [row for (row,) in cursor.fetchall()]:
                found[table] = rows
    return found


def test_nothing_personal_is_left_anywhere_and_the_books_add_up(company, person):
    assert len(found_in_tables()) >= 14
    before = books()
    answer = post(company.administrator, f"/customers/{person}/erase", {"reason": "欧阳雪 asked for it"})
    assert answer.status_code == 200, answer.content
    assert found_in_tables() == {}
    assert books() == before
    one = answer.json()
    assert one["name"] == personal.gone(person)
    assert one["erased_at"]
    assert one["attributes"] == {"region": "Beijing"}
    line = AuditEntry.objects.get(action="erase", subject_id=person)
    assert line.actor_id == company.users["administrator"].pk
    assert line.changes["reason"] == "▇▇ asked for it"
    assert SearchKey.objects.get(customer=person).text.startswith("\n已清除")


def test_only_those_who_handle_privacy_erase(company, person):
    path = f"/customers/{person}/erase"
    assert post(company.seller, path, {"reason": "x"}).status_code == 403
    assert post(company.other_seller, path, {"reason": "x"}).status_code == 404
    assert post(company.administrator, path, {"reason": " "}).status_code == 422
    assert post(company.administrator, path, {"reason": "x"}).status_code == 200
    assert post(company.administrator, path, {"reason": "x"}).json()["code"] == "erased"


def test_nothing_is_entered_any_more(company, person):
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    boss = company.administrator
    assert patch(boss, f"/customers/{person}", {"name": "欧阳雪"}).json()["code"] == "erased"
    assert post(boss, f"/customers/{person}/notes", {"text": "欧阳雪"}).json()["code"] == "erased"
    contact = {"name": "x", "positions": [{"customer_id": person}]}
    assert post(boss, "/contacts", contact).status_code == 422
    Customer.objects.filter(pk=person).update(name="欧阳雪", phone="1", erased_at=None)
    one = Customer.objects.get(pk=person)
    assert (one.name, one.phone) == (personal.gone(person), "")
    assert one.erased_at is not None


def test_nobody_is_to_be_contacted_any_more(company, person):
    path = f"/customers/{person}/consents"
    before = {cell["decision"]["reason"] for cell in get(company.administrator, path).json()["cells"]}
    assert before == {"not_refused", "no_consent"}
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    after = [cell["decision"] for cell in get(company.administrator, path).json()["cells"]]
    assert {(one["allowed"], one["reason"]) for one in after} == {(False, "erased")}


def test_undoing_does_not_bring_it_back(company, person):
    boss = company.administrator
    work = {"action": "edit", "selection": {"ids": [person]}, "changes": {"attributes.hobby": "喝酒"}}
    job = post(boss, "/customers/bulk", work).json()
    from jinzita.customers.models import BulkAction

    bulk = BulkAction.objects.get(job=job["id"])
    services.run_bulk(bulk.pk, now=NOW)
    bulk.refresh_from_db()
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    answer = post(boss, f"/change-sets/{bulk.change_set_id}/undo", {})
    if answer.status_code == 202:
        services.run_undo(bulk.change_set_id)
    assert found_in_tables() == {}
    changes = get(boss, f"/customers/{person}/changes").json()["items"]
    assert all("喝" not in json.dumps(one, ensure_ascii=False) for one in changes)


def test_a_merge_does_not_come_apart(company, person):
    other = made("喝茶 Club", phone="13912345678")
    merge = services.merging.merge(by=BOSS, what="customer", survivor_id=person, ids=[person, other])
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    assert not Merge.objects.filter(pk=merge.pk).exists()
    assert found_in_tables() == {}
    assert Customer.objects.get(pk=other).merged_into_id == person


def test_an_import_does_not_bring_anybody_back(company, person):
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    rows = pa.table(
        {"number": pa.array([1, 2]), "source_key": ["M-4711", "M-1"], "name": ["欧阳雪", "Other"]}
    )
    loaded = load_customers(by=BOSS, source="shop", rows=rows)
    assert (loaded.created, loaded.refused) == (1, [(1, "erased customer")])
    taken = {"name": "x", "source": "shop", "source_key": "M-4711"}
    assert post(company.administrator, "/customers", taken).json()["code"] == "erased"
    named = {
        "customer": {"source": "shop", "key": "M-4711"},
        "amount": "1",
        "occurred_at": "2026-02-01T12:00:00Z",
    }
    answer = post(company.administrator, "/transactions", named)
    assert answer.status_code == 422
    assert "erased_customer" in answer.content.decode()
    assert found_in_tables() == {}


def test_facts_of_an_erased_key_are_refused(company, person):
    from jinzita.agreements.fields import TRANSACTIONS

    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    rows = pa.table(
        {
            "number": pa.array([1]), "source_key": ["T1"], "customer": ["M-4711"],
            "occurred_at": pa.array([NOW], pa.timestamp("us", "UTC")),
            "amount": pa.array([Decimal("1.0000")]),
        }
    )  # fmt: skip
    loaded = load_facts(
        by=BOSS, kind=TRANSACTIONS, fact="transactions", moment="occurred_at", source="shop", rows=rows
    )
    assert loaded.refused == [(1, "erased customer")]
    assert not Customer.objects.filter(source_key="M-4711").exists()


def test_nobody_contacts_the_erased_and_nobody_is_their_double(person):
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    asked = {"channel": "call", "purpose": "service", "at": NOW}
    decision = consent.may_contact(customer_id=person, **asked)
    assert (decision.allowed, decision.reason) == (False, "erased")
    assert consent.may_contact_many(customers=[person], **asked).reasons == {"erased": 1}
    assert selectors.duplicates.record(BOSS, [person]) == []
    twin = made("Somebody")
    with pytest.raises(Exception, match="no customer"):
        services.merging.merge(by=BOSS, what="customer", survivor_id=twin, ids=[twin, person])


def test_a_contact_at_others_stays_and_one_alone_can_be_erased(company, person):
    elsewhere = services.create_contact(
        by=BOSS, name="Anna", today=TODAY,
        positions=[{"customer_id": person}, {"customer_id": company.mine, "is_primary": True}],
    )  # fmt: skip
    ping = Contact.objects.get(name="Ping Zhang")
    answer = post(company.administrator, f"/contacts/{ping.pk}/erase", {"reason": "asked"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["name"] == personal.gone(ping.pk)
    assert answer.json()["erased_at"]
    assert patch(company.administrator, f"/contacts/{ping.pk}", {"title": "x"}).json()["code"] == "erased"
    assert Customer.objects.get(pk=person).name == "欧阳雪"
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    assert Contact.objects.get(pk=elsewhere.pk).name == "Anna"
    assert found_in_tables() == {}


def test_stopped_in_the_middle_nothing_is_half_done(person, monkeypatch):
    def broken(named: personal.Named) -> dict[str, int]:
        raise DataError("stopped")

    before = found_in_tables()
    monkeypatch.setattr(personal, "scrub", broken)
    with pytest.raises(DataError):
        erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    assert found_in_tables() == before
    monkeypatch.undo()
    erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
    with pytest.raises(Conflict):
        erasure.erase_customer(by=BOSS, customer_id=person, reason="x", now=NOW)
