"""What every customer has beside its own row: a standing, and a search key."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from jinzita.customers.fields.search_text import key_of
from jinzita.customers.models import Kind

# Search keys are made this many at a time, so that a load of millions keeps its memory.
STEP = 20_000


@transaction.atomic
def complete_new(customer_ids: Sequence[int]) -> None:
    """Give customers written in bulk their standing and their search key, in the caller's transaction.

    Also right for customers whose name, phone or kind was changed in bulk; a standing that is there stays.
    """
    ids = list(customer_ids)
    with connection.cursor() as cursor:
        for start in range(0, len(ids), STEP):
            cursor.execute(  # a merged customer has neither: its survivor is found and stands
                "SELECT id FROM customers_customer WHERE id = ANY(%s) AND merged_into_id IS NULL",
                [ids[start : start + STEP]],
            )
            part = [customer_id for (customer_id,) in cursor.fetchall()]
            cursor.execute(
                "INSERT INTO customers_standing (customer_id) SELECT unnest(%s::bigint[])"
                " ON CONFLICT (customer_id) DO NOTHING",
                [part],
            )
            cursor.execute("DELETE FROM customers_searchkey WHERE customer_id = ANY(%s)", [part])
            cursor.execute(
                "SELECT id, name, phone, kind FROM customers_customer WHERE id = ANY(%s) ORDER BY id", [part]
            )
            rows = cursor.fetchall()
            with cursor.copy("COPY customers_searchkey (customer_id, text, sort, grams) FROM STDIN") as copy:
                for chunk in _as_copy(rows):
                    copy.write(chunk)


def _as_copy(rows: Iterable[tuple[int, str, str, str]]) -> Iterable[str]:
    lines: list[str] = []
    for customer_id, name, phone, kind in rows:
        key = key_of(name, phone, person=kind == Kind.PERSON)
        grams = ",".join(map(str, key.grams))
        lines.append(f"{customer_id}\t{_escaped(key.text)}\t{_escaped(key.sort)}\t{{{grams}}}\n")
        if len(lines) == 2000:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)


def _escaped(text: str) -> str:
    # The text form of COPY; white space other than these was folded away when the key was made.
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
