"""The bench's indicators in PostgreSQL's SQL: one grouping a table, FILTER for every condition."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import psycopg
import pyarrow.csv

from bench.model import DAY, KEYS, TIME_ZONE, WINDOWS
from jinzita.analytics.calendar import month_ends, months_before

TYPES = {
    "customer_id": "bigint", "invoice_id": "bigint", "amount": "numeric(18,4)", "cost": "numeric(18,4)",
    "occurred_at": "timestamptz", "issued_on": "date", "received_on": "date", "probability": "float8",
    "attribute:size": "float8",
}  # fmt: skip
TABLES = {
    "customers": ("customer_id", "attribute:size", "attribute:region"),
    "transactions": ("customer_id", "occurred_at", "kind", "amount", "cost"),
    "invoices": ("invoice_id", "customer_id", "issued_on", "amount"),
    "receipts": ("customer_id", "received_on", "amount", "invoice_id"),
    "interactions": ("customer_id", "occurred_at", "kind"),
    "opportunities": ("customer_id", "status", "amount", "probability"),
}
SETTINGS = ("work_mem = '512MB'", "max_parallel_workers_per_gather = 2", "hash_mem_multiplier = 2")


def load(connection: psycopg.Connection, files: Mapping[str, Path]) -> None:
    """COPY the facts into unlogged tables in the schema `bench` (not counted)."""
    connection.execute("DROP SCHEMA IF EXISTS bench CASCADE")
    connection.execute("CREATE SCHEMA bench")
    connection.execute("SET search_path TO bench")
    source = duckdb.connect()
    source.execute("SET TimeZone = 'UTC'")
    for fact, columns in TABLES.items():
        declared = ", ".join(f'"{name}" {TYPES.get(name, "text")}' for name in columns)
        connection.execute(f"CREATE UNLOGGED TABLE {fact} ({declared})")
        names = ", ".join(f'"{name}"' for name in columns)
        rows = source.sql(f"SELECT {names} FROM read_parquet('{files[fact]}')").to_arrow_reader(100_000)
        with connection.cursor().copy(f"COPY {fact} FROM STDIN (FORMAT csv)") as copy:
            for batch in rows:
                buffer = pyarrow.BufferOutputStream()
                options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
                pyarrow.csv.write_csv(batch, buffer, options)
                copy.write(buffer.getvalue().to_pybytes())
    connection.execute("CREATE INDEX ON invoices (invoice_id)")
    connection.commit()
    source.close()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
    connection.autocommit = False


def compute(connection: psycopg.Connection) -> None:
    """All indicators into the table `bench.found`."""
    connection.execute("SET search_path TO bench")
    for setting in SETTINGS:
        connection.execute(f"SET {setting}")
    connection.execute("DROP TABLE IF EXISTS found")
    connection.execute(f"CREATE UNLOGGED TABLE found AS {query()}")
    connection.commit()


def indicators(connection: psycopg.Connection) -> pd.DataFrame:
    """What `compute` left: one row a customer (index), one column an indicator's key."""
    cursor = connection.execute("SELECT * FROM bench.found")
    assert cursor.description is not None
    frame = pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description])
    return frame.set_index("customer_id")[list(KEYS)]


def _start(day: date) -> str:
    return f"(TIMESTAMP '{day}' AT TIME ZONE '{TIME_ZONE}')"


def _since(months: int) -> date:
    return months_before(DAY, months) + timedelta(days=1)


def query() -> str:
    """The whole statement."""
    parts = {
        "t": _transactions(),
        "o": _opportunities(),
        "r": _receipts(),
        "b": _balances(),
        "c": _interactions(),
    }
    groups = ", ".join(f"{name} AS ({sql})" for name, sql in parts.items())
    joins = " ".join(f"LEFT JOIN {name} USING (customer_id)" for name in parts)
    columns = ", ".join(f'{sql} AS "{key}"' for key, sql in _columns().items())
    return f"WITH {groups} SELECT customer_id, {columns} FROM customers {joins}"


def _transactions() -> str:
    signed = "CASE kind WHEN 'sale' THEN amount ELSE -amount END"
    gain = "CASE kind WHEN 'sale' THEN amount - cost ELSE cost - amount END"
    day = f"AT TIME ZONE '{TIME_ZONE}')::date"
    return f"""
        SELECT customer_id,
            count(*) FILTER (WHERE kind = 'sale') AS sales,
            count(*) FILTER (WHERE kind = 'return') AS returns,
            sum(amount) FILTER (WHERE kind = 'sale') AS sold,
            sum(amount) FILTER (WHERE kind = 'return') AS returned,
            max(amount) FILTER (WHERE kind = 'sale') AS largest,
            (min(occurred_at) FILTER (WHERE kind = 'sale') {day} AS first,
            (max(occurred_at) FILTER (WHERE kind = 'sale') {day} AS last,
            sum({gain}) AS profit, sum({signed}) FILTER (WHERE cost IS NOT NULL) AS costed,
            sum({signed}) FILTER (WHERE occurred_at >= {_start(_since(WINDOWS["revenue"]))}) AS recent,
            sum({signed}) FILTER (WHERE occurred_at >= {_start(_since(12))}) AS year,
            sum({signed}) FILTER (WHERE occurred_at >= {_start(_since(24))}
                                    AND occurred_at < {_start(_since(12))}) AS earlier
        FROM transactions WHERE occurred_at < {_start(DAY + timedelta(days=1))} GROUP BY customer_id"""


def _opportunities() -> str:
    return """SELECT customer_id, sum(amount::float8 * probability) AS expected
              FROM opportunities WHERE status = 'open' GROUP BY customer_id"""


def _receipts() -> str:
    recent = f"received_on >= DATE '{_since(WINDOWS['average_receipt'])}'"
    return f"""
        SELECT r.customer_id, max(r.amount) AS largest_receipt,
            avg(r.amount) FILTER (WHERE {recent}) AS average_receipt,
            sum(r.amount * (received_on - issued_on)) AS waited,
            sum(r.amount) FILTER (WHERE issued_on IS NOT NULL) AS billed
        FROM receipts r LEFT JOIN invoices i ON i.invoice_id = r.invoice_id
        WHERE received_on <= DATE '{DAY}' GROUP BY r.customer_id"""


def _balances() -> str:
    """Invoiced and received up to each of the last twelve month-ends."""
    ends = month_ends(DAY, 12)
    sums = "coalesce(sum(amount) FILTER (WHERE {} <= DATE '{}'), 0) AS {}{}"
    invoiced = ", ".join(sums.format("issued_on", end, "i", n) for n, end in enumerate(ends))
    received = ", ".join(sums.format("received_on", end, "r", n) for n, end in enumerate(ends))
    counted = [f"(first <= DATE '{end}')::int" for end in ends]
    owed = " + ".join(f"greatest(0, i{n} - coalesce(r{n}, 0)) * {c}" for n, c in enumerate(counted))
    billed = " + ".join(f"i{n} * {c}" for n, c in enumerate(counted))
    months = " + ".join(counted)
    return f"""
        SELECT customer_id, {owed} AS owed, {billed} AS billed_to_date, {months} AS months
        FROM (SELECT customer_id, min(issued_on) AS first, {invoiced} FROM invoices
              WHERE issued_on <= DATE '{DAY}' GROUP BY customer_id) invoiced
        LEFT JOIN (SELECT customer_id, {received} FROM receipts
                   WHERE received_on <= DATE '{DAY}' GROUP BY customer_id) received USING (customer_id)"""


def _interactions() -> str:
    kinds = ("task", "process", "praise", "complaint", "suggestion")
    counts = ", ".join(f"count(*) FILTER (WHERE kind = '{kind}') AS {kind}" for kind in kinds)
    recent = _start(_since(WINDOWS["praise_count"]))
    return f"""
        SELECT customer_id, {counts},
            count(*) FILTER (WHERE kind = 'praise' AND occurred_at >= {recent}) AS praise_recent
        FROM interactions WHERE occurred_at < {_start(DAY + timedelta(days=1))} GROUP BY customer_id"""


def _columns() -> dict[str, str]:
    ratio = "{}::float8 / CASE WHEN {} > 0 THEN ({})::float8 END"
    over = lambda above, below: ratio.format(above, below, below)  # noqa: E731
    opinions = "(praise + complaint + suggestion)"
    return {
        "transaction_count": "coalesce(sales, 0)::float8",
        f"revenue@{WINDOWS['revenue']}": "coalesce(recent, 0)::float8",
        "profit": "profit::float8",
        "gross_margin": over("profit", "costed"),
        "average_transaction": over("sold", "sales"),
        "largest_transaction": "largest::float8",
        "returned_amount": "coalesce(returned, 0)::float8",
        "return_count": "coalesce(returns, 0)::float8",
        "tenure_days": f"(DATE '{DAY}' - first)::float8",
        "recency_days": f"(DATE '{DAY}' - last)::float8",
        "transaction_cycle_days": over("(last - first)", "(sales - 1)"),
        "revenue_growth": over("coalesce(year, 0)", "earlier") + " - 1",
        "expected_sales": "coalesce(expected, 0)",
        "largest_receipt": "largest_receipt::float8",
        f"average_receipt@{WINDOWS['average_receipt']}": "average_receipt::float8",
        "collection_period_days": over("waited", "billed"),
        "average_outstanding": over("owed", "months"),
        "average_outstanding_rate": over("owed", "billed_to_date"),
        "task_count": "coalesce(task, 0)::float8",
        "process_count": "coalesce(process, 0)::float8",
        f"praise_count@{WINDOWS['praise_count']}": "coalesce(praise_recent, 0)::float8",
        "complaint_count": "coalesce(complaint, 0)::float8",
        "suggestion_count": "coalesce(suggestion, 0)::float8",
        "praise_rate": over("praise", opinions),
        "complaint_rate": over("complaint", opinions),
        "suggestion_rate": over("suggestion", opinions),
        "attribute:size": '"attribute:size"',
        "attribute:region": '"attribute:region"',
    }
