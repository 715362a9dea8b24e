"""What customers and contacts have beside their own rows: a standing, and a search key."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, models, transaction

from jinzita.customers.fields.search_text import key_of
from jinzita.customers.models import Contact, Customer, Kind
from jinzita.customers.selectors.former_names import former_names
from jinzita.kernel.pinyin import normal

# Search keys are made this many at a time, so that a load of millions keeps its memory.
STEP = 20_000
_REACH = (
    "(SELECT array_agg(h.kind || ':' || h.value ORDER BY h.position, h.id) FROM customers_channel h"
    " WHERE h.{owner}_id = o.id AND h.kind IN ('phone', 'fax', 'email'))"
)
_CUSTOMERS = (
    f"SELECT o.id, o.name, o.phone, o.email, o.kind, {_REACH.format(owner='customer')},"
    " (SELECT array_agg(i.value ORDER BY i.position, i.id) FROM customers_identifier i"
    " WHERE i.customer_id = o.id) FROM customers_customer o"
    " WHERE o.id = ANY(%s) AND o.merged_into_id IS NULL ORDER BY o.id"
)
_CONTACTS = (
    f"SELECT o.id, o.name, o.phone, o.email, 'person', {_REACH.format(owner='contact')}, NULL"
    " FROM customers_contact o WHERE o.id = ANY(%s) AND o.merged_into_id IS NULL ORDER BY o.id"
)
# Of customers alone: files name them, but no contacts.
_FORMER = """
UPDATE customers_searchkey k SET former = n.names FROM (
  SELECT id, array_agg(DISTINCT name) AS names FROM unnest(%s::bigint[], %s::text[]) u (id, name) GROUP BY 1
) n WHERE k.customer_id = n.id"""
# Of somebody: id, name, phone, e-mail, kind, ways to reach, identifiers.
_Row = tuple[int, str, str, str, str, list[str] | None, list[str] | None]


@transaction.atomic
def complete_new(customer_ids: Sequence[int]) -> None:
    """Give customers written in bulk their standing and their search key, in the caller's transaction.

    Also right for customers whose name, phone, e-mail, kind or identifiers were changed in bulk; a standing
    that is there stays.
    """
    ids = list(customer_ids)
    with connection.cursor() as cursor:
        for start in range(0, len(ids), STEP):
            part = ids[start : start + STEP]
            # A merged customer has neither: its survivor is found and stands.
            cursor.execute(
                "INSERT INTO customers_standing (customer_id) SELECT id FROM customers_customer"
                " WHERE id = ANY(%s) AND merged_into_id IS NULL ON CONFLICT (customer_id) DO NOTHING",
                [part],
            )
            cursor.execute(
                "INSERT INTO customers_lifecycle (customer_id) SELECT id FROM customers_customer"
                " WHERE id = ANY(%s) AND merged_into_id IS NULL ON CONFLICT (customer_id) DO NOTHING",
                [part],
            )
    _write_keys("customers_searchkey", "customer_id", _CUSTOMERS, ids, Customer)


@transaction.atomic
def complete_contacts(contact_ids: Sequence[int]) -> None:
    """Give contacts that were written or changed their search key, in the caller's transaction."""
    _write_keys("customers_contactkey", "contact_id", _CONTACTS, list(contact_ids), Contact)


def _write_keys(table: str, column: str, query: str, ids: list[int], model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(ids), STEP):
            part = ids[start : start + STEP]
            cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [part])
            cursor.execute(query, [part])
            rows = cursor.fetchall()
            former = former_names(model, part)
            with cursor.copy(f"COPY {table} ({column}, text, sort, grams) FROM STDIN") as copy:
                for chunk in _as_copy(rows, former):
                    copy.write(chunk)
            if former and model is Customer:
                pairs = [(pk, normal(name)) for pk, names in former.items() for name in names]
                cursor.execute(_FORMER, [[pk for pk, _ in pairs], [name for _, name in pairs]])


def _as_copy(rows: Iterable[_Row], former: Mapping[int, Sequence[str]]) -> Iterable[str]:
    lines: list[str] = []
    for owner_id, name, phone, email, kind, channels, identifiers in rows:
        further = [("email", email)] if email else []
        for one in channels or ():
            which, _, value = one.partition(":")
            further.append(("email" if which == "email" else "phone", value))
        further += [("id", value) for value in identifiers or ()]
        key = key_of(
            name, phone, person=kind == Kind.PERSON, further=further, former=former.get(owner_id, ())
        )
        grams = ",".join(map(str, key.grams))
        lines.append(f"{owner_id}\t{_escaped(key.text)}\t{_escaped(key.sort)}\t{{{grams}}}\n")
        if len(lines) == 2000:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def _escaped(text: str) -> str:
    # The text form of COPY; white space other than these was folded away when the key was made.
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
