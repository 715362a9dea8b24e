"""A run's results into PostgreSQL: prepared aside, then put in force in one transaction."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import connection, transaction

from jinzita.analytics.scoring import Fitted
from jinzita.analytics.value_model import PROSPECT, Indicator
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.customers.services import record_standings
from jinzita.kernel.warehouse import bulk_connection
from jinzita.value.models import Run

ROWS = 100_000
# A score must move this far, or the grade change, to become a point of the history.
MOVED = 0.5
# First key of the advisory locks on a model: a swap takes it alone, re-scores share it.
MODEL_LOCK = 0x6A7A0001

_STAGE = """
CREATE TEMP TABLE staged_score (
    customer_id bigint, score float8, grade text, revenue float8, profit float8, values float8[], texts text[]
)"""
# Customers that were removed or merged since the facts were exported stay out.
_KEEP = """
INSERT INTO value_customerscore (customer_id, run_id, score, grade, as_of, revenue, profit, values, texts)
SELECT s.customer_id, {run}, s.score, s.grade, DATE '{as_of}', s.revenue, s.profit, s.values, s.texts
FROM staged_score s JOIN customers_customer c ON c.id = s.customer_id AND c.merged_into_id IS NULL"""
# The history tells the grades that counted: an override's, where one is in force.
# Aside first: a statement that looks up the table it fills reads what it wrote so far again for every row.
_MOVED_SCORES = """
CREATE TEMP TABLE moved_score ON COMMIT DROP AS
SELECT n.customer_id, n.run_id, n.as_of, n.score, coalesce(o.grade, n.grade) AS grade
FROM value_customerscore n
LEFT JOIN value_gradeoverride o ON o.customer_id = n.customer_id AND o.state = 'in_force'
LEFT JOIN LATERAL (
    SELECT h.score, h.grade FROM value_scorehistory h
    WHERE h.customer_id = n.customer_id ORDER BY h.at DESC, h.id DESC LIMIT 1
) last ON true
WHERE n.run_id = %s
AND (last.grade IS DISTINCT FROM coalesce(o.grade, n.grade) OR abs(last.score - n.score) >= %s)"""
_HISTORY = """
INSERT INTO value_scorehistory (customer_id, run_id, as_of, score, grade, cause)
SELECT customer_id, run_id, as_of, score, grade, 'run' FROM moved_score"""
_FALLEN_OUT = """
INSERT INTO value_scorehistory (customer_id, run_id, as_of, score, grade, cause)
SELECT o.customer_id, %s, %s, NULL, coalesce(v.grade, %s), 'run' FROM value_customerscore o
LEFT JOIN value_gradeoverride v ON v.customer_id = o.customer_id AND v.state = 'in_force'
WHERE o.run_id = %s AND NOT EXISTS (
    SELECT FROM value_customerscore n WHERE n.run_id = %s AND n.customer_id = o.customer_id
)"""


def prepare_scores(run_id: int, as_of: date, result: Path, model: Model, fitted: Fitted) -> None:
    """Copy the scored customers of a result file into the table of scores, where they wait for their run."""
    with bulk_connection(read_only=False) as line, line.cursor() as cursor:
        cursor.execute(_STAGE)
        batches = _score_batches(result, fitted.used(model))
        first = next(batches, None)
        if first is not None:
            reader = pa.RecordBatchReader.from_batches(first.schema, _chain(first, batches))
            cursor.adbc_ingest("staged_score", reader, mode="append", temporary=True)
        cursor.execute(_KEEP.format(run=int(run_id), as_of=as_of.isoformat()))
        cursor.execute("DROP TABLE staged_score")
        # Without figures the planner takes a table just filled for an empty one, and never comes to an end.
        cursor.execute("ANALYZE value_customerscore")
        cursor.execute("ANALYZE value_scorehistory")
        line.commit()


@transaction.atomic
def put_in_force(one: Run, result: Path, *, since: datetime, finish: Callable[[], None]) -> list[int]:
    """Make a prepared run the one in force: scores, standings and history change together.

    Answers the customers that were re-scored by themselves after `since`, whose facts the run may not have
    seen: they are to be re-scored. `finish` notes the run as done in the same transaction.
    """
    with connection.cursor() as cursor:
        # A worker killed here lets go at once, not when the server has finished its last statement.
        cursor.execute("SET LOCAL client_connection_check_interval = '2s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [MODEL_LOCK, one.model_id])
        former = Run.objects.filter(model_id=one.model_id, in_force=True).values_list("pk", flat=True).first()
        cursor.execute(
            "SELECT customer_id FROM value_customerscore WHERE run_id = %s AND scored_at > %s",
            [former, since],
        )
        to_rescore = [customer_id for (customer_id,) in cursor.fetchall()]
        cursor.execute("DROP TABLE IF EXISTS pg_temp.moved_score")
        cursor.execute(_MOVED_SCORES, [one.pk, MOVED])
        cursor.execute(_HISTORY)
        if former:
            cursor.execute(_FALLEN_OUT, [one.pk, one.as_of, PROSPECT, former, one.pk])
        # A customer that another model graded until now is this one's from here on.
        cursor.execute(
            "DELETE FROM value_customerscore o USING value_customerscore n, value_run r"
            " WHERE n.run_id = %s AND o.customer_id = n.customer_id"
            " AND r.id = o.run_id AND r.in_force AND r.model_id <> %s",
            [one.pk, one.model_id],
        )
    assert one.as_of is not None
    record_standings(batches=_standings(result), as_of=one.as_of)
    Run.objects.filter(model_id=one.model_id, in_force=True).update(in_force=False)
    finish()
    return to_rescore


def sweep_up(model_id: int) -> None:
    """Remove the scores of runs that are neither in force nor being prepared."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM value_customerscore s USING value_run r WHERE s.run_id = r.id AND r.model_id = %s"
            " AND NOT r.in_force AND r.state NOT IN ('waiting', 'running')",
            [model_id],
        )


def _chain(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest


def _standings(result: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(result) as file:
        for batch in file.iter_batches(ROWS, columns=["customer_id", "score", "grade"]):
            yield pa.record_batch(
                [batch.column("customer_id"), batch.column("score"), batch.column("grade").cast(pa.string())],
                names=["customer_id", "score", "grade"],
            )


def _score_batches(result: Path, indicators: Sequence[Indicator]) -> Iterator[pa.RecordBatch]:
    """The scored customers of a result file as rows of the table of scores, without prospects."""
    names = [f"value.{one.key}" for one in indicators]
    with pq.ParquetFile(result) as file:
        for batch in file.iter_batches(
            ROWS, columns=["customer_id", "score", "grade", "revenue", "profit", *names]
        ):
            grade = batch.column("grade").cast(pa.string())
            scored = pc.not_equal(grade, PROSPECT)
            rows = batch.filter(scored)
            numbers = [None if one.categorical else rows.column(f"value.{one.key}") for one in indicators]
            texts = [rows.column(f"value.{one.key}") if one.categorical else None for one in indicators]
            yield pa.record_batch(
                [
                    rows.column("customer_id").cast(pa.int64()), rows.column("score"), grade.filter(scored),
                    rows.column("revenue"), rows.column("profit"),
                    _side_by_side(numbers, rows.num_rows, pa.float64()),
                    _side_by_side(texts, rows.num_rows, pa.string()) if any(t is not None for t in texts)
                    else pa.nulls(rows.num_rows, pa.list_(pa.string())),
                ],
                names=["customer_id", "score", "grade", "revenue", "profit", "values", "texts"],
            )  # fmt: skip


def _side_by_side(columns: Sequence[pa.Array | None], rows: int, kind: pa.DataType) -> pa.Array:
    """Columns as one list per row; a column that is None gives null, no columns give empty lists."""
    width = len(columns)
    nothing = pa.nulls(0, kind)
    stacked = pa.concat_arrays(
        [nothing, *(pa.nulls(rows, kind) if c is None else c.cast(kind) for c in columns)]
    )
    turned = stacked.take(pa.array(np.arange(rows * width).reshape(width, rows).T.ravel()))
    offsets = pa.array(np.arange(rows + 1) * width, pa.int32())
    return pa.ListArray.from_arrays(offsets, turned)
