"""Addresses, and further ways to reach customers, in bulk from files: added to those there are.

A row is known by what it says: the same address or number of a customer is there once.
"""

from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.models import Model

from jinzita.customers.fields.ways import ADDRESSES
from jinzita.customers.models import Address, Channel, Contact, Customer
from jinzita.customers.services.addresses import MOST_ADDRESSES
from jinzita.customers.services.channels import MOST_CHANNELS
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.loading.customers import Naming, settle_customers
from jinzita.kernel import loading, undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.field_access import require_editable
from jinzita.kernel.loading import Loaded, Manner

TOO_MANY = "too many of customer"
_PLACE = tuple(one.column for one in ADDRESSES.fixed if one.column and not one.references)
WAY, WAY_KEY = ("kind", "value", "normal", "label"), ("kind", "normal")

# New ones stand behind those there are, in the order of the file.
_ADD = """
    INSERT INTO {table} ({owner}, position, {columns})
    SELECT n.{owner}, n.place, {new} FROM (
        SELECT u.*, row_number() OVER (PARTITION BY u.{owner} ORDER BY u.number) - 1 + (
            SELECT coalesce(max(a.position) + 1, 0) FROM {table} a WHERE a.{owner} = u.{owner}
        ) AS place FROM (
            SELECT DISTINCT ON ({owner}, {key}) *
            FROM unnest({types}) AS t (number, {owner}, {columns})
            ORDER BY {owner}, {key}, number
        ) u WHERE NOT EXISTS (SELECT FROM {table} a WHERE a.{owner} = u.{owner} AND {same})
    ) n WHERE n.place < %s
    RETURNING id, {owner}
"""
_FULL = """
    SELECT number FROM unnest({types}) AS t (number, {owner}, {columns})
    WHERE NOT EXISTS (SELECT FROM {table} a WHERE a.{owner} = t.{owner} AND {same_t})
"""
# A customer or contact without a telephone or e-mail of its own has the first of its further ones.
_FIRST = """
    SELECT DISTINCT ON (o.id) o.id, h.value FROM customers_channel h JOIN {table} o ON o.id = h.{owner}
    WHERE o.id = ANY(%s) AND h.kind = %s AND o.{kind} = ''
    ORDER BY o.id, h.position, h.id
"""


@transaction.atomic
def load_addresses(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Add addresses to customers; `rows` has number, customer and what else `fields.ways` declares.

    Customers are named as `settle_customers` says. What a row leaves blank is blank in the address.
    """
    return _load(by, source, rows, naming, Address, _PLACE, _PLACE, MOST_ADDRESSES)


@transaction.atomic
def load_channels(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Add ways to reach customers; `rows` has number, customer, kind, value, its normal form, label.

    A customer without a telephone, or an e-mail, of its own takes the first.
    """
    require_editable(by, "customers", ["phone", "email"])
    loaded = _load(by, source, rows, naming, Channel, WAY, WAY_KEY, MOST_CHANNELS)
    for kind in ("phone", "email"):
        take_first(Customer, kind, sorted(loaded.customer_ids))
    complete_new(sorted(loaded.customer_ids))
    return loaded


def _load(
    by: Viewer, source: str, rows: pa.Table, naming: Naming | None, model: type[Model],
    columns: tuple[str, ...], key: tuple[str, ...], most: int,
) -> Loaded:  # fmt: skip
    by.require(Permission.IMPORT)
    rows, refusals = settle_customers(by=by, naming=naming or Naming(source), rows=rows)
    loaded = Loaded()
    refusals.add_to(loaded)
    given = [rows["number"].to_pylist(), rows["customer_id"].to_pylist()]
    given += [_texts(rows, name) for name in columns]
    made, full = add("customer", model, given, columns, key, most)
    loaded.created = len(made)
    loaded.customer_ids = {customer for _, customer in made}
    loaded.refused += [(number, TOO_MANY) for number in full]
    loaded.unchanged = rows.num_rows - len(made) - len(full)
    return loaded


def add(
    owner: Literal["customer", "contact"], model: type[Model], given: list[list[Any]],
    columns: tuple[str, ...], key: tuple[str, ...], most: int,
) -> tuple[list[tuple[int, int]], list[int]]:  # fmt: skip
    """Add rows to what customers or contacts have; answers those made, (id, owner), and the numbers of those
    that are too many.

    `given` are the rows' numbers, their owners' ids and a list for each of the `columns`; `key` says which of
    these make a row the same.
    """
    table = model._meta.db_table
    words = {
        "table": table, "owner": f"{owner}_id", "columns": ", ".join(columns), "key": ", ".join(key),
        "new": ", ".join(f"n.{name}" for name in columns),
        "types": ", ".join(["%s::bigint[]", "%s::bigint[]", *["%s::text[]"] * len(columns)]),
        "same": " AND ".join(f"a.{name} = u.{name}" for name in key),
        "same_t": " AND ".join(f"a.{name} = t.{name}" for name in key),
    }  # fmt: skip
    with connection.cursor() as cursor:
        # Whoever changes the list of one of them at this moment is waited for.
        owners = sorted(set(given[1]))
        cursor.execute(
            f"SELECT FROM customers_{owner} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [owners]
        )
        cursor.execute(_ADD.format(**words), [*given, most])
        made = cursor.fetchall()
        cursor.execute(_FULL.format(**words), given)
        full = [number for (number,) in cursor.fetchall()]
    undo.made(table, [pk for pk, _ in made])
    return made, full


def _texts(rows: pa.Table, name: str) -> list[str]:
    if name not in rows.column_names:
        return [""] * rows.num_rows
    return pc.fill_null(rows[name], "").to_pylist()


def take_first(model: type[Customer] | type[Contact], kind: str, ids: list[int]) -> None:
    """Let those of them who have no telephone, or e-mail, of their own have the first of the further ones."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            _FIRST.format(table=table, owner=f"{model._meta.model_name}_id", kind=kind), [ids, kind]
        )
        first = dict(cursor.fetchall())
    undo.changing(table, sorted(first))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} o SET {kind} = n.value, version = o.version + 1"
            " FROM unnest(%s::bigint[], %s::text[]) n (id, value) WHERE o.id = n.id",
            [list(first), list(first.values())],
        )
