"""Contacts in bulk, from files."""

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.models.functions import Coalesce

from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.models import Contact, Position
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.services import erased_keys
from jinzita.customers.services.completion import complete_contacts
from jinzita.customers.services.loading.customers import HIDDEN, Naming, settle_customers, without
from jinzita.customers.services.loading.tags import tags_written, with_tags
from jinzita.customers.services.merging.arriving import keep_former, pass_on
from jinzita.customers.services.touching import touch_contacts
from jinzita.kernel import loading, undo
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.loading import Loaded, Manner

# A row says where somebody works and what part that person has in decisions; blank parts change nothing.
_POSITIONS = """
    INSERT INTO customers_position AS p (contact_id, customer_id, role)
    SELECT DISTINCT ON (1, 2) coalesce(t.merged_into_id, t.id), c.id, coalesce(n.role, '')
    FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS n(source_key, customer_id, role)
    JOIN customers_contact t ON t.source = %s AND t.source_key = n.source_key
    JOIN customers_customer c ON c.id = n.customer_id
    ON CONFLICT (contact_id, customer_id) DO UPDATE SET role = EXCLUDED.role
    WHERE EXCLUDED.role <> '' AND p.role <> EXCLUDED.role
    RETURNING p.id
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
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Create or change contacts of a source; `rows` as `kernel.loading.load` takes them.

    Their `customer` is a key as `naming` says (the one at the source when None), see `settle_customers`;
    a contact whose rows name several customers is at all of them. Rows of contacts the importer may not see
    are refused.
    """
    by.require(Permission.IMPORT)
    rows, refusals = settle_customers(by=by, naming=naming or Naming(source), rows=rows)
    keys = rows["source_key"].to_pylist()
    rows, erased = erased_keys.without_erased(erased_keys.CONTACTS, source, rows, keys)
    refusals.rows += erased
    if hidden := _hidden(by, source, rows):
        unseen = pc.is_in(rows["source_key"], value_set=pa.array(hidden))
        refusals.rows += [(number, HIDDEN) for number in rows.filter(unseen)["number"].to_pylist()]
        rows = rows.filter(pc.invert(unseen))
    former = keep_former(Contact, source, rows["source_key"].to_pylist())
    about = [name for name in ("customer", "customer_id", "role") if name in rows.column_names]
    target = with_tags(loading.target_of(CONTACTS, customer=None))
    given = tags_written(rows.drop_columns(about))
    loaded = loading.load(target, given, source=source, want_ids=True, manner=manner)
    refusals.add_to(loaded)
    rows = without(rows, loaded.skipped) if loaded.skipped else rows
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
    known = Contact.objects.filter(source=source, source_key__in=keys)
    touch_contacts(list(known.values_list(Coalesce("merged_into_id", "pk"), flat=True)))
    complete_contacts([*loaded.changed_ids, *pass_on(Contact, former)])
    return loaded


def _hidden(by: Viewer, source: str, rows: pa.Table) -> list[str]:
    """The keys of contacts there are that the importer may not see."""
    if by.reach is Reach.ALL or not rows.num_rows:
        return []
    known = Contact.objects.filter(source=source, source_key__in=rows["source_key"].to_pylist())
    homes = dict(known.values_list("source_key", Coalesce("merged_into_id", "pk")))
    seen = set(visible_contacts(by).filter(pk__in=homes.values()).values_list("pk", flat=True))
    return [key for key, home in homes.items() if home not in seen]
