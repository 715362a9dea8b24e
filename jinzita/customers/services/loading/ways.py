"""Addresses, and further ways to reach customers, in bulk from files: added to those there are.

A row is known by what it says: the same address or number of a customer is there once.
"""

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.models import F

from jinzita.customers.fields.ways import ADDRESSES
from jinzita.customers.models import Address, Channel, Customer
from jinzita.customers.services.addresses import MOST_ADDRESSES
from jinzita.customers.services.channels import MOST_CHANNELS
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.loading.customers import Naming, settle_customers
from jinzita.kernel import loading, undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.field_access import require_editable
from jinzita.kernel.loading import Loaded, Manner

TOO_MANY = "too many of customer"
_CHANNELS, _CUSTOMERS = Channel._meta.db_table, Customer._meta.db_table
_PLACE = tuple(one.column for one in ADDRESSES.fixed if one.column and not one.references)
_WAY = ("kind", "value", "normal", "label")

# New ones stand behind those there are, in the order of the file.
_ADD = """
    INSERT INTO {table} (customer_id, position, {columns})
    SELECT n.customer_id, n.place, {new} FROM (
        SELECT u.*, row_number() OVER (PARTITION BY u.customer_id ORDER BY u.number) - 1 + (
            SELECT coalesce(max(a.position) + 1, 0) FROM {table} a WHERE a.customer_id = u.customer_id
        ) AS place FROM (
            SELECT DISTINCT ON (customer_id, {key}) *
            FROM unnest({types}) AS t (number, customer_id, {columns})
            ORDER BY customer_id, {key}, number
        ) u WHERE NOT EXISTS (SELECT FROM {table} a WHERE a.customer_id = u.customer_id AND {same})
    ) n WHERE n.place < %s
    RETURNING id, customer_id
"""
_FULL = """
    SELECT number FROM unnest({types}) AS t (number, customer_id, {columns})
    WHERE NOT EXISTS (SELECT FROM {table} a WHERE a.customer_id = t.customer_id AND {same_t})
"""
# A customer without a telephone or e-mail of its own has the first of its further ones.
_FIRST = """
    SELECT DISTINCT ON (h.customer_id) h.customer_id, h.value FROM customers_channel h
    JOIN customers_customer c ON c.id = h.customer_id
    WHERE h.customer_id = ANY(%s) AND h.kind = %s AND c.{kind} = ''
    ORDER BY h.customer_id, h.position, h.id
"""


@transaction.atomic
def load_addresses(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Add addresses to customers; `rows` has number, customer and what else `fields.ways` declares.

    Customers are named as `settle_customers` says. What a row leaves blank is blank in the address.
    """
    return _load(by, source, rows, naming, Address._meta.db_table, _PLACE, _PLACE, MOST_ADDRESSES)


@transaction.atomic
def load_channels(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Add ways to reach customers; `rows` has number, customer, kind, value, its normal form, label.

    A customer without a telephone, or an e-mail, of its own takes the first.
    """
    require_editable(by, "customers", ["phone", "email"])
    loaded = _load(by, source, rows, naming, _CHANNELS, _WAY, ("kind", "normal"), MOST_CHANNELS)
    for kind in ("phone", "email"):
        _take_first(kind, sorted(loaded.customer_ids))
    complete_new(sorted(loaded.customer_ids))
    return loaded


def _load(
    by: Viewer, source: str, rows: pa.Table, naming: Naming | None, table: str, columns: tuple[str, ...],
    key: tuple[str, ...], most: int,
) -> Loaded:  # fmt: skip
    by.require(Permission.IMPORT)
    rows, refusals = settle_customers(by=by, naming=naming or Naming(source), rows=rows)
    loaded = Loaded()
    refusals.add_to(loaded)
    given = [rows["number"].to_pylist(), rows["customer_id"].to_pylist()]
    given += [_texts(rows, name) for name in columns]
    words = {
        "table": table, "columns": ", ".join(columns), "key": ", ".join(key),
        "new": ", ".join(f"n.{name}" for name in columns),
        "types": ", ".join(["%s::bigint[]", "%s::bigint[]", *["%s::text[]"] * len(columns)]),
        "same": " AND ".join(f"a.{name} = u.{name}" for name in key),
        "same_t": " AND ".join(f"a.{name} = t.{name}" for name in key),
    }  # fmt: skip
    with connection.cursor() as cursor:
        # Whoever changes a customer's list at this moment is waited for.
        owners = sorted(set(given[1]))
        cursor.execute(f"SELECT FROM {_CUSTOMERS} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [owners])
        cursor.execute(_ADD.format(**words), [*given, most])
        made = cursor.fetchall()
        cursor.execute(_FULL.format(**words), given)
        full = [number for (number,) in cursor.fetchall()]
    undo.made(table, [pk for pk, _ in made])
    loaded.created = len(made)
    loaded.customer_ids = {customer for _, customer in made}
    loaded.refused += [(number, TOO_MANY) for number in full]
    loaded.unchanged = rows.num_rows - len(made) - len(full)
    return loaded


def _texts(rows: pa.Table, name: str) -> list[str]:
    if name not in rows.column_names:
        return [""] * rows.num_rows
    return pc.fill_null(rows[name], "").to_pylist()


def _take_first(kind: str, customers: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FIRST.format(kind=kind), [customers, kind])
        first = dict(cursor.fetchall())
    undo.changing(_CUSTOMERS, sorted(first))
    lacking = list(Customer.objects.filter(pk__in=first).only(kind))
    for one in lacking:
        setattr(one, kind, first[one.pk])
    Customer.objects.bulk_update(lacking, [kind], batch_size=2_000)
    Customer.objects.filter(pk__in=first).update(version=F("version") + 1)
