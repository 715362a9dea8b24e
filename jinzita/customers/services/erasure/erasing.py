"""Erasing somebody: what is personal goes from every table, whoever owns it; what happened stays.

The tables are found by walking the foreign keys, what of them goes was declared by their owners
(`kernel.personal`). Everything is one transaction, set by set.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from psycopg import sql

from jinzita.customers.fields.reach import email_normal, phone_normal
from jinzita.customers.models import Channel, Contact, Customer, Identifier, Position
from jinzita.customers.selectors.catalog import Catalog, Reference
from jinzita.customers.services import erased_keys
from jinzita.customers.services.attributes.values import recompute
from jinzita.customers.services.completion import complete_contacts, complete_new
from jinzita.customers.services.merging.locks import alone
from jinzita.customers.services.touching import touch_contacts
from jinzita.kernel import personal, undo, warehouse
from jinzita.kernel.access import Viewer

CUSTOMERS, CONTACTS = Customer._meta.db_table, Contact._meta.db_table


def family_of(customer_ids: Sequence[int]) -> list[int]:
    """These customers and those that became part of them, locked in the order of their ids."""
    rows = Customer.objects.filter(Q(pk__in=customer_ids) | Q(merged_into__in=customer_ids))
    return list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def contacts_of(customer_ids: Sequence[int]) -> list[int]:
    """The people who are at these customers and at no other."""
    at_them = Position.objects.filter(customer__in=customer_ids).values("contact_id")
    elsewhere = Position.objects.exclude(customer__in=customer_ids).filter(customer__erased_at=None)
    rows = Contact.objects.filter(pk__in=at_them).exclude(pk__in=elsewhere.values("contact_id"))
    return list(rows.order_by("pk").values_list("pk", flat=True))


class Erasing:
    """One erasure at work, in the caller's transaction."""

    def __init__(self, by: Viewer, now: datetime) -> None:
        self.by, self.now = by, now
        # Rows written or removed, by table.
        self.counts: dict[str, int] = {}
        self.named = personal.Named([])
        self._numbers = 0
        self._tables = Catalog()

    def erase(self, *, customer_ids: Sequence[int], contact_ids: Sequence[int]) -> None:
        """Erase these customers, what became part of them, and the people at them alone; and contacts."""
        alone()
        family = family_of(customer_ids)
        people = sorted({*contact_ids, *contacts_of(family)})
        merged = Contact.objects.filter(merged_into__in=people).values_list("pk", flat=True)
        people = sorted({*people, *merged})
        list(Contact.objects.filter(pk__in=people).order_by("pk").select_for_update(of=("self",)))
        erased = personal.Erased(family, people, _named(family, people), _keys(family, people))
        self.named = erased.named
        for one in personal.followers():
            one(erased)
        self._forget_merges("customer", family)
        self._forget_merges("contact", people)
        for table, ids in ((CUSTOMERS, family), (CONTACTS, people)):
            if ids:
                self._erase_records(table, ids)
        with personal.altering():
            self.counts |= personal.scrub(erased.named)
        recompute(family)
        Customer.objects.filter(pk__in=family, erased_at=None).update(erased_at=self.now)
        Contact.objects.filter(pk__in=people, erased_at=None).update(erased_at=self.now)
        complete_new(family)
        complete_contacts(people)
        touch_contacts(people)
        if family:
            warehouse.touch("customers")

    def _erase_records(self, table: str, ids: Sequence[int]) -> None:
        rule = personal.about(table)
        assert rule is not None
        _remember(table, ids)
        gone = self._table_of(sql.SQL("SELECT unnest(%s::bigint[]) AS id"), [list(ids)])
        self._erase_naming(table, gone)
        for one in self._tables.references_to(table):
            undo.forget_deleted(one.table, one.column, ids)
        self._forget_rows(table, rule.word, gone, names=None)
        setters = {**rule.erased, "name": f"'{personal.GONE} #' || id", "version": "version + 1"}
        if table == CUSTOMERS:
            setters["attributes"] = (
                "coalesce((SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(attributes) e"
                " JOIN customers_attributedefinition d ON d.code = e.key AND NOT d.personal), '{}')"
            )
        else:
            setters["gender"] = "''"
        self._set(table, "id", setters, gone, "erased_at IS NULL")

    def _erase_naming(self, table: str, gone: str) -> None:
        """What names the rows of a table whose ids are in the table `gone`."""
        for one in self._tables.references_to(table):
            if one.table == table:
                continue
            rule = personal.about(one.table)
            if rule is None:
                raise RuntimeError(f"nobody declared what of {one.table} is personal")
            if len(one.key) > 1:
                self._set(one.table, one.column, rule.erased, gone)
                continue
            rows = self._table_of(
                sql.SQL("SELECT {k} AS id FROM {t} WHERE {c} IN (SELECT id FROM {g})").format(
                    k=sql.Identifier(one.key[0]), **_names(one), g=sql.Identifier(gone)
                )
            )
            self._erase_naming(one.table, rows)
            self._forget_rows(one.table, rule.word, rows, None if rule.removed else list(rule.erased))
            if rule.removed:
                self._run(
                    one.table,
                    sql.SQL("DELETE FROM {} WHERE {} IN (SELECT id FROM {})").format(
                        sql.Identifier(one.table), sql.Identifier(one.key[0]), sql.Identifier(rows)
                    ),
                )
            else:
                self._set(one.table, one.key[0], rule.erased, rows)

    def _set(self, table: str, column: str, setters: Any, rows: str, condition: str = "true") -> None:
        if not setters:
            return
        parts = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.SQL(to)) for name, to in setters.items()]
        self._run(
            table,
            sql.SQL("UPDATE {} SET {} WHERE {} IN (SELECT id FROM {}) AND {}").format(
                sql.Identifier(table), sql.SQL(", ").join(parts), sql.Identifier(column),
                sql.Identifier(rows), sql.SQL(condition),
            ),
        )  # fmt: skip

    def _forget_rows(self, table: str, word: str, rows: str, names: Sequence[str] | None) -> None:
        """What the changes and the audit log kept of these rows."""
        undo.forget_rows(table, f"SELECT id FROM {rows}")
        if word and names != []:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT id FROM {rows}")
                ids = [pk for (pk,) in cursor.fetchall()]
            personal.erase_lines(by=self.by, subject_type=word, subject_ids=ids, names=names)

    def _forget_merges(self, what: str, ids: Sequence[int]) -> None:
        """They cannot come apart any more."""
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH gone AS (SELECT id FROM customers_merge WHERE what = %(what)s"
                " AND (survivor_id = ANY(%(ids)s) OR member_ids && %(ids)s::bigint[])),"
                " parts AS (DELETE FROM customers_mergepart WHERE merge_id IN (SELECT id FROM gone))"
                " DELETE FROM customers_merge WHERE id IN (SELECT id FROM gone)",
                {"what": what, "ids": list(ids)},
            )

    def _table_of(self, query: sql.Composable, parameters: Sequence[Any] = ()) -> str:
        """A table of the transaction's own with the ids a query tells."""
        self._numbers += 1
        name = f"erasure_{self._numbers}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
            cursor.execute(
                sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS {}").format(sql.Identifier(name), query),
                parameters,
            )
            cursor.execute(f"ANALYZE pg_temp.{name}")
        return name

    def _run(self, table: str, statement: sql.Composable) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            if cursor.rowcount:
                self.counts[table] = self.counts.get(table, 0) + cursor.rowcount


def _names(one: Reference) -> dict[str, sql.Composable]:
    return {"t": sql.Identifier(one.table), "c": sql.Identifier(one.column)}


def _remember(table: str, ids: Sequence[int]) -> None:
    """By what they were known, so that no import brings them back."""
    if table == CONTACTS:
        rows = Contact.objects.filter(pk__in=ids, erased_at=None)
        erased_keys.remember(erased_keys.CONTACTS, rows.values_list("pk", "source", "source_key"))
        _remember_ways(rows, Channel.objects.filter(contact__in=ids), "contact_id", erased_keys.of_contacts)
        return
    known = Customer.objects.filter(pk__in=ids, erased_at=None)
    erased_keys.remember(erased_keys.SOURCE_KEY, known.values_list("pk", "source", "source_key"))
    _remember_ways(known, Channel.objects.filter(customer__in=ids), "customer_id", str)
    for number in Identifier.objects.filter(customer__in=ids):
        erased_keys.remember(number.kind, [(number.customer_id, number.source, number.value)])


def _remember_ways(
    rows: QuerySet[Any], ways: QuerySet[Channel], owner: str, of: Callable[[str], str]
) -> None:  # fmt: skip
    """Their telephones and e-mails, the primary and the further ones; `of` says what each kind is called."""
    for kind, read in (("phone", phone_normal), ("email", email_normal)):
        own = [(pk, "", read(text) or "") for pk, text in rows.values_list("pk", kind) if text]
        further = ways.filter(kind=kind).values_list(owner, "normal")
        erased_keys.remember(of(kind), [*own, *((pk or 0, "", normal) for pk, normal in further)])


def _named(customer_ids: Sequence[int], contact_ids: Sequence[int]) -> personal.Named:
    texts: list[str] = []
    for model, ids in ((Customer, customer_ids), (Contact, contact_ids)):
        rows = model._default_manager.filter(pk__in=ids, erased_at=None)
        for several in rows.values_list("name", "phone", "email"):
            texts += several
    ways = Channel.objects.filter(Q(customer__in=customer_ids) | Q(contact__in=contact_ids))
    for value, normal in ways.values_list("value", "normal"):
        texts += (value, normal)
    texts += Identifier.objects.filter(customer__in=customer_ids).values_list("value", flat=True)
    return personal.Named(texts)


def _keys(customer_ids: Sequence[int], contact_ids: Sequence[int]) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for model, ids in ((Customer, customer_ids), (Contact, contact_ids)):
        rows = model._default_manager.filter(pk__in=ids, erased_at=None)
        found.update(rows.values_list("source", "source_key"))
    return frozenset(found)
