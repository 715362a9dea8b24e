"""A file of transactions through the importer, and taken back, against a bare COPY and one DELETE."""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from bench.figures import Figure, middle, peak_mb, seconds_of
from bench.installation import database
from bench.room import Room, environment

TABLE = "agreements_transaction"
SOURCE = "bench-import"
ROUNDS = 3
MINUTES = 5
FLOOR = "bare COPY into the same table with its indexes"


def measure(room: Room) -> list[Figure]:
    room = replace(room, installation="data-of-import")
    os.environ.update(environment(room))
    rows, customers = room.rows(1_000_000), room.rows(100_000)
    with database(room):
        known = _customers(customers)
        bare, given = room.folder / "bare.csv", room.folder / "transactions.csv"
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
            elsewhere.submit(write_files, given, bare, rows, customers, known).result()
        copied, imported = [], []
        for _ in range(ROUNDS):
            _empty()
            copied.append(seconds_of(lambda: _copy(bare)))
            _empty()
            imported.append(seconds_of(lambda: _import(given, rows)))
        ratio, peak = middle(imported) / middle(copied), peak_mb()
        undone = seconds_of(_take_back)
        _copy(bare)
        deleted = seconds_of(_delete)
    speed = f"{rows / middle(imported):,.0f} rows/s against {rows / middle(copied):,.0f} rows/s"
    return [
        Figure("import", f"{rows:,} transactions, CSV", middle(imported), FLOOR, middle(copied),
               "≤ 3×, < 600 MB", ratio <= 3 and peak < 600, peak, speed),
        Figure("import", "the undo of it", undone, "one DELETE of the same rows", deleted,
               f"< {MINUTES} min", undone < MINUTES * 60, peak_mb()),
    ]  # fmt: skip


def write_files(given: Path, bare: Path, rows: int, customers: int, first_id: int) -> None:
    """The file as a company would send it, and the same rows as the table holds them."""
    made = duckdb.connect()
    made.execute("SET threads = 1")
    made.execute(f"""
        CREATE VIEW made AS SELECT i, hash(i * 31) % {customers} AS customer,
            TIMESTAMP '2023-01-01 08:00:00' + INTERVAL 1 SECOND * (i * 90_000_000 // {rows}) AS moment,
            CASE WHEN i % 25 = 0 THEN 'return' ELSE 'sale' END AS kind,
            (5 + 20000 * power((hash(i) % 1000003) / 1000003.0, 6))::DECIMAL(18, 4) AS amount,
            (amount * 0.7)::DECIMAL(18, 4) AS cost
        FROM (SELECT range AS i FROM range({rows}))""")
    made.execute(f"""
        COPY (SELECT 'T' || i AS "order no", 'K' || customer AS "customer id",
              strftime(moment, '%Y-%m-%d %H:%M:%S') AS "order date", kind, amount, cost
              FROM made) TO '{given}' (FORMAT csv, HEADER)""")
    made.execute(f"""
        COPY (SELECT '{SOURCE}', 'T' || i, {first_id} + customer, strftime(moment, '%Y-%m-%d %H:%M:%S+08'),
              kind, amount, cost FROM made) TO '{bare}' (FORMAT csv, HEADER false)""")
    made.close()


def _customers(count: int) -> int:
    """Customers K0, K1, … as the file names them; the id of the first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_customer (source, source_key, name, kind, created_at, updated_at)"
            f" SELECT '{SOURCE}', 'K' || i, 'K' || i, 'organisation', now(), now()"
            f" FROM generate_series(0, {count - 1}) i ORDER BY i"
        )
        cursor.execute("SELECT min(id), max(id) FROM customers_customer WHERE source = %s", [SOURCE])
        first, last = cursor.fetchone()
        assert last - first == count - 1
        cursor.execute("ANALYZE customers_customer")
    return int(first)


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLE} CASCADE")
        cursor.execute("CHECKPOINT")


def _copy(bare: Path) -> None:
    from django.db import connection, transaction

    columns = "source, source_key, customer_id, occurred_at, kind, amount, cost"
    with transaction.atomic(), connection.cursor() as cursor, bare.open("rb") as file:
        copying: Any = cursor.copy(f"COPY {TABLE} ({columns}) FROM STDIN (FORMAT csv)")
        with copying as copy:
            while block := file.read(1 << 20):
                copy.write(block)


def _import(given: Path, rows: int) -> None:
    """As the worker does it, without HTTP. Raises RuntimeError when a row did not come in."""
    from jinzita.integration.models import Import
    from jinzita.integration.services.imports import run_import, start_import
    from jinzita.integration.services.uploads import take_in_place
    from jinzita.kernel.access import system

    by = system("bench")
    upload = take_in_place(by=by, path=given)
    one = start_import(by=by, upload=upload, kind="transactions", source=SOURCE)
    job = run_import(one.pk)
    created = Import.objects.get(pk=one.pk).created
    if created != rows:
        raise RuntimeError(f"of {rows} rows {created} were created: {job.state} {job.error} {job.result}")


def _take_back() -> None:
    """The last import undone by its job. Raises RuntimeError when a row stayed."""
    from datetime import UTC, datetime

    from django.db import connection

    from jinzita.customers.services import run_undo
    from jinzita.integration.models import Import
    from jinzita.integration.services.imports import request_undo
    from jinzita.kernel.access import system

    one = Import.objects.latest("pk")
    request_undo(by=system("bench"), import_id=one.pk, now=datetime.now(UTC))
    job = run_undo(one.change_set_id)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        if (left := cursor.fetchone()[0]) or job.result["conflicts"]:
            raise RuntimeError(f"{left} rows stayed: {job.state} {job.error} {job.result}")


def _delete() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE source = %s", [SOURCE])
