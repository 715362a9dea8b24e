"""How frequent n-grams are, as PostgreSQL's own statistics have it."""

import time
from collections.abc import Collection
from functools import lru_cache

from django.db import connection

KEPT_SECONDS = 600


def frequency(gram: int) -> float:
    """The share of customers that have this gram; 0 for one too rare to be counted."""
    return _frequencies(int(time.monotonic() // KEPT_SECONDS)).get(gram, 0.0)


def rarest(grams: Collection[int]) -> int:
    """The gram the fewest customers have."""
    return min(grams, key=lambda gram: (frequency(gram), gram))


@lru_cache(1)
def _frequencies(period: int) -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e, f FROM pg_stats,"
            " unnest(most_common_elems::text::int[], most_common_elem_freqs) AS x(e, f)"
            " WHERE schemaname = current_schema() AND tablename = 'customers_searchkey'"
            " AND attname = 'grams' AND e IS NOT NULL"
        )
        return dict(cursor.fetchall())
