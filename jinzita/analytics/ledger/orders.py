"""From the lines of any file to transactions: cleaned, summed to orders, counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from jinzita.analytics.errors import FileError
from jinzita.analytics.ledger.columns import Given, Roles, detect
from jinzita.analytics.ledger.opening import ROW, RawFile, open_file, text_literal
from jinzita.analytics.ledger.parsing import amount_sql, customer_sql, moment_sql, name_sql

TRANSACTIONS = "transactions"
LARGEST = 10**13  # what still fits decimal(18,4) with room for sums
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Ledger:
    """What the files held.

    The table `transactions` of `connection` has customer_id, occurred_at, kind, amount, cost. Rows without a
    customer are counted apart from bad rows (no readable date or amount); `first` and `last` are the days of
    the first and last transaction; `revenue` is sales less returns over all known customers.
    """

    connection: duckdb.DuckDBPyConnection
    files: tuple[RawFile, ...]
    roles: tuple[Roles, ...]
    rows: int
    rows_without_customer: int
    bad_rows: int
    transactions: int
    returns: int
    customers: int
    revenue: float
    first: date
    last: date
    has_cost: bool
    notes: tuple[str, ...] = field(default=())

    def write_bad_rows(self, target: Path) -> None:
        """Write every bad row as CSV: file, row, reason, then the row as it came."""
        parts = [
            f'SELECT {text_literal(raw.path.name)} AS file, bad.row, bad.reason, raw.* EXCLUDE ("{ROW}") '
            f'FROM "bad_{n}" bad JOIN "{raw.table}" raw ON raw."{ROW}" = bad.row'
            for n, raw in enumerate(self.files)
        ]
        parts += [
            f"SELECT {text_literal(raw.path.name)} AS file, line AS row, 'not_split' AS reason, "
            f'any_value(csv_line) AS line FROM "rejects_{raw.table}" GROUP BY line'
            for raw in self.files
            if raw.rejected
        ]
        query = " UNION ALL BY NAME ".join(f"({part})" for part in parts)
        self.connection.execute(
            f"COPY (SELECT * FROM ({query}) ORDER BY file, row) TO {text_literal(target)} "
            "(FORMAT csv, HEADER true)"
        )


@dataclass
class _Totals:
    rows: int = 0
    without_customer: int = 0
    bad: int = 0


def read_ledger(
    paths: Sequence[Path],
    given: Given,
    *,
    workroom: Path,
    time_zone: str = "UTC",
    as_of: date | None = None,
    threads: int | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Ledger:
    """Read files of transactions or their lines into one table of transactions.

    Moments with a zone become days in `time_zone`; moments without one are taken as they are. Transactions
    after `as_of` do not count. Lines that name a transaction are summed to it per customer; a transaction
    whose sum is negative is a return of the absolute amount. Raises FileError when a file cannot be read or
    holds no usable row.
    """
    tell = progress or (lambda fraction, step: None)
    config: dict[str, str | bool | int | float | list[str]] = {"threads": threads} if threads else {}
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(
        "CREATE TABLE lines (customer VARCHAR, whole BIGINT, transaction VARCHAR, moment TIMESTAMP, "
        "amount DECIMAL(18,4), cost DECIMAL(18,4))"
    )
    files, roles, notes, totals = [], [], [], _Totals()
    for number, path in enumerate(paths):
        tell(number / len(paths), path.name)
        raw = open_file(connection, path, number, workroom)
        role = detect(raw.columns, given, str(path))
        notes += _read_lines(connection, raw, role, number, totals, time_zone)
        files.append(raw)
        roles.append(role)
    tell(1.0, TRANSACTIONS)
    _sum_to_transactions(connection)
    if as_of is not None:
        connection.execute(f"DELETE FROM {TRANSACTIONS} WHERE occurred_at::DATE > ?", [as_of])
    return _counted(connection, tuple(files), tuple(roles), totals, tuple(notes))


def _read_lines(
    connection: duckdb.DuckDBPyConnection,
    raw: RawFile,
    role: Roles,
    number: int,
    totals: _Totals,
    time_zone: str,
) -> list[str]:
    """Clean one file's rows into `lines`, keep the bad ones in ``bad_NUMBER``; answers what was assumed."""
    types = dict(zip(raw.columns, raw.types, strict=True))
    moment, notes = moment_sql(connection, raw, role.date, types[role.date], time_zone)
    columns = {
        "row": f'"{ROW}"',
        "customer": customer_sql(role.customer, types[role.customer]),
        "transaction": _transaction(role.transaction, number),
        "moment": moment,
        "amount": amount_sql(connection, raw, role.amount, types),
        "cost": amount_sql(connection, raw, role.cost, types) if role.cost else "NULL::DECIMAL(18,4)",
    }
    chosen = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    connection.execute(f'CREATE TEMP TABLE clean AS SELECT {chosen} FROM "{raw.table}"')
    in_time = f"year(moment) BETWEEN {EARLIEST_YEAR} AND {LATEST_YEAR}"
    fine = f"amount IS NOT NULL AND abs(amount) < {LARGEST} AND moment IS NOT NULL AND {in_time}"
    connection.execute(
        f"CREATE TABLE \"bad_{number}\" AS SELECT row, CASE WHEN moment IS NULL THEN 'date' "
        f"WHEN NOT ({in_time}) THEN 'date_out_of_range' WHEN amount IS NULL THEN 'amount' "
        f"ELSE 'amount_out_of_range' END AS reason FROM clean WHERE customer IS NOT NULL AND NOT ({fine})"
    )
    counted = connection.execute(
        f'SELECT count(*), count(*) - count(customer), (SELECT count(*) FROM "bad_{number}") FROM clean'
    ).fetchone()
    rows, without_customer, bad = counted or (0, 0, 0)
    totals.rows += rows + raw.rejected
    totals.without_customer += without_customer
    totals.bad += bad + raw.rejected
    connection.execute(
        "INSERT INTO lines SELECT customer, CASE WHEN regexp_full_match(customer, '0|[1-9][0-9]{0,17}') "
        "THEN customer::BIGINT END, transaction, moment, amount, cost FROM clean "
        f"WHERE customer IS NOT NULL AND {fine}"
    )
    connection.execute("DROP TABLE clean")
    return notes


def _transaction(column: str | None, number: int) -> str:
    """What a line is summed to; a row without a number of its own stands for itself."""
    alone = f"'{number}:' || \"{ROW}\""
    return alone if column is None else f"coalesce(nullif(trim({name_sql(column)}::VARCHAR), ''), {alone})"


def _sum_to_transactions(connection: duckdb.DuckDBPyConnection) -> None:
    """Orders out of lines; ids stay numbers when all of them are, so that they sort as numbers."""
    texts = connection.execute("SELECT count(*) FROM lines WHERE whole IS NULL").fetchone()
    customer = "customer" if texts and texts[0] else "whole"
    connection.execute(
        f"CREATE TABLE {TRANSACTIONS} AS SELECT customer_id, transaction AS transaction_id, occurred_at, "
        "CASE WHEN total < 0 THEN 'return' ELSE 'sale' END AS kind, abs(total)::DECIMAL(18,4) AS amount, "
        "CASE WHEN costs = lines THEN abs(cost)::DECIMAL(18,4) END AS cost FROM ("
        f"SELECT {customer} AS customer_id, transaction, min(moment) AS occurred_at, sum(amount) AS total, "
        "sum(cost) AS cost, count(cost) AS costs, count(*) AS lines FROM lines GROUP BY 1, 2)"
    )


def _counted(
    connection: duckdb.DuckDBPyConnection,
    files: tuple[RawFile, ...],
    roles: tuple[Roles, ...],
    totals: _Totals,
    notes: tuple[str, ...],
) -> Ledger:
    row = connection.execute(
        "SELECT count(*), count(*) FILTER (kind = 'return'), count(DISTINCT customer_id), "
        "sum(CASE kind WHEN 'sale' THEN amount ELSE -amount END)::DOUBLE, min(occurred_at)::DATE, "
        f"max(occurred_at)::DATE, count(cost) FROM {TRANSACTIONS}"
    ).fetchone()
    if row is None or not row[0]:
        raise FileError(
            f"no usable row: {totals.rows} rows read, {totals.without_customer} without a customer, "
            f"{totals.bad} bad, the rest after the day asked for",
            code="no_rows",
            where=", ".join(str(raw.path) for raw in files),
            params={"rows": totals.rows, "bad_rows": totals.bad},
        )
    transactions, returns, customers, revenue, first, last, costs = row
    return Ledger(
        connection, files, roles, totals.rows, totals.without_customer, totals.bad, transactions, returns,
        customers, round(float(revenue), 4), first, last, bool(costs), notes,
    )  # fmt: skip
