"""Which records came for a merged customer: they go to it when the merge comes apart."""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import Q

from jinzita.customers.models import Customer, NamedAs


def ids_of_keys(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The customers of these (source, key) themselves, merged or not."""
    by_source: dict[str, list[str]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    wanted = Q(pk__in=[])
    for source, several in by_source.items():
        wanted |= Q(source=source, source_key__in=several)
    rows = Customer.objects.filter(wanted).values_list("source", "source_key", "pk")
    return {(source, key): pk for source, key, pk in rows}


def note_named(table: str, meant: Mapping[int, int]) -> None:
    """Remember for which merged customer these rows came: {row: customer}."""
    if meant:
        NamedAs.objects.bulk_create(
            [NamedAs(table=table, row_id=row_id, meant_id=meant_id) for row_id, meant_id in meant.items()],
            update_conflicts=True, unique_fields=["table", "row_id"], update_fields=["meant_id"],
        )  # fmt: skip


def note_loaded(table: str, source: str, customer_source: str, named: Mapping[str, str]) -> None:
    """The same of rows loaded in bulk: {key of the row: key of the customer it named}."""
    if not named:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO customers_namedas ("table", row_id, meant_id) SELECT %s, t.id, c.id'
            f" FROM unnest(%s::text[], %s::text[]) AS n (row_key, customer_key)"
            f" JOIN {connection.ops.quote_name(table)} t ON t.source = %s AND t.source_key = n.row_key"
            " JOIN customers_customer c ON c.source = %s AND c.source_key = n.customer_key"
            " WHERE c.merged_into_id IS NOT NULL"
            ' ON CONFLICT ("table", row_id) DO UPDATE SET meant_id = EXCLUDED.meant_id',
            [table, list(named), list(named.values()), source, customer_source],
        )
