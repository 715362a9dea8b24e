"""Where customers stand, written for `value`: one after a re-score, a million after a run."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.csv
from django.db import connection, transaction

from jinzita.customers.models import Grade, Standing
from jinzita.customers.services.attribute_values import follow_scores, recompute

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
            "UPDATE customers_standing s SET score = n.score, grade = n.grade, as_of = %s FROM new_standing n"
            " WHERE s.customer_id = n.customer_id"
            " AND (s.score, s.grade, s.as_of) IS DISTINCT FROM (n.score, n.grade, %s)",
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


def record_standing(*, customer_id: int, score: float | None, grade: str, as_of: date) -> None:
    """Write one customer's score and grade, in the caller's transaction."""
    Standing.objects.update_or_create(
        customer_id=customer_id, defaults={"score": score, "grade": grade, "as_of": as_of}
    )
    recompute([customer_id])


def record_quality(*, scores: Sequence[tuple[int, int]]) -> None:
    """Write how well these customers' records are kept, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE customers_standing s SET quality = n.quality"
            " FROM unnest(%s::bigint[], %s::smallint[]) n(id, quality)"
            " WHERE s.customer_id = n.id AND s.quality IS DISTINCT FROM n.quality",
            [[pk for pk, _ in scores], [quality for _, quality in scores]],
        )


def clear_standings(*, customer_ids: Sequence[int]) -> int:
    """Make these customers prospects without a score again; answers how many changed."""
    return (
        Standing.objects.filter(customer_id__in=customer_ids)
        .exclude(score=None, grade=Grade.PROSPECT, as_of=None)
        .update(score=None, grade=Grade.PROSPECT, as_of=None)
    )


def _as_csv(batch: Batch) -> bytes:
    if not isinstance(batch, pa.RecordBatch):
        columns: list[Any] = [list(column) for column in zip(*batch, strict=True)] or [[], [], []]
        batch = pa.record_batch(columns, schema=_SCHEMA)
    # Grades are plain words, so nothing needs quotes; an empty cell is null to COPY.
    buffer = io.BytesIO()
    pyarrow.csv.write_csv(batch.select(_SCHEMA.names), buffer, write_options=_UNQUOTED)
    return buffer.getvalue()
