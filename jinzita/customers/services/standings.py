"""Where customers stand, written for `value`: one after a re-score, a million after a run.

A grade that somebody put above the computed one stays; the computed one moves beneath it.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.csv
from django.db import connection, transaction

from jinzita.customers.models import Standing
from jinzita.customers.services.attributes.values import follow_scores, recompute

Batch: TypeAlias = pa.RecordBatch | Sequence[tuple[int, float | None, str]]
_SCHEMA = pa.schema([("customer_id", pa.int64()), ("score", pa.float64()), ("grade", pa.string())])
_UNQUOTED = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none")


@transaction.atomic
def record_standings(*, batches: Iterable[Batch], as_of: date) -> int:
    """Write scores and grades in bulk; answers how many customers changed.

    A batch is an Arrow record batch with the columns customer_id, score, grade, or a list of such tuples. A
    customer named twice keeps either row; one that does not exist is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE new_standing (customer_id bigint, score float8, grade text) ON COMMIT DROP"
        )
        with cursor.copy("COPY new_standing FROM STDIN (FORMAT csv)") as copy:
            for batch in batches:
                copy.write(_as_csv(batch))
        cursor.execute("ANALYZE new_standing")
        cursor.execute(
            "UPDATE customers_standing s SET score = n.score, as_of = %s,"
            " grade = CASE WHEN s.computed_grade IS NULL THEN n.grade ELSE s.grade END,"
            " computed_grade = CASE WHEN s.computed_grade IS NOT NULL THEN n.grade END"
            " FROM new_standing n WHERE s.customer_id = n.customer_id"
            " AND (s.score, coalesce(s.computed_grade, s.grade), s.as_of)"
            " IS DISTINCT FROM (n.score, n.grade, %s)",
            [as_of, as_of],
        )
        changed: int = cursor.rowcount
        cursor.execute("DROP TABLE new_standing")
        if changed:
            # After a first run the planner would still believe that nobody has a score, and lists that are
            # searched and sorted by it would read all of it.
            cursor.execute("ANALYZE customers_standing")
            follow_scores()
    return changed


def record_standing(*, customer_id: int, score: float | None, grade: str, as_of: date) -> str | None:
    """Write one customer's score and grade, in the caller's transaction.

    Answers the grade that somebody put above this one, or None.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_standing AS s (customer_id, score, grade, as_of) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (customer_id) DO UPDATE SET score = excluded.score, as_of = excluded.as_of,"
            " grade = CASE WHEN s.computed_grade IS NULL THEN excluded.grade ELSE s.grade END,"
            " computed_grade = CASE WHEN s.computed_grade IS NOT NULL THEN excluded.grade END"
            " RETURNING CASE WHEN computed_grade IS NOT NULL THEN grade END",
            [customer_id, score, grade, as_of],
        )
        above: str | None = cursor.fetchone()[0]
    recompute([customer_id])
    return above


@transaction.atomic
def override_grade(*, customer_id: int, grade: str, told: Mapping[str, Any]) -> tuple[str, str]:
    """Put a grade above the computed one; `told` says why, until when and by whom. Answers the grade that
    counted before, and the one that counts now.
    """
    one = _standing(customer_id)
    before = one.grade
    one.computed_grade = one.computed_grade or one.grade
    one.grade, one.override = grade, dict(told)
    one.save(update_fields=["grade", "computed_grade", "override"])
    return before, one.grade


@transaction.atomic
def end_override(*, customer_id: int) -> tuple[str, str]:
    """The computed grade counts again. Answers the grade before and the one now."""
    one = _standing(customer_id)
    before = one.grade
    if one.computed_grade is not None:
        one.grade, one.computed_grade, one.override = one.computed_grade, None, None
        one.save(update_fields=["grade", "computed_grade", "override"])
    return before, one.grade


def _standing(customer_id: int) -> Standing:
    Standing.objects.get_or_create(customer_id=customer_id)
    return Standing.objects.select_for_update().get(pk=customer_id)


def record_quality(*, scores: Sequence[tuple[int, int]]) -> None:
    """Write how well these customers' records are kept, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_standing s SET quality = n.quality"
            " FROM unnest(%s::bigint[], %s::smallint[]) n(id, quality)"
            " WHERE s.customer_id = n.id AND s.quality IS DISTINCT FROM n.quality",
            [[pk for pk, _ in scores], [quality for _, quality in scores]],
        )


def _as_csv(batch: Batch) -> bytes:
    if not isinstance(batch, pa.RecordBatch):
        columns: list[Any] = [list(column) for column in zip(*batch, strict=True)] or [[], [], []]
        batch = pa.record_batch(columns, schema=_SCHEMA)
    # Grades are plain words, so nothing needs quotes; an empty cell is null to COPY.
    buffer = io.BytesIO()
    pyarrow.csv.write_csv(batch.select(_SCHEMA.names), buffer, write_options=_UNQUOTED)
    return buffer.getvalue()
