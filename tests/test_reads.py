"""Who read sensitive fields stands in the audit log (decision 19)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jinzita.customers import services as customers
from jinzita.customers.services.attributes.definitions import define_attribute
from jinzita.customers.tests.world import Company, get, key_client, made, make_company, patch
from jinzita.kernel import audit
from jinzita.kernel.access import system
from jinzita.kernel.models import AuditEntry
from jinzita.people import services as people
from jinzita.people.models import Role

BOSS = system("test")
TODAY = date(2026, 1, 5)
PHONE = "13877651234"
pytestmark = pytest.mark.django_db


class Noon:
    @staticmethod
    def now(_) -> datetime:
        return datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> Company:
    """Telephones and e-mails are sensitive: marketers see them masked. It stays one hour."""
    monkeypatch.setattr("jinzita.kernel.api.datetime", Noon)
    found = make_company()
    customers.update_customer(by=BOSS, customer_id=found.mine, changes={"phone": PHONE})
    return found


def reads() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action="read").order_by("pk"))


def test_opening_a_record_leaves_one_line_without_values(company):
    for _ in range(3):
        assert get(company.seller, f"/customers/{company.mine}").json()["phone"] == PHONE
    (line,) = reads()
    assert (line.actor_id, line.via) == (company.users["seller"].pk, "browser")
    assert (line.subject_type, line.seen_ids, line.changes) == (
        "customers", [company.mine], {"fields": ["phone"]}
    )  # fmt: skip
    get(company.reader, f"/customers/{company.mine}")
    headers = key_client(company.users["administrator"], ["read"])
    Client().get(f"/api/v1/customers/{company.mine}", **headers)
    assert [one.via for one in reads()] == ["browser", "browser", "key"]


def test_a_read_in_another_hour_is_another_line(company):
    by = company.viewer("seller").watched()
    by.saw("customers", company.mine, {"phone": PHONE})
    now = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    for minutes in (0, 20, 31, 50):
        audit.record_reads(by=by, now=now + timedelta(minutes=minutes))
    assert len(reads()) == 2


def test_a_list_leaves_one_line_for_the_same_page(company):
    theirs = made("South Light Ltd", phone="13912345678")
    without = made("No Telephone Ltd")
    for _ in range(2):
        get(company.reader, "/customers")
    (line,) = reads()
    assert set(line.seen_ids) == {company.mine, theirs}
    assert without not in line.seen_ids
    get(company.reader, "/customers", q="South Light")
    assert [one.seen_ids for one in reads()[1:]] == [[theirs]]


def test_what_is_kept_back_is_not_read(company):
    people.update_user(by=BOSS, user_id=company.users["reader"].pk, changes={"role": "marketer"})
    assert get(company.reader, f"/customers/{company.mine}").json()["phone"] == "138****1234"
    get(company.reader, "/customers")
    get(company.reader, f"/customers/{company.mine}/channels")
    assert reads() == []


def test_what_every_role_sees_is_not_noted(company):
    for one in Role.objects.exclude(fields={}):
        people.update_role(by=BOSS, code=one.code, changes={"fields": {}})
    get(company.seller, f"/customers/{company.mine}")
    assert reads() == []
    people.update_role(by=BOSS, code="executive", changes={"fields": {"customers.phone": "masked"}})
    get(company.seller, f"/customers/{company.mine}")
    assert [one.changes["fields"] for one in reads()] == [["phone"]]


def test_an_attribute_that_is_not_for_every_role_is_sensitive(company):
    for code, visible_to in (("credit", ["salesperson"]), ("colour", [])):
        define_attribute(
            by=BOSS, code=code, label_en=code, label_zh=code, type="text", visible_to=visible_to
        )  # fmt: skip
    customers.update_customer(
        by=BOSS, customer_id=company.mine, changes={"attributes": {"credit": "9", "colour": "red"}}
    )
    get(company.seller, f"/customers/{company.mine}")
    assert reads()[-1].changes["fields"] == ["attributes.credit", "phone"]


def test_names_alone_a_write_or_an_error_leave_no_line(company):
    assert get(company.seller, "/search", q="North").json()
    assert patch(company.seller, f"/customers/{company.mine}", {"email": "a@b.example"}).status_code == 200
    assert get(company.other_seller, f"/customers/{company.mine}").status_code == 404
    assert reads() == []


def test_an_answer_that_fails_was_not_read(company, monkeypatch):
    def broken(*_):
        raise ValueError

    monkeypatch.setattr("jinzita.customers.schemas.customer_out", broken)
    company.seller.raise_request_exception = False
    assert get(company.seller, f"/customers/{company.mine}").status_code == 500
    assert reads() == []


def test_what_cannot_be_recorded_is_not_shown(company, monkeypatch):
    def refuse(*_, **__):
        raise OperationalError("the disk is full")

    monkeypatch.setattr(AuditEntry.objects, "bulk_create", refuse)
    answer = get(company.seller, f"/customers/{company.mine}")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_recorded")
    assert PHONE not in answer.content.decode()


def test_it_costs_one_question(company):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            get(company.seller, f"/customers/{company.mine}")
        return len(found)

    with_read = asked()
    for one in Role.objects.exclude(fields={}):
        people.update_role(by=BOSS, code=one.code, changes={"fields": {}})
    assert with_read == asked() + 1


def test_who_saw_this_customer_is_answered_also_for_lists(company):
    person = customers.create_contact(
        by=BOSS, name="Wang", positions=[{"customer_id": company.mine}], phone="13966541234", today=TODAY
    )
    made("South Light Ltd", phone="13912345678")
    get(company.seller, f"/customers/{company.mine}")
    get(company.reader, "/customers")
    get(company.manager, f"/customers/{company.mine}/contacts")

    def who(subject: str, pk: int, **more) -> list[str]:
        query = {"subject_type": subject, "subject_id": pk, "action": "read", **more}
        return [one["actor"] for one in get(company.administrator, "/audit", **query).json()["items"]]

    assert who("customer", company.mine) == ["reader", "seller"]
    assert who("contact", person.pk) == ["manager"]
    assert who("contact", company.mine) == []
    assert who("customer", company.mine, limit=1) == ["reader"]
    assert who("customer", company.mine, actor=company.users["seller"].pk) == ["seller"]
    first = get(company.administrator, "/audit", subject_type="customer", action="read", limit=1).json()
    following = get(
        company.administrator, "/audit", subject_type="customer", action="read", cursor=first["next"]
    )
    assert [one["actor"] for one in (*first["items"], *following.json()["items"])] == ["reader", "seller"]


def test_the_log_calls_records_by_name_where_its_reader_sees_them(company):
    other = made("South Light Ltd", phone="13912345678")
    get(company.seller, f"/customers/{company.mine}")
    get(company.reader, "/customers")
    many, one = get(company.administrator, "/audit", action="read").json()["items"]
    assert (one["subject_type"], one["subject_id"], one["subject_name"]) == (
        "customer", company.mine, "North Light Ltd"
    )  # fmt: skip
    assert (many["subject_type"], many["subject_id"]) == ("customers", None)
    assert {each["id"]: each["name"] for each in many["seen"]} == {
        company.mine: "North Light Ltd", other: "South Light Ltd"
    }  # fmt: skip
    people.update_role(by=BOSS, code="salesperson", changes={"permissions": ["read_audit"]})
    seen = get(company.seller, "/audit", action="read").json()["items"][0]["seen"]
    assert {each["id"]: each["name"] for each in seen} == {company.mine: "North Light Ltd", other: None}


def test_old_reads_go_and_nothing_else(company):
    get(company.seller, f"/customers/{company.mine}")
    AuditEntry.objects.create(
        actor_name="old", via="browser", action="read", subject_type="customers", seen_ids=[1],
        at=datetime.now(UTC) - timedelta(days=40),
    )  # fmt: skip
    AuditEntry.objects.create(
        actor_name="old", via="browser", action="update", subject_type="customer", subject_id=1,
        at=datetime.now(UTC) - timedelta(days=4000),
    )  # fmt: skip
    before = AuditEntry.objects.count()
    assert audit.forget_reads(by=BOSS, before=datetime.now(UTC) - timedelta(days=35)) == 1
    assert AuditEntry.objects.count() == before  # one less, and the line that says so
    told = AuditEntry.objects.latest("pk")
    assert (told.action, told.subject_type, told.changes["count"]) == ("forget", "reads", 1)
    assert audit.forget_reads(by=BOSS, before=datetime.now(UTC) - timedelta(days=35)) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        audit.forget_reads(by=BOSS, before=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(action="read").delete()
    assert len(reads()) == 1
