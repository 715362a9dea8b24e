"""Small tables of facts for the tests, on any engine."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jinzita.analytics import CATALOGUE, DuckDBEngine, Facts, Indicator, ValueModel, indicator_values

ID, TEXT, DAY = pa.int64(), pa.string(), pa.date32()
MONEY, MOMENT = pa.decimal128(18, 4), pa.timestamp("us", tz="UTC")
SCHEMAS = {
    "customers": pa.schema(
        [
            ("customer_id", ID),
            ("name", TEXT),
            ("kind", TEXT),
            ("source", TEXT),
            ("attribute:size", TEXT),
            ("attribute:staff", pa.float64()),
            ("attribute:listed", pa.bool_()),
        ]
    ),
    "transactions": pa.schema(
        [
            ("transaction_id", ID),
            ("customer_id", ID),
            ("occurred_at", MOMENT),
            ("kind", TEXT),
            ("amount", MONEY),
            ("cost", MONEY),
        ]
    ),
    "invoices": pa.schema(
        [("invoice_id", ID), ("customer_id", ID), ("issued_on", DAY), ("due_on", DAY), ("amount", MONEY)]
    ),
    "receipts": pa.schema(
        [("receipt_id", ID), ("customer_id", ID), ("received_on", DAY), ("amount", MONEY), ("invoice_id", ID)]
    ),
    "interactions": pa.schema(
        [("interaction_id", ID), ("customer_id", ID), ("occurred_at", MOMENT), ("kind", TEXT)]
    ),
    "opportunities": pa.schema(
        [
            ("opportunity_id", ID),
            ("customer_id", ID),
            ("status", TEXT),
            ("amount", MONEY),
            ("probability", pa.float64()),
            ("expected_on", DAY),
        ]
    ),
}
ZONE = "Asia/Shanghai"
EVERY_INDICATOR = tuple(Indicator(known.code, 1, better=known.better) for known in CATALOGUE.values())


def moment(text: str) -> datetime:
    """ "2024-05-01" (noon in Shanghai), or "2024-05-01 16:30" in UTC."""
    if len(text) == 10:
        return datetime.fromisoformat(text + " 04:00").replace(tzinfo=UTC)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def money(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.0001"))


def arrow(rows: Mapping[str, Any]) -> dict[str, pa.Table]:
    """Arrow tables out of rows; missing columns are null, moments and amounts may be written as text."""
    tables = {}
    for name, schema in SCHEMAS.items():
        if name not in rows:
            continue
        columns = []
        for field in schema:
            values = [row.get(field.name) for row in rows[name]]
            if field.type == MOMENT:
                values = [moment(v) if isinstance(v, str) else v for v in values]
            elif field.type == DAY:
                values = [date.fromisoformat(v) if isinstance(v, str) else v for v in values]
            elif field.type == MONEY:
                values = [money(v) for v in values]
            columns.append(pa.array(values, field.type))
        tables[name] = pa.table(columns, schema=schema)
    return tables


def facts_on(engine: DuckDBEngine, tables: dict[str, pa.Table]) -> Facts:
    """The tables as facts of a DuckDB engine."""
    return Facts(
        **{name: engine.backend.create_table(name, table, overwrite=True) for name, table in tables.items()}
    )


def written(tables: dict[str, pa.Table], folder: Path) -> dict[str, str]:
    """The tables as Parquet files, for any engine."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return {name: str(folder / f"{name}.parquet") for name in tables}


def values_of(
    rows: Mapping[str, Any], *indicators: Indicator, as_of: str = "2024-06-30", zone: str = ZONE
) -> dict[int, dict]:
    """Indicator values by customer id, without the ``value.`` prefix."""
    engine = DuckDBEngine(threads=1)
    table = indicator_values(
        facts_on(engine, arrow(rows)),
        indicators or EVERY_INDICATOR,
        as_of=date.fromisoformat(as_of),
        time_zone=zone,
    )
    answer = {
        row["customer_id"]: {key.removeprefix("value."): value for key, value in row.items()}
        for row in table.to_pyarrow().to_pylist()
    }
    engine.close()
    return answer


def sale(customer: int, day: str, amount: object, cost: object = None, kind: str = "sale") -> dict:
    return {"customer_id": customer, "occurred_at": day, "kind": kind, "amount": amount, "cost": cost}


def model_of(*indicators: Indicator, **more: Any) -> ValueModel:
    return ValueModel("test", indicators, **more)
