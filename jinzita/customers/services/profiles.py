"""Credit codes, addresses and groups in bulk, for customers of one source that have none yet."""

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from jinzita.customers.services.completion import complete_new
from jinzita.kernel.access import Permission, Viewer


@transaction.atomic
def fill_profiles(
    *, by: Viewer, source: str, codes: Mapping[str, str], parents: Mapping[str, str],
    addresses: Sequence[tuple[str, str, str, str, str]],
) -> None:  # fmt: skip
    """`codes` and `parents` are by customer key; an address is (key, province, city, district, street)."""
    by.require(Permission.MANAGE_DEMO)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_identifier (customer_id, kind, value)"
            " SELECT c.id, 'credit_code', n.code FROM unnest(%s::text[], %s::text[]) AS n(key, code)"
            " JOIN customers_customer c ON c.source = %s AND c.source_key = n.key"
            " ON CONFLICT DO NOTHING RETURNING customer_id",
            [list(codes), list(codes.values()), source],
        )
        changed = [customer_id for (customer_id,) in cursor.fetchall()]
        cursor.execute(
            "INSERT INTO customers_address (customer_id, kind, province, city, district, street)"
            " SELECT c.id, 'registered', n.province, n.city, n.district, n.street"
            " FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])"
            " AS n(key, province, city, district, street)"
            " JOIN customers_customer c ON c.source = %s AND c.source_key = n.key"
            " WHERE NOT EXISTS (SELECT FROM customers_address a WHERE a.customer_id = c.id)",
            [*map(list, zip(*addresses, strict=True)), source],
        )
        cursor.execute(
            "UPDATE customers_customer c SET parent_id = p.id"
            " FROM unnest(%s::text[], %s::text[]) AS n(key, above)"
            " JOIN customers_customer p ON p.source = %s AND p.source_key = n.above"
            " WHERE c.source = %s AND c.source_key = n.key AND c.parent_id IS NULL",
            [list(parents), list(parents.values()), source, source],
        )
    complete_new(changed)
