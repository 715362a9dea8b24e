"""Made facts of a large company, as Parquet: heavy-tailed, three years, the same for the same scale."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

AS_OF = "2026-06-30"
DAYS = 1095


@dataclass(frozen=True)
class Size:
    """How many rows of each fact; `of(1.0)` is the full bench."""

    customers: int
    transactions: int
    invoices: int
    receipts: int
    interactions: int
    opportunities: int

    @classmethod
    def of(cls, scale: float) -> "Size":
        full = (1_000_000, 20_000_000, 3_000_000, 3_000_000, 5_000_000, 300_000)
        return cls(*(max(1000, int(rows * scale)) for rows in full))


def write(folder: Path, size: Size) -> None:
    """Write one Parquet file a fact into `folder`, rows in the order of time as a lake has them."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = duckdb.connect()
    engine.execute("SET threads = 2; SET memory_limit = '3GB'; SET preserve_insertion_order = false")
    engine.execute(f"SET temp_directory = '{folder / 'spill'}'")
    for fact, query in _queries(size).items():
        engine.execute(f"COPY ({query}) TO '{folder / fact}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    engine.close()


def _queries(size: Size) -> dict[str, str]:
    # A customer's number is drawn with a cubed uniform, so that few customers have most of the rows.
    someone = f"(1 + floor(power({{draw}}, 3) * {size.customers}))::BIGINT"
    chance = "(hash(i * 7919 + {seed}) % 1000003) / 1000003.0"
    draw = lambda seed: chance.format(seed=seed)  # noqa: E731
    customer = lambda seed: someone.format(draw=draw(seed))  # noqa: E731
    ago = lambda rows: f"((({rows} - i) * {DAYS} * 86400) // {rows})"  # noqa: E731
    moment = lambda rows: f"TIMESTAMPTZ '{AS_OF} 00:00+00' - INTERVAL 1 SECOND * {ago(rows)}"  # noqa: E731
    money = lambda seed, scale: f"(5 + {scale} * power({draw(seed)}, 6))::DECIMAL(18, 4)"  # noqa: E731
    day = lambda rows: f"(({moment(rows)}))::DATE"  # noqa: E731
    rows = lambda count: f"(SELECT range AS i FROM range({count}))"  # noqa: E731
    return {
        "customers": f"""
            SELECT i + 1 AS customer_id, 'bench' AS source, 'organisation' AS kind, 'C' || i AS name,
                   (10 * power(10, 3 * {draw(1)}))::DOUBLE AS "attribute:size",
                   ['华北', '华东', '华南', '西南', '东北'][1 + i % 5] AS "attribute:region"
            FROM {rows(size.customers)}""",
        "transactions": f"""
            SELECT i AS transaction_id, {customer(2)} AS customer_id,
                   {moment(size.transactions)} AS occurred_at,
                   CASE WHEN i % 25 = 0 THEN 'return' ELSE 'sale' END AS kind, {money(3, 20000)} AS amount,
                   CASE WHEN i % 10 > 0 THEN ({money(3, 20000)} * 0.7)::DECIMAL(18, 4) END AS cost
            FROM {rows(size.transactions)}""",
        "invoices": f"""
            SELECT i AS invoice_id, {customer(4)} AS customer_id, {day(size.invoices)} AS issued_on,
                   {day(size.invoices)} + 30 AS due_on, {money(5, 30000)} AS amount
            FROM {rows(size.invoices)}""",
        # Receipt i settles invoice i, a month or so later.
        "receipts": f"""
            SELECT i AS receipt_id, {customer(4)} AS customer_id,
                   {day(size.receipts)} + (i % 60)::INTEGER AS received_on, {money(5, 30000)} AS amount,
                   CASE WHEN i % 8 = 0 THEN NULL ELSE i END AS invoice_id
            FROM {rows(size.receipts)}""",
        "interactions": f"""
            SELECT i AS interaction_id, {customer(6)} AS customer_id,
                   {moment(size.interactions)} AS occurred_at,
                   ['task', 'process', 'praise', 'complaint', 'suggestion', 'visit', 'call'][1 + i % 7]
                       AS kind
            FROM {rows(size.interactions)}""",
        "opportunities": f"""
            SELECT i AS opportunity_id, {customer(7)} AS customer_id,
                   ['open', 'won', 'lost'][1 + i % 3] AS status, {money(8, 90000)} AS amount,
                   round({draw(9)}, 2)::DOUBLE AS probability, {day(size.opportunities)} AS expected_on
            FROM {rows(size.opportunities)}""",
    }
