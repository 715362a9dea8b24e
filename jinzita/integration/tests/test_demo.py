"""The demo: the shop's published figures, a carrier that is the same each time, and nothing left behind."""

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from jinzita.integration.demo import carrier
from jinzita.integration.services import demo
from jinzita.integration.tests.desk import query
from jinzita.kernel.access import system
from jinzita.people import selectors, services
from jinzita.quality.services import duplicates

BOSS = system("test")
END = date(2026, 3, 31)


def make(**changes) -> carrier.Carrier:
    given: dict[str, Any] = {"end": END, "time_zone": ZoneInfo("Asia/Shanghai"), "customers": 600} | changes
    return carrier.generate(**given)


def test_the_carrier_is_the_same_each_time_and_another_by_another_seed():
    first, second, other = make(), make(), make(seed=2)
    assert all(first.tables[kind].equals(second.tables[kind]) for kind in first.tables)
    assert not first.tables["transactions"].equals(other.tables["transactions"])


def test_the_carrier_has_all_four_families_and_no_fact_after_its_end():
    tables = make().tables
    assert {kind for kind, table in tables.items() if table.num_rows} == set(tables)
    for kind, column in [
        ("transactions", "occurred_at"),
        ("interactions", "occurred_at"),
        ("invoices", "issued_on"),
        ("receipts", "received_on"),
    ]:
        last = pc.max(tables[kind][column]).as_py()
        assert (last.date() if hasattr(last, "date") else last) <= END
    assert set(pc.unique(tables["transactions"]["kind"]).to_pylist()) == {"sale", "return"}
    assert {"task", "process", "praise", "complaint", "suggestion"} <= set(
        pc.unique(tables["interactions"]["kind"]).to_pylist()
    )
    assert set(pc.unique(tables["opportunities"]["status"]).to_pylist()) == {"open", "won", "lost"}
    assert pc.all(pc.greater_equal(tables["invoices"]["due_on"], tables["invoices"]["issued_on"])).as_py()
    names = tables["customers"]["name"].to_pylist()
    assert len(set(names)) == len(names)


def test_the_carriers_best_fifth_brings_most_of_the_revenue():
    sums = make().tables["transactions"].group_by("customer").aggregate([("amount", "sum")])
    revenue = np.sort(pc.cast(sums["amount_sum"], pa.float64()).to_numpy())[::-1]
    assert 0.7 < revenue[: len(revenue) // 5].sum() / revenue.sum() < 0.95


@pytest.mark.django_db
def test_the_shop_has_the_published_figures_and_can_be_removed_and_loaded_again():
    services.create_user(by=BOSS, username="root", role="administrator")
    made = demo.load_part(by=BOSS, code="retail", today=END, announce=False)
    assert made == {"customers": 4372, "transaction_lines": 406829}
    revenue = (
        "SELECT round(sum(CASE kind WHEN 'sale' THEN amount ELSE -amount END), 2), count(*)"
        " FROM agreements_transaction WHERE source = 'demo-retail'"
    )
    assert query(revenue) == [(Decimal("8300065.81"), 22190)]
    assert query(
        "SELECT name, attributes ->> 'country' FROM customers_customer WHERE source_key = '17850'"
    ) == [("Customer 17850", "United Kingdom")]
    assert query(
        "SELECT count(*) FROM agreements_transactionline l JOIN agreements_transaction t"
        " ON t.id = l.transaction_id WHERE t.source = 'demo-retail'"
    ) == [(406829,)]
    assert demo.remove_part(by=BOSS, code="retail", announce=False) == 4372
    for table in (
        "customers_customer",
        "customers_standing",
        "customers_searchkey",
        "agreements_transaction",
        "agreements_transactionline",
        "products_product",
    ):
        assert query(f"SELECT count(*) FROM {table}") == [(0,)], table
    months = query("SELECT count(DISTINCT month) FROM kernel_touched WHERE fact = 'transactions'")
    assert months == [(13,)]


@pytest.mark.django_db
def test_the_carrier_is_loaded_once_and_removed_with_its_people(monkeypatch):
    from functools import partial

    monkeypatch.setattr(carrier, "generate", partial(carrier.generate, customers=150))
    services.create_user(by=BOSS, username="root", role="administrator")
    first = demo.load_part(by=BOSS, code="carrier", today=END)
    assert first["customers"] == 153
    assert set(demo.load_part(by=BOSS, code="carrier", today=END).values()) == {0}
    assert [part["installed"] for part in demo.parts(BOSS)] == [True, False]
    manager = next(user for user in selectors.users(BOSS) if user.username == "demo.manager1")
    assert not manager.has_usable_password()
    assert manager.department is not None
    seen = query(
        "SELECT count(*) FROM customers_customer c JOIN people_department d ON d.id = c.department_id"
        " WHERE d.path LIKE %s",
        f"{manager.department.path}%",
    )
    assert 0 < seen[0][0] < 150
    assert query(
        "SELECT count(*), count(DISTINCT t.customer_id), bool_and(c.owner_id <> t.user_id)"
        " FROM customers_teammember t JOIN customers_customer c ON c.id = t.customer_id"
    ) == [(24, 12, True)]
    duplicates.find_all(by=BOSS, job_id=duplicates.begin(by=BOSS).pk)
    found = query(
        "SELECT a.source_key, b.source_key FROM quality_match m"
        ' JOIN customers_customer a ON a.id = m."left" JOIN customers_customer b ON b.id = m."right"'
    )
    twice = {(key, f"{key}-2") for key in ("C00018", "C00078", "C00138")}
    assert {(min(pair), max(pair)) for pair in found} == twice

    # A customer of the company's own that was given to a demo person keeps that person, deactivated.
    query(
        "INSERT INTO customers_customer (source, source_key, name, kind, owner_id)"
        " SELECT 'manual', 'M1', 'Ours', 'organisation', id FROM people_user WHERE username = 'demo.am01'"
        " RETURNING 1"
    )
    # What was entered by hand for a customer of the demo goes with it.
    query(
        "INSERT INTO agreements_transaction (source, source_key, customer_id, occurred_at, kind, amount)"
        " SELECT 'manual', 'X', id, now(), 'sale', 5 FROM customers_customer WHERE source = 'demo-carrier'"
        " LIMIT 1 RETURNING 1"
    )
    assert demo.remove_part(by=BOSS, code="carrier") == 153
    for table in (
        "agreements_transaction",
        "receivables_invoice",
        "receivables_receipt",
        "activities_interaction",
        "sales_opportunity",
        "products_product",
    ):
        assert query(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert query("SELECT name FROM customers_customer") == [("Ours",)]
    assert query("SELECT username, is_active FROM people_user ORDER BY 1") == [
        ("demo.am01", False),
        ("root", True),
    ]
    assert query("SELECT count(*) FROM people_department") == [(3,)]  # those above the person that stayed
