"""Work taken back: columns, entries of JSON columns, rows made and rows removed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from jinzita.agreements.models import Transaction
from jinzita.customers.models import Customer, Standing
from jinzita.customers.services.completion import complete_new
from jinzita.kernel import undo
from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import AuditEntry, ChangedRow, ChangeSet, Touched
from jinzita.kernel.undo import taking_back

BY = system("test")
pytestmark = pytest.mark.django_db


def customers(count: int = 3, **values) -> list[int]:
    made = Customer.objects.bulk_create(
        Customer(source="t", source_key=str(i), name=f"C{i}", attributes={"region": "a"}, **values)
        for i in range(count)
    )
    ids = [one.pk for one in made]
    complete_new(ids)
    return ids


def sql(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def changed(ids: list[int], setter: str, *parameters, kept_in=None, **options) -> ChangeSet:
    one = kept_in or undo.begin(by=BY, kind="test")
    with transaction.atomic(), undo.recording(one, Customer, ids, **options):
        sql(
            f"UPDATE customers_customer SET {setter}, version = version + 1 WHERE id = ANY(%s)",
            *parameters,
            ids,
        )
    one.refresh_from_db()
    return one


def take_back(one: ChangeSet) -> dict[str, int]:
    return undo.take_back(change_set_id=one.pk, by=BY)


def test_only_what_differs_is_kept():
    ids = customers()
    one = changed(ids[:2], "phone = '1', attributes = '{\"size\": \"small\"}'")
    row = ChangedRow.objects.get(row_id=ids[0])
    assert row.before == {"phone": "", "attributes.region": "a"}
    assert row.after == {"phone": "1", "attributes.size": "small"}
    assert (one.rows, row.version) == (2, 2)
    assert changed(ids, "kind = kind").rows == 0


def test_columns_and_entries_go_back():
    ids = customers()
    one = changed(ids, "phone = '1', owner_id = NULL, attributes = '{\"size\": \"small\"}'")
    assert take_back(one) == {"undone": 3, "conflicts": 0}
    for row in Customer.objects.all():
        assert (row.phone, row.attributes, row.version) == ("", {"region": "a"}, 3)
    one.refresh_from_db()
    assert one.state == "undone"
    assert AuditEntry.objects.get(action="undo").subject_id == one.pk
    with pytest.raises(Conflict):
        take_back(one)
    # Taking back can be taken back.
    assert take_back(one.undone_by) == {"undone": 3, "conflicts": 0}
    assert Customer.objects.filter(phone="1", attributes={"size": "small"}).count() == 3
    one.refresh_from_db()
    assert one.state == "done"


def test_what_somebody_changed_since_stays():
    ids = customers()
    one = changed(ids, "phone = '1', email = 'a@b.cn', attributes = attributes || '{\"region\": \"b\"}'")
    Customer.objects.filter(pk=ids[0]).update(phone="2")
    Customer.objects.filter(pk=ids[1]).update(attributes={"region": "c"})
    Customer.objects.filter(pk=ids[2]).update(phone="")  # put right by hand: no conflict
    assert take_back(one) == {"undone": 3, "conflicts": 2}
    rows = {row.pk: row for row in Customer.objects.all()}
    assert [rows[pk].phone for pk in ids] == ["2", "", ""]
    assert [rows[pk].attributes["region"] for pk in ids] == ["a", "c", "a"]
    assert {row.email for row in rows.values()} == {""}
    one.refresh_from_db()
    assert one.state == "partly_undone"
    found = sorted(undo.conflicts_of(one), key=lambda each: each["row"].row_id)
    assert [(one["row"].row_id, one["field"]) for one in found] == [
        (ids[0], "phone"),
        (ids[1], "attributes.region"),
    ]
    assert found[1]["now"]["attributes.region"] == "c"


def test_a_row_changed_twice_goes_back_to_the_first_state():
    ids = customers()
    one = changed(ids, "phone = '1', attributes = '{\"size\": \"small\"}'")
    changed(ids, "phone = '2', email = 'x@y.cn', attributes = '{\"age\": 3}'", kept_in=one)
    row = ChangedRow.objects.get(row_id=ids[0])
    assert row.before == {"phone": "", "email": "", "attributes.region": "a"}
    assert row.after == {"phone": "2", "email": "x@y.cn", "attributes.age": 3}
    assert one.rows == 3
    take_back(one)
    assert Customer.objects.filter(phone="", email="", attributes={"region": "a"}).count() == 3


def test_rows_made_go_and_rows_removed_come_back():
    old = customers(1)
    one = undo.begin(by=BY, kind="test")
    with transaction.atomic(), undo.recording(one, Customer, old) as recording:
        fresh = [
            Customer.objects.create(source="u", source_key=key, name=key, attributes={"a": {"b": 1}}).pk
            for key in "abc"
        ]
        complete_new(fresh)
        recording.inserted(fresh)
        Standing.objects.filter(customer_id__in=old).delete()
        sql("DELETE FROM customers_searchkey WHERE customer_id = ANY(%s)", old)
        Customer.objects.filter(pk__in=old)._raw_delete("default")
    Customer.objects.filter(pk=fresh[0]).update(name="changed")
    Transaction.objects.create(
        source="t", source_key="1", customer_id=fresh[1], occurred_at=datetime.now(UTC), kind="sale", amount=1
    )
    assert take_back(one) == {"undone": 2, "conflicts": 2}
    assert set(Customer.objects.values_list("pk", flat=True)) == {*old, fresh[0], fresh[1]}
    again = Customer.objects.get(pk=old[0])
    assert (again.name, again.attributes, again.kind) == ("C0", {"region": "a"}, "organisation")
    assert {(c["row"].row_id, c["field"]) for c in undo.conflicts_of(one)} == {
        (fresh[0], "name"), (fresh[1], "@referenced")
    }  # fmt: skip


def test_facts_go_before_their_customers_and_the_lake_hears_of_it():
    one = undo.begin(by=BY, kind="test")
    with transaction.atomic():
        ids = customers(2)
        facts = Transaction.objects.bulk_create(
            Transaction(
                source="t", source_key=str(pk), customer_id=pk, occurred_at=datetime(2024, 3, 5, tzinfo=UTC),
                kind="sale", amount=1,
            )
            for pk in ids
        )  # fmt: skip
        with undo.recording(one, Customer) as recording:
            recording.inserted(ids)
        with undo.recording(one, Transaction) as recording:
            recording.inserted([fact.pk for fact in facts])
    one.refresh_from_db()
    assert take_back(one) == {"undone": 4, "conflicts": 0}
    assert not Customer.objects.exists()
    assert {(t.fact, t.month and t.month.isoformat()) for t in Touched.objects.all()} >= {
        ("transactions", "2024-03-01"), ("customers", None)
    }  # fmt: skip


def test_one_that_the_database_refuses_does_not_keep_the_others(monkeypatch):
    ids = customers(8)
    one = changed(ids, "source_key = 'x' || id")
    Customer.objects.create(source="t", source_key="3", name="came in between")
    assert take_back(one) == {"undone": 7, "conflicts": 1}
    assert undo.conflicts_of(one)[0]["field"] == "@refused"


def test_it_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(taking_back, "BATCH", 2)
    ids = customers(7)
    one = changed(ids, "phone = '1'")
    with pytest.raises(ZeroDivisionError):
        undo.take_back(change_set_id=one.pk, by=BY, progress=lambda done, total: 1 // (4 - done))
    assert Customer.objects.filter(phone="1").count() == 3
    assert take_back(one) == {"undone": 7, "conflicts": 0}
    assert ChangedRow.objects.filter(change_set__kind="undo").count() == 7


def test_owners_are_told(monkeypatch):
    told = []
    monkeypatch.setattr(
        "jinzita.kernel.undo.tables._followers", {"customers.Customer": [lambda by, what: told.append(what)]}
    )
    ids = customers()
    take_back(changed(ids, "phone = '1'"))
    assert sorted(told[0].changed) == ids
    assert told[0].columns == {"phone"}


def test_whole_rows_are_let_go_after_a_while(settings):
    ids = customers()
    one = changed(ids, "phone = '1'")
    with transaction.atomic(), undo.recording(one, Customer) as recording:
        made = Customer.objects.create(source="u", source_key="1", name="x")
        recording.inserted([made.pk])
    one.refresh_from_db()
    now = datetime.now(UTC)
    assert undo.undoable(one, now=now)
    later = now + timedelta(days=settings.UNDO_DAYS + 1)
    assert not undo.undoable(one, now=later)
    assert undo.tidy(now=now) == 0
    assert undo.tidy(now=later) == 1
    assert ChangedRow.objects.count() == 3
    assert undo.forget(Customer, ids) == 3


def test_a_recording_of_few_columns():
    ids = customers()
    one = changed(ids, "phone = '1', email = 'a@b.cn'", columns=["phone"])
    assert json.loads(json.dumps(ChangedRow.objects.filter(change_set=one).first().after)) == {"phone": "1"}
