"""Contacts in bulk, from files."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.models.functions import Coalesce

from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.fields.keys import RECORD
from jinzita.customers.models import Contact, Position
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.services import erased_keys
from jinzita.customers.services.completion import complete_contacts
from jinzita.customers.services.loading.contact_ways import Ways
from jinzita.customers.services.loading.customers import settle_customers
from jinzita.customers.services.loading.known import HIDDEN, Naming, Refusals, without
from jinzita.customers.services.loading.known_contacts import recognise_contacts, unknown_records
from jinzita.customers.services.loading.tags import tags_written, with_tags
from jinzita.customers.services.loading.ways import TOO_MANY
from jinzita.customers.services.merging.arriving import keep_former, pass_on
from jinzita.customers.services.touching import touch_contacts
from jinzita.kernel import loading, undo
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.loading import Loaded, Manner

# A row says where somebody works and what part that person has in decisions; blank parts change nothing. The
# first row of the file names the main one.
_POSITIONS = """
    INSERT INTO customers_position AS p (contact_id, customer_id, role)
    SELECT contact_id, customer_id, role FROM (
        SELECT DISTINCT ON (1, 2) coalesce(t.merged_into_id, t.id) AS contact_id, c.id AS customer_id,
            coalesce(n.role, '') AS role, n.place
        FROM unnest(%s::text[], %s::bigint[], %s::text[]) WITH ORDINALITY
            AS n(source_key, customer_id, role, place)
        JOIN customers_contact t ON t.source = %s AND t.source_key = n.source_key
        JOIN customers_customer c ON c.id = n.customer_id
        ORDER BY 1, 2, n.place DESC
    ) seats ORDER BY place
    ON CONFLICT (contact_id, customer_id) DO UPDATE SET role = EXCLUDED.role
    WHERE EXCLUDED.role <> '' AND p.role <> EXCLUDED.role
    RETURNING p.id
"""
_NEW_SEATS = """
    SELECT n.number
    FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[])
        AS n(number, source_key, customer_id, role)
    LEFT JOIN customers_contact t ON t.source = %s AND t.source_key = n.source_key
    LEFT JOIN customers_position p
    ON p.contact_id = coalesce(t.merged_into_id, t.id) AND p.customer_id = n.customer_id
    WHERE p.id IS NULL OR (n.role <> '' AND p.role <> n.role)
"""
_FORMER = """
    SELECT p.id FROM customers_position p JOIN customers_contact t
    ON p.contact_id = coalesce(t.merged_into_id, t.id)
    WHERE t.source = %s AND t.source_key = ANY(%s)
"""
_PRIMARY = """
    UPDATE customers_position SET is_primary = true WHERE id IN (
        SELECT min(p.id) FROM customers_position p JOIN customers_contact t
        ON p.contact_id = coalesce(t.merged_into_id, t.id)
        WHERE t.source = %s AND t.source_key = ANY(%s)
        GROUP BY p.contact_id HAVING NOT bool_or(p.is_primary)
    )
"""


@transaction.atomic
def load_contacts(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None, key: str = "source_key",
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Create or change contacts of a source; `rows` as `kernel.loading.load` takes them.

    `key` says by what a row's contact is known: by its source and key, or by another of
    `fields.contact_keys`, also one that came from elsewhere. Their `customer` is a key as `naming` says (the
    one at the source when None), see `settle_customers`; a contact whose rows name several customers is at
    all of them, and a row that names none is about where its contact mainly is. Rows of contacts the importer
    may not see are refused. Further telephones and so on are added to those there are.
    """
    by.require(Permission.IMPORT)
    naming = naming or Naming(source)
    if key == "source_key":
        rows, refusals = settle_customers(by=by, naming=naming, rows=rows)
        loaded = _load(by, source, rows, manner)
        refusals.add_to(loaded)
        return loaded
    unknown = unknown_records(by, rows) if key == RECORD.code else []
    rows, refusals = _settled(by, naming, without(rows, [number for number, _ in unknown]))
    refusals.rows += unknown
    loaded = Loaded()
    for one, some in recognise_contacts(by=by, source=source, rows=rows, key=key, refusals=refusals).items():
        loaded.add(_load(by, one, some, manner))
    refusals.add_to(loaded)
    return loaded


def _settled(by: Viewer, naming: Naming, rows: pa.Table) -> tuple[pa.Table, Refusals]:
    """The rows with their `customer_id`; it is null of those that name no customer."""
    if "customer" not in rows.column_names:
        rows = rows.append_column("customer", pa.nulls(rows.num_rows, pa.string()))
    nowhere = rows.filter(pc.is_null(rows["customer"]))
    if "customer_name" in nowhere.column_names:
        nowhere = nowhere.drop_columns(["customer_name"])
    nowhere = nowhere.append_column("customer_id", pa.nulls(nowhere.num_rows, pa.int64()))
    at, refusals = settle_customers(by=by, naming=naming, rows=rows.filter(pc.is_valid(rows["customer"])))
    return pa.concat_tables([at, nowhere]).sort_by("number"), refusals


def _load(by: Viewer, source: str, rows: pa.Table, manner: Manner) -> Loaded:
    """Load rows whose customers are known, of contacts of one source."""
    keys = rows["source_key"].to_pylist()
    rows, refused = erased_keys.without_erased(erased_keys.CONTACTS, source, rows, keys)
    if hidden := _hidden(by, source, rows):
        unseen = pc.is_in(rows["source_key"], value_set=pa.array(hidden))
        refused += [(number, HIDDEN) for number in rows.filter(unseen)["number"].to_pylist()]
        rows = rows.filter(pc.invert(unseen))
    ways = Ways(source, rows)
    rows = ways.rows
    new = ways.new() | _new_seats(source, rows)
    rows = rows.append_column("changed", _numbered(rows, new))
    former = keep_former(Contact, source, rows["source_key"].to_pylist())
    about = [name for name in ("customer", "customer_id", "role") if name in rows.column_names]
    target = with_tags(loading.target_of(CONTACTS, customer=None))
    given = tags_written(rows.drop_columns(about))
    loaded = loading.load(target, given, source=source, want_ids=True, manner=manner)
    loaded.refused += refused
    if loaded.skipped:
        left_out = rows.filter(_numbered(rows, loaded.skipped))["source_key"]
        rows = rows.filter(pc.invert(pc.is_in(rows["source_key"], value_set=left_out.combine_chunks())))
    _count_seats(loaded, rows, new)
    keys, customers = rows["source_key"].to_pylist(), rows["customer_id"].to_pylist()
    roles = rows["role"].to_pylist() if "role" in rows.column_names else [None] * len(keys)
    with connection.cursor() as cursor:
        if undo.is_gathering():
            cursor.execute(_FORMER, [source, keys])
            undo.changing(Position._meta.db_table, [one for (one,) in cursor.fetchall()])
        cursor.execute(_POSITIONS, [keys, customers, roles, source])
        undo.made(Position._meta.db_table, [one for (one,) in cursor.fetchall()])
        cursor.execute(_PRIMARY, [source, keys])
        cursor.execute(
            "UPDATE customers_contact SET version = version + 1 WHERE id = ANY(%s)", [loaded.changed_ids]
        )
    _refuse(loaded, rows, ways.write(rows))
    known = Contact.objects.filter(source=source, source_key__in=keys)
    touch_contacts(list(known.values_list(Coalesce("merged_into_id", "pk"), flat=True)))
    complete_contacts([*loaded.changed_ids, *pass_on(Contact, former)])
    return loaded


def _new_seats(source: str, rows: pa.Table) -> set[int]:
    """The rows whose contact is not at their customer yet, or has another part there."""
    roles = rows["role"].to_pylist() if "role" in rows.column_names else [None] * rows.num_rows
    given = [rows[name].to_pylist() for name in ("number", "source_key", "customer_id")]
    with connection.cursor() as cursor:
        cursor.execute(_NEW_SEATS, [*given, roles, source])
        return {number for (number,) in cursor.fetchall()}


def _count_seats(loaded: Loaded, rows: pa.Table, new: set[int]) -> None:
    """A row whose contact comes again at another customer is no repetition: it says where else they are."""
    by_contact, _ = loading.last_of_each(rows, "source_key")
    seat = pc.binary_join_element_wise(rows["source_key"], pc.cast(rows["customer_id"], pa.string()), "\x1f")
    by_seat, _ = loading.last_of_each(rows.append_column("seat", seat), "seat")
    further = set(by_seat["number"].to_pylist()) - set(by_contact["number"].to_pylist())
    loaded.superseded -= len(further)
    loaded.unchanged -= len(further & new)
    loaded.updated += len(further & new)


def _numbered(rows: pa.Table, numbers: Collection[int]) -> pa.ChunkedArray:
    return pc.is_in(rows["number"], value_set=pa.array(sorted(numbers), pa.int64()))


def _refuse(loaded: Loaded, rows: pa.Table, numbers: list[int]) -> None:
    """Rows that came in, but not with all their ways to reach: they bring something, so they are changed."""
    loaded.refused += [(number, TOO_MANY) for number in numbers]
    loaded.updated -= len(numbers)


def _hidden(by: Viewer, source: str, rows: pa.Table) -> list[str]:
    """The keys of contacts there are that the importer may not see."""
    if by.reach is Reach.ALL or not rows.num_rows:
        return []
    known = Contact.objects.filter(source=source, source_key__in=rows["source_key"].to_pylist())
    homes = dict(known.values_list("source_key", Coalesce("merged_into_id", "pk")))
    seen = set(visible_contacts(by).filter(pk__in=homes.values()).values_list("pk", flat=True))
    return [key for key, home in homes.items() if home not in seen]
