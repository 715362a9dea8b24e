"""How frequent n-grams are, as PostgreSQL's own statistics have it."""

import time
from collections.abc import Collection
from functools import lru_cache

from django.db import connection

KEPT_SECONDS = 600
CUSTOMER_KEYS, CONTACT_KEYS = "customers_searchkey", "customers_contactkey"


def frequency(gram: int, table: str = CUSTOMER_KEYS) -> float:
    """The share of the keys in `table` that have this gram; 0 for one too rare to be counted."""
    return _frequencies(table, int(time.monotonic() // KEPT_SECONDS)).get(gram, 0.0)


def rarest(grams: Collection[int]) -> int:
    """The gram the fewest customers have."""
    return min(grams, key=lambda gram: (frequency(gram), gram))


@lru_cache(2)
def _frequencies(table: str, period: int) -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e, f FROM pg_stats,"
            " unnest(most_common_elems::text::int[], most_common_elem_freqs) AS x(e, f)"
            " WHERE schemaname = current_schema() AND tablename = %s"
            " AND attname = 'grams' AND e IS NOT NULL",
            [table],
        )
        return dict(cursor.fetchall())
