"""An import taken back: all it made and overwrote, but nothing that somebody changed since."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from jinzita.customers import services as customers
from jinzita.customers.events import ChangesUndone
from jinzita.integration.models import Import
from jinzita.integration.reading import delimited
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query
from jinzita.kernel import events, undo
from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import ChangedRow, ChangeSet, PackedRows
from jinzita.kernel.undo import packing, taking_back
from jinzita.kernel.undo.taking_back import take_back

NOW = datetime.now(UTC)


def undone(desk, one: Import) -> dict[str, int]:
    imports.request_undo(by=desk.viewer, import_id=one.pk, now=NOW)
    job = customers.run_undo(one.change_set_id)
    assert job.state == "done", job.error
    return {name: job.result[name] for name in ("undone", "conflicts")}


def tables() -> dict[str, list[tuple]]:
    """Everything that imports write, without what merely counts changes."""
    left = {"updated_at", "version"}
    found: dict[str, list[tuple]] = {}
    for model in ("customers_customer", "customers_contact", "customers_position", "products_product",
                  "agreements_transaction", "agreements_transactionline", "receivables_receipt"):  # fmt: skip
        names = query(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY 1", model
        )
        columns = ", ".join(f'"{name}"::text' for (name,) in names if name not in left)
        found[model] = query(f"SELECT {columns} FROM {model} ORDER BY id")
    return found


FILES = {
    "customers": ("key,name,phone\nC1,One,1\nC2,Two,2\n", "key,name,phone\nC1,Uno,1\nC3,Three,3\n"),
    "contacts": (
        "key,customer,name,phone\nP1,C1,Ann,1\nP2,C2,Bob,2\n",
        "key,customer,name,phone\nP1,C9,Anna,1\nP3,C1,Cid,3\n",
    ),
    "products": ("key,name\nA,Apple\n", "key,name\nA,Apfel\nB,Pear\n"),
    "transactions": (
        "key,customer,date,amount\nT1,C1,2024-01-05,10\nT2,C2,2024-02-05,20\n",
        "key,customer,date,amount\nT1,C1,2024-01-05,11\nT2,C9,2024-03-05,20\nT3,C1,2024-03-05,30\n",
    ),
    "transaction_lines": (
        "order,customer,date,product,quantity,amount\nO1,C1,2024-01-05,A,1,10\nO1,C1,2024-01-05,B,1,5\n",
        "order,customer,date,product,quantity,amount\n"
        "O1,C1,2024-01-05,A,1,12\nO1,C1,2024-01-05,Z,1,5\nO2,C9,2024-01-05,A,1,7\n",
    ),
    "receipts": (
        "key,customer,date,amount\nR1,C1,2024-01-05,10\n",
        "key,customer,date,amount\nR1,C1,2024-01-05,12\nR2,C8,2024-01-05,9\n",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FILES)
def test_everything_is_as_it_was_before(desk, kind):
    first, second = FILES[kind]
    counts(desk.run(kind, first))
    before = tables()
    one = desk.run(kind, second)
    assert one.created, one.reasons
    assert one.updated, one.reasons
    after = tables()
    assert undone(desk, one)["conflicts"] == 0
    assert tables() == before
    assert query("SELECT count(*) FROM customers_customer") == query(
        "SELECT count(*) FROM customers_standing"
    )
    # What was undone can be done again.
    again = ChangeSet.objects.get(pk=one.change_set_id).undone_by_id
    assert take_back(change_set_id=again, by=desk.viewer)["conflicts"] == 0
    assert tables() == after


@pytest.mark.django_db
def test_what_was_changed_since_stays_and_is_listed(desk):
    desk.run("customers", "key,name,phone\nC1,One,1\nC2,Two,2\n")
    one = desk.run("customers", "key,name,phone\nC1,Uno,11\nC2,Due,22\nC3,Tre,33\nC4,Quattro,44\n")
    ids = dict(query("SELECT source_key, id FROM customers_customer"))
    customers.update_customer(by=desk.viewer, customer_id=ids["C1"], changes={"name": "Ein"})
    customers.update_customer(by=desk.viewer, customer_id=ids["C4"], changes={"phone": "45"})
    desk.run("transactions", "key,customer,date,amount\nT1,C3,2024-01-05,10\n")
    assert undone(desk, one) == {"undone": 2, "conflicts": 3}
    assert query("SELECT source_key, name, phone FROM customers_customer ORDER BY 1") == [
        ("C1", "Ein", "1"), ("C2", "Two", "2"), ("C3", "Tre", "33"), ("C4", "Quattro", "45"),
    ]  # fmt: skip
    found = undo.conflicts_of(ChangeSet.objects.get(pk=one.change_set_id))
    listed = {(each["row"].row_id, each["field"]) for each in found}
    assert listed == {(ids["C1"], "name"), (ids["C3"], "@referenced"), (ids["C4"], "phone")}
    assert undo.change_sets(desk.viewer).get(pk=one.change_set_id).state == "partly_undone"


@pytest.mark.django_db
def test_the_house_is_told_whose_facts_went(desk, monkeypatch):
    desk.run("customers", "key,name\nC1,One\n")
    one = desk.run("transactions", "key,customer,date,amount\nT1,C1,2024-01-05,10\n")
    told: list[events.Event] = []
    monkeypatch.setattr(events, "publish", told.append)
    undone(desk, one)
    (news,) = [each for each in told if isinstance(each, ChangesUndone)]
    assert (news.kind, news.customer_ids) == (
        "import",
        [pk for (pk,) in query("SELECT id FROM customers_customer")],
    )


@pytest.mark.django_db
def test_rows_met_again_in_later_batches_are_kept_once(desk, monkeypatch):
    """An order that is made in one batch and changed in the next: its lines lie far apart."""
    monkeypatch.setattr(delimited, "BLOCK", 120)
    lines = "".join(f"O{i % 3},C1,2024-01-05,A{i},1,10\n" for i in range(40))
    one = desk.run("transaction_lines", "order,customer,date,product,quantity,amount\n" + lines)
    assert one.created == 40
    packing.unpack(one.change_set_id)
    orders = ChangedRow.objects.filter(change_set=one.change_set_id, table="agreements_transaction")
    assert sorted(row.after["amount"] for row in orders) == [130, 130, 140]
    assert undone(desk, one)["conflicts"] == 0
    assert query("SELECT count(*) FROM agreements_transaction") == [(0,)]
    assert query("SELECT count(*) FROM products_product") == [(0,)]


@pytest.mark.django_db
def test_a_dry_run_has_nothing_to_undo_and_an_undone_import_is_over(desk):
    dry = desk.run("customers", "key,name\nC1,One\n", dry_run=True)
    with pytest.raises(Conflict):
        imports.request_undo(by=desk.viewer, import_id=dry.pk, now=NOW)
    assert not ChangedRow.objects.exists()
    assert not PackedRows.objects.exists()
    one = desk.begin("customers", "key,name\nC1,One\nC2,Two\n")
    with pytest.raises(Conflict):  # not yet done
        imports.request_undo(by=desk.viewer, import_id=one.pk, now=NOW)
    imports.run_import(one.pk)
    undone(desk, one)
    with pytest.raises(Conflict):
        imports.request_undo(by=desk.viewer, import_id=one.pk, now=NOW)
    with pytest.raises(Conflict):
        imports.resume(by=desk.viewer, import_id=one.pk, now=NOW)


ROWS = 6_000
CHILD = """
import sys, time
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from jinzita.kernel.undo import taking_back
taking_back.BATCH = 500
batch = taking_back._Taking._batch
def slowly(self, *given):
    batch(self, *given)
    time.sleep(0.05)
taking_back._Taking._batch = slowly
from jinzita.customers import services
services.run_undo(int(sys.argv[2]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_undo_goes_on_where_it_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(taking_back, "BATCH", 500)
    path = tmp_path / "sales.csv"
    rows = [f"T{i:05d},C{i % 50},2024-01-{i % 28 + 1:02d},{i}" for i in range(ROWS)]
    path.write_text("key,customer,date,amount\n" + "\n".join(rows) + "\n")
    by = system("test")
    upload = uploads.take_in_place(by=by, path=path)
    one = imports.start_import(by=by, upload=upload, kind="transactions", source="crm", here=True)
    imports.run_import(one.pk)
    imports.request_undo(by=by, import_id=one.pk, now=NOW)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, connection.settings_dict["NAME"], str(one.change_set_id)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None:
        if ChangeSet.objects.get(pk=one.change_set_id).taken_back.get("undone", 0) >= 1_000:
            break
        time.sleep(0.02)
    assert child.poll() is None, "the undo ended before it could be killed"
    child.send_signal(signal.SIGKILL)
    child.wait(20)
    half = ChangeSet.objects.get(pk=one.change_set_id)
    assert query("SELECT count(*) FROM agreements_transaction") == [(ROWS - half.taken_back["undone"],)]
    assert customers.resume_undo(now=datetime.now(UTC) + timedelta(minutes=5)) == 1
    assert customers.run_undo(one.change_set_id).result["undone"] == ROWS + 50
    for table in ("agreements_transaction", "customers_customer", "customers_standing"):
        assert query(f"SELECT count(*) FROM {table}") == [(0,)]
