"""Further ways to reach contacts, from columns of their files: added to those there are."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from jinzita.customers.fields.contact_ways import FURTHER_WAYS
from jinzita.customers.fields.reach import NORMAL
from jinzita.customers.models import Channel, Contact
from jinzita.customers.services.channels import MOST_CHANNELS
from jinzita.customers.services.loading.ways import WAY, WAY_KEY, add, take_first

# The contacts at the source are those of a merge's survivor.
_CONTACTS = """
    SELECT u.number, coalesce(t.merged_into_id, t.id) FROM unnest(%s::bigint[], %s::text[]) u (number, key)
    JOIN customers_contact t ON t.source = %s AND t.source_key = u.key
"""
_NEW = """
    SELECT DISTINCT u.number
    FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) u (number, contact_id, kind, normal)
    WHERE NOT EXISTS (SELECT FROM customers_channel h
        WHERE h.contact_id = u.contact_id AND h.kind = u.kind AND h.normal = u.normal)
"""


@dataclass(frozen=True)
class _Way:
    number: int
    kind: str
    value: str
    normal: str
    label: str


class Ways:
    """What the rows of a file say beside telephone and e-mail; `rows` are the rows without it."""

    def __init__(self, source: str, rows: pa.Table) -> None:
        self.source = source
        columns = [one for one in FURTHER_WAYS if one.code in rows.column_names]
        self.rows = rows.drop_columns([one.code for one in columns])
        numbers = rows["number"].to_pylist()
        self._ways = [
            _Way(number, one.kind, text, normal, one.label)
            for one in columns
            for number, text in zip(numbers, rows[one.code].to_pylist(), strict=True)
            if text and (normal := NORMAL[one.kind](text))
        ]

    def new(self) -> set[int]:
        """The rows that bring something their contact does not have yet."""
        if not self._ways:
            return set()
        contacts = self._contacts(self.rows)
        given: list[list[Any]] = [
            [one.number for one in self._ways],
            [contacts.get(one.number) for one in self._ways],
            [one.kind for one in self._ways],
            [one.normal for one in self._ways],
        ]
        with connection.cursor() as cursor:
            cursor.execute(_NEW, [*given])
            return {number for (number,) in cursor.fetchall()}

    def write(self, rows: pa.Table) -> list[int]:
        """Add the ways of these rows, whose contacts are there now; answers the rows that bring too many."""
        if not self._ways:
            return []
        contacts = self._contacts(rows)
        ways = [one for one in self._ways if one.number in contacts]
        given: list[list[Any]] = [[one.number for one in ways], [contacts[one.number] for one in ways]]
        given += [[getattr(one, name) for one in ways] for name in WAY]
        made, full = add("contact", Channel, given, WAY, WAY_KEY, MOST_CHANNELS)
        for kind in ("phone", "email"):
            take_first(Contact, kind, sorted({contact for _, contact in made}))
        return sorted(set(full))

    def _contacts(self, rows: pa.Table) -> dict[int, int]:
        """Whom the rows with further ways are about, as far as these are there."""
        asked = pa.array(sorted({one.number for one in self._ways}), pa.int64())
        some = rows.filter(pc.is_in(rows["number"], value_set=asked))
        with connection.cursor() as cursor:
            keys = some["source_key"].to_pylist()
            cursor.execute(_CONTACTS, [some["number"].to_pylist(), keys, self.source])
            return dict(cursor.fetchall())
