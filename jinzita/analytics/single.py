"""One customer's score at once: the same pipeline and the same saved scales as the full run, in
milliseconds."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from jinzita.analytics import grades
from jinzita.analytics.errors import FactsError, NotComputed
from jinzita.analytics.facts import Facts
from jinzita.analytics.pipeline import indicator_values
from jinzita.analytics.scoring import Fitted, score_block
from jinzita.analytics.value_model import GRADES, PROSPECT, Indicator, ValueModel


@dataclass(frozen=True)
class IndicatorScore:
    """One line of the explanation. `points` and `contribution` are None where the indicator was left out."""

    key: str
    code: str
    window_months: int | None
    value: float | str | None
    points: float | None
    contribution: float | None
    weight: float
    missing: bool


@dataclass(frozen=True)
class CustomerScore:
    """A customer's score as of a day, with its explanation; contributions add up to the score.

    `score` is None and `grade` "prospect" for a customer without a sale up to `as_of`. `revenue` and `profit`
    are of the whole history.
    """

    customer_id: int | str
    as_of: date
    score: float | None
    grade: str
    sales: int
    revenue: float
    profit: float | None
    indicators: tuple[IndicatorScore, ...]


def score_one(
    facts: Mapping[str, pa.Table], model: ValueModel, fitted: Fitted, *, as_of: date, time_zone: str
) -> CustomerScore:
    """Score one customer from its own facts through the scales of the last full run. Safe to call from
    threads.

    `facts`: Arrow tables by name (`customers` with its one row, `transactions`, …) holding this customer
    alone; absent tables are no facts, but a table that the full run had must be given, if empty. The same
    facts give the full run's score to the last digit. Raises FactsError when they are not one customer's,
    NotComputed when the run has no scale for an indicator.
    """
    for indicator in model.indicators:
        if indicator.key not in fitted.scales:
            raise NotComputed(
                f"the last run has no scale for {indicator.key}", code="not_computed", where=indicator.key
            )
    measures = tuple(Indicator(c, 0, "map" if text else "percentile", window_months=w, formula=f)
                     for c, w, f, text in (i.measure() for i in model.indicators))  # fmt: skip
    schemas = tuple((name, table.schema) for name, table in sorted(facts.items()))
    key = _Key(measures, tuple((name, _Schema(schema)) for name, schema in schemas), as_of, time_zone)
    values = _run(key, facts)
    if values.num_rows != 1:
        raise FactsError(
            f"facts of one customer are expected, found {values.num_rows}",
            code="not_one_customer",
            where="customers",
        )
    return _explained(model, fitted, values, as_of)


class _Schema:
    """An Arrow schema that can key a cache."""

    def __init__(self, schema: pa.Schema) -> None:
        self.schema = schema.remove_metadata()
        self._text = str(self.schema)

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Schema) and self._text == other._text


@dataclass(frozen=True)
class _Key:
    """What a prepared query depends on."""

    measures: tuple[Indicator, ...]
    schemas: tuple[tuple[str, _Schema], ...]
    as_of: date
    time_zone: str


@lru_cache(maxsize=32)
def _compiled(key: _Key) -> str:
    tables = {
        name: ibis.table(ibis.Schema.from_pyarrow(schema.schema), name=name) for name, schema in key.schemas
    }
    values = indicator_values(Facts(**tables), key.measures, as_of=key.as_of, time_zone=key.time_zone)
    return str(ibis.to_sql(values, dialect="duckdb", pretty=False))


class _Prepared:
    """A small DuckDB with empty fact tables and the pipeline prepared over them: planning costs more than
    running."""

    def __init__(self, key: _Key) -> None:
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        self.connection.execute("SET TimeZone = 'UTC'")
        # Each EXECUTE optimises the plan anew, which takes longer than running it as it stands on one
        # customer's rows, be they thousands.
        self.connection.execute("PRAGMA disable_optimizer")
        for name, schema in key.schemas:
            self.connection.register("arriving", schema.schema.empty_table())
            self.connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM arriving')
            self.connection.unregister("arriving")
        self.connection.execute("PREPARE pipeline AS " + _compiled(key))

    def run(self, facts: Mapping[str, pa.Table]) -> pa.Table:
        for name, table in facts.items():
            self.connection.execute(f'TRUNCATE "{name}"')
            if table.num_rows:
                self.connection.register("arriving", table)
                self.connection.execute(f'INSERT INTO "{name}" SELECT * FROM arriving')
                self.connection.unregister("arriving")
        return self.connection.sql("EXECUTE pipeline").to_arrow_table()


_IDLE_LIMIT = 8
_idle: list[tuple[_Key, _Prepared]] = []
_lock = threading.Lock()


def _run(key: _Key, facts: Mapping[str, pa.Table]) -> pa.Table:
    """Run on an idle prepared query or a new one; each serves one thread at a time."""
    with _lock:
        at = next((n for n, (idle_key, _) in enumerate(_idle) if idle_key == key), None)
        prepared = None if at is None else _idle.pop(at)[1]
    prepared = prepared or _Prepared(key)
    values = prepared.run(facts)
    with _lock:
        _idle.append((key, prepared))
        del _idle[:-_IDLE_LIMIT]
    return values


def _explained(model: ValueModel, fitted: Fitted, values: pa.Table, as_of: date) -> CustomerScore:
    row: dict[str, Any] = values.to_pylist()[0]
    prospect = row["sales"] <= 0
    scored = score_block(model, fitted, values)
    ids = values.column("customer_id").to_numpy()
    code = int(grades.grade_codes(fitted.bounds, scored.score, ids)[0])
    lines = []
    for indicator in fitted.used(model):
        value = row[f"value.{indicator.key}"]
        lines.append(
            IndicatorScore(
                key=indicator.key,
                code=indicator.code,
                window_months=indicator.window_months,
                value=value,
                points=None if prospect else _known(scored.points[indicator.key]),
                contribution=None if prospect else _known(scored.contribution(indicator)),
                weight=indicator.weight,
                missing=value is None,
            )
        )
    return CustomerScore(
        customer_id=row["customer_id"],
        as_of=as_of,
        score=None if prospect else _known(scored.score),
        grade=PROSPECT if prospect else GRADES[code],
        sales=int(row["sales"]),
        revenue=row["revenue"],
        profit=row["profit"],
        indicators=tuple(lines),
    )


def _known(values: np.ndarray[Any, Any]) -> float | None:
    return None if np.isnan(values[0]) else float(values[0])
