"""The lake: only what was written is exported, and what was lost heals."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import ibis
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction

from jinzita.kernel import warehouse
from jinzita.kernel.warehouse import lake
from jinzita.value.tests import world

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def duckdb() -> Iterator[Any]:
    engine = ibis.duckdb.connect()
    yield engine
    engine.disconnect()


def never() -> Any:
    raise AssertionError("nothing is mapped, so no engine is wanted")


def in_lake(fact: str) -> list[dict]:
    rows = [row for path in lake.files(fact) for row in pq.read_table(path, partitioning=None).to_pylist()]
    return sorted(rows, key=lambda row: next(iter(row.values())))


def test_a_first_start_exports_all_by_month_of_the_company_day():
    who = world.customer(attributes={"age": 12, "listed": True, "region": "华北"})
    # 23:30 in Shanghai on the 31st, and half past midnight on the 1st: one hour, two months.
    for moment in (datetime(2024, 1, 31, 15, 30, tzinfo=UTC), datetime(2024, 1, 31, 16, 30, tzinfo=UTC)):
        world.table("agreements.Transaction").objects.create(
            source="t", source_key=str(moment), customer=who, occurred_at=moment, kind="sale",
            amount=Decimal("99999999999999.9999"), cost=None,
        )  # fmt: skip

    written = warehouse.bring_up_to_date()

    assert written["transactions"] == ["2024-01", "2024-02"]
    first, second = in_lake("transactions")
    assert first["amount"] == Decimal("99999999999999.9999")
    assert first["cost"] is None
    assert (first["day"], second["day"]) == (date(2024, 1, 31), date(2024, 2, 1))
    assert first["occurred_at"] == datetime(2024, 1, 31, 15, 30, tzinfo=UTC)
    (row,) = in_lake("customers")
    assert (row["attribute:age"], row["attribute:listed"], row["attribute:region"]) == (12.0, True, "华北")
    assert row["attribute:children"] is None


def test_only_touched_months_are_written_again():
    who = world.customer()
    world.sale(who, "2024-01-10", "1")
    world.sale(who, "2024-03-10", "2")
    warehouse.bring_up_to_date()
    assert warehouse.bring_up_to_date() == {}

    world.sale(who, "2024-03-11", "3.5")

    assert warehouse.bring_up_to_date() == {"transactions": ["2024-03"]}
    assert [row["amount"] for row in in_lake("transactions")] == [Decimal("1"), Decimal("2"), Decimal("3.5")]
    assert warehouse.row_counts()["transactions"] == 3


def test_a_month_that_became_empty_disappears():
    who = world.customer()
    gone = world.sale(who, "2024-01-10", "1")
    world.sale(who, "2024-02-10", "2")
    warehouse.bring_up_to_date()
    gone.delete()
    warehouse.touch("transactions", [date(2024, 1, 10)])

    warehouse.bring_up_to_date()

    assert [path.parent.name for path in lake.files("transactions")[1:]] == ["month=2024-02"]
    assert not (lake.files("transactions")[0].parent / "month=2024-01").exists()


def test_a_lost_file_a_changed_file_and_a_lost_manifest_heal():
    who = world.customer()
    world.sale(who, "2024-01-10", "1")
    world.sale(who, "2024-02-10", "2")
    warehouse.bring_up_to_date()
    _, january, february = lake.files("transactions")

    january.unlink()
    assert warehouse.bring_up_to_date() == {"transactions": ["2024-01"]}
    february.write_bytes(b"cut off")
    assert warehouse.bring_up_to_date() == {"transactions": ["2024-02"]}
    (january.parents[1] / "manifest.json").write_text("{")
    assert warehouse.bring_up_to_date() == {"transactions": ["2024-01", "2024-02"]}
    assert len(in_lake("transactions")) == 2


def test_another_time_zone_or_attribute_exports_anew(settings):
    from zoneinfo import ZoneInfo

    who = world.customer()
    world.sale(who, "2024-01-10", "1")
    warehouse.bring_up_to_date()

    settings.COMPANY_TIME_ZONE = ZoneInfo("America/New_York")
    assert "transactions" in warehouse.bring_up_to_date()
    fleet = world.table("customers.AttributeDefinition").objects.create(
        code="fleet", label_en="Fleet", label_zh="车队", type="number"
    )
    try:
        assert list(warehouse.bring_up_to_date()) == ["customers"]
    finally:
        fleet.delete()


def test_a_writer_that_commits_during_the_export_is_not_lost():
    who = world.customer()
    world.sale(who, "2024-01-10", "1")
    warehouse.bring_up_to_date()
    written, may_commit = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            world.sale(who, "2024-01-11", "2")
            written.set()
            may_commit.wait(30)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    written.wait(30)
    world.sale(who, "2024-01-12", "3")
    assert warehouse.bring_up_to_date() == {"transactions": ["2024-01"]}
    assert len(in_lake("transactions")) == 2
    may_commit.set()
    writer.join()

    assert warehouse.bring_up_to_date() == {"transactions": ["2024-01"]}
    assert len(in_lake("transactions")) == 3


def test_months_stay_apart_when_rows_come_in_any_order_and_memory_is_short(monkeypatch):
    monkeypatch.setattr(lake, "HELD_ROWS", 7)
    monkeypatch.setattr(lake, "ROW_GROUP", 5)
    who = world.customer()
    days = [f"20{20 + n % 3}-{n % 12 + 1:02d}-0{n % 9 + 1}" for n in range(100)]
    for n, day in enumerate(days):
        world.sale(who, day, str(n))

    warehouse.bring_up_to_date()

    rows = in_lake("transactions")
    assert sorted(row["amount"] for row in rows) == [Decimal(n) for n in range(100)]
    for path in lake.files("transactions")[1:]:
        months = {f"month={row['day']:%Y-%m}" for row in pq.read_table(path, partitioning=None).to_pylist()}
        assert months == {path.parent.name}


def test_one_customer_live_has_the_values_of_the_lake():
    who, other = world.customer(attributes={"age": 3, "industry": "银行"}), world.customer("B", kind="person")
    bill = world.invoice(who, "2024-01-05", "10.5001")
    world.receipt(who, "2024-02-05", "10.5", bill)
    world.sale(who, "2024-01-10", "12.3456", cost="0.0001")
    world.sale(who, "2024-01-11", "0", kind="return")
    world.interaction(who, "2024-01-10", "praise")
    world.opportunity(who, "1000", "0.3333")
    world.sale(other, "2024-01-10", "5")
    warehouse.bring_up_to_date()
    facts = ("customers", "transactions", "invoices", "receipts", "interactions", "opportunities")

    live = warehouse.rows_of_customers([who.pk], facts, never)

    with duckdb() as engine:
        tables = warehouse.tables(engine)
        for fact in facts:
            bulk = tables[fact].filter(tables[fact].customer_id == who.pk).to_pyarrow()
            assert bulk.column_names == live[fact].column_names
            key = bulk.column_names[0]
            assert bulk.sort_by(key).to_pylist() == live[fact].sort_by(key).to_pylist()
            assert live[fact].num_rows


def test_one_customer_costs_one_round_trip(django_assert_max_num_queries):
    who = world.customer()
    with django_assert_max_num_queries(1):  # the attributes' definitions; the facts go down one pipeline
        warehouse.rows_of_customers([who.pk], ("customers", "transactions", "receipts"), never)


def test_a_mapped_table_stands_for_the_lake(settings, tmp_path):
    import pyarrow as pa

    who = world.customer()
    world.sale(who, "2024-01-10", "1")
    rows = {"customer_id": [who.pk], "occurred_at": [date(2024, 5, 5)], "kind": ["sale"], "amount": [7.25]}
    pq.write_table(pa.table(rows), tmp_path / "their.parquet")
    settings.WAREHOUSE_TABLES = {"transactions": str(tmp_path / "their.parquet")}

    assert "transactions" not in warehouse.bring_up_to_date()

    with duckdb() as engine:
        assert warehouse.tables(engine)["transactions"].to_pyarrow().to_pylist()[0]["amount"] == 7.25
    assert (
        warehouse.rows_of_customers([who.pk], ("transactions",), ibis.duckdb.connect)["transactions"].num_rows
        == 1
    )


def test_a_mapped_table_that_is_not_there_is_named(settings):
    from jinzita.kernel.errors import Invalid

    settings.WAREHOUSE_TABLES = {"receipts": "/nowhere/receipts.parquet"}
    with duckdb() as engine, pytest.raises(Invalid, match=r"receipts.*/nowhere"):
        warehouse.tables(engine)


def test_an_index_leads_to_the_rows_of_a_month():
    """Otherwise the export of one month would read all of a table of many million rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, indexdef FROM pg_indexes")
        indexes = cursor.fetchall()
    for source in warehouse.sources().values():
        if source.month is None:
            continue
        alias, column = source.month.split(".")
        words = source.table.split()
        table = words[words.index(alias) - 1]
        assert [text for name, text in indexes if name == table and f"USING brin ({column})" in text], source
