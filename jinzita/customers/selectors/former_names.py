"""What records were called before they became part of another: by these names they are still found."""

from collections.abc import Sequence

from django.db import connection, models

_FORMER = """
SELECT f.home, array_agg(DISTINCT n.value) FROM (
  SELECT id, id AS home FROM unnest(%(ids)s::bigint[]) id
  UNION ALL SELECT id, merged_into_id FROM {table} WHERE merged_into_id = ANY(%(ids)s)
) f
JOIN customers_merge g ON g.what = %(what)s AND g.survivor_id = f.id AND g.undone_at IS NULL
CROSS JOIN LATERAL jsonb_each_text(g.names) n
JOIN {table} o ON o.id = f.home AND o.name <> n.value
GROUP BY 1"""


def former_names(model: type[models.Model], ids: Sequence[int]) -> dict[int, list[str]]:
    """The names that merges which still stand took from these records, and those of what became part of
    them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _FORMER.format(table=model._meta.db_table), {"ids": list(ids), "what": model._meta.model_name}
        )
        return dict(cursor.fetchall())
