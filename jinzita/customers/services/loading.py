"""Customers in bulk: from files, and those that facts in a file name and nobody knew."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
from django.apps import apps
from django.db import connection, transaction
from django.db.models.functions import Coalesce

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.fields.entry_rules import EntryRule, rules
from jinzita.customers.models import AttributeDefinition, Customer, Kind, Mandatory, Reason
from jinzita.customers.selectors.customers import visible_to
from jinzita.customers.services import attribute_values
from jinzita.customers.services.attribute_values import recompute
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.merging.arriving import keep_former, pass_on
from jinzita.customers.services.merging.locks import hold_still
from jinzita.customers.services.merging.naming import note_loaded
from jinzita.customers.services.ownership import settle_owners
from jinzita.kernel import loading, undo, warehouse
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.loading import Loaded, Target
from jinzita.kernel.records import RecordKind
from jinzita.people.selectors import user

HIDDEN = "hidden customer"


def _target() -> Target:
    target = loading.target_of(CUSTOMERS, customer=None)
    columns = {**target.columns, "attributes": "jsonb", "owner_id": "bigint", "department_id": "bigint"}
    return replace(target, columns=columns, merged=frozenset({"attributes"}))


@transaction.atomic
def load_customers(*, by: Viewer, source: str, rows: pa.Table) -> Loaded:
    """Create or change customers of a source; `rows` as `kernel.loading.load` takes them.

    New ones get their standing and search key, and belong to the importer's department when the importer
    sees only that; `rows` may also give an owner_id and department_id. Their attributes are added to those
    known. Rows of customers whom the importer may not see are refused (as "hidden customer"). A row of a
    customer that was merged is kept with it, and what it says anew goes on to the survivor.
    """
    by.require(Permission.IMPORT)
    hold_still()
    hidden = hidden_keys(by, source, rows["source_key"].to_pylist()) if by.reach is not Reach.ALL else []
    refused: list[tuple[int, str]] = []
    if hidden:
        unseen = pc.is_in(rows["source_key"], value_set=pa.array(hidden))
        refused = [(number, HIDDEN) for number in rows.filter(unseen)["number"].to_pylist()]
        rows = rows.filter(pc.invert(unseen))
    lacking = _lacking(by, source, rows)
    if lacking:
        refused += lacking
        out = pc.is_in(rows["number"], value_set=pa.array([number for number, _ in lacking]))
        rows = rows.filter(pc.invert(out))
    former = keep_former(source, rows["source_key"].to_pylist())
    loaded = _load_by_rules(by, source, rows)
    loaded.refused += refused
    if former:
        survivors = pass_on(former)
        complete_new(survivors)
        loaded.customer_ids -= former.keys()
        loaded.customer_ids.update(survivors)
    return loaded


class _Broken(Exception):
    """Rolls back what would break rules of entry; by key of the customer, the rule."""

    def __init__(self, rule_of: Mapping[str, EntryRule]) -> None:
        super().__init__()
        self.rule_of = rule_of


def _load_by_rules(by: Viewer, source: str, rows: pa.Table) -> Loaded:
    """Load what keeps the rules of entry; rows that do not are refused, as ``rule-12 phone``.

    What two rows share is judged when those that break a rule of their own are out.
    """
    judge = Judge(by, _known(source, rows) if rules() else ())
    refused: list[tuple[int, str]] = []
    while True:
        try:
            with undo.attempt():
                loaded = loading.load(_target(), rows, source=source, want_ids=True)
                _complete(by, loaded)
                _require_rules_kept(judge, loaded.changed_ids)
        except _Broken as broken:
            numbers, keys = rows["number"].to_pylist(), rows["source_key"].to_pylist()
            out = {number: broken.rule_of[key] for number, key in zip(numbers, keys, strict=True)
                   if key in broken.rule_of}  # fmt: skip
            refused += [(number, f"rule-{rule.id} {rule.field}") for number, rule in out.items()]
            rows = rows.filter(pc.invert(pc.is_in(rows["number"], value_set=pa.array(list(out), pa.int64()))))
            continue
        loaded.refused += refused
        return loaded


def _require_rules_kept(judge: Judge, ids: Sequence[int]) -> None:
    faults = judge.strict(ids)
    chosen = [one for one in faults if one.rule.check != "unique"] or faults
    if chosen:
        rule_of = {one.customer_id: one.rule for one in reversed(chosen)}
        keys = dict(Customer.objects.filter(pk__in=rule_of).values_list("pk", "source_key"))
        raise _Broken({keys[pk]: rule for pk, rule in rule_of.items()})


def _known(source: str, rows: pa.Table) -> list[int]:
    keys = rows["source_key"].to_pylist()
    return list(Customer.objects.filter(source=source, source_key__in=keys).values_list("pk", flat=True))


@transaction.atomic
def ensure_customers(
    *, by: Viewer, source: str, keys: Sequence[str], names: Mapping[str, str] | None = None
) -> Loaded:
    """Make the customers among `keys` whom nobody knows, called as `names` says; without a name there, their
    key is their name until somebody knows better.
    """
    by.require(Permission.IMPORT)
    missing = missing_keys(source, keys)
    if not missing:
        return Loaded()
    rows = pa.table(
        {
            "number": range(len(missing)),
            "source_key": missing,
            "name": [(names or {}).get(key, key) for key in missing],
        },
        schema=pa.schema([("number", pa.int64()), ("source_key", pa.string()), ("name", pa.string())]),
    )
    loaded = loading.load(_target(), rows, source=source, want_ids=True)
    _complete(by, loaded)
    return loaded


def _lacking(by: Viewer, source: str, rows: pa.Table) -> list[tuple[int, str]]:
    """New customers without an attribute that the company insists on: (number, the field's code)."""
    if not AttributeDefinition.objects.filter(archived_at=None, mandatory=Mandatory.ALWAYS).exists():
        return []
    new = set(missing_keys(source, rows["source_key"].to_pylist()))
    columns = {name: rows[name].to_pylist() for name in ("kind", "attributes") if name in rows.column_names}
    found: list[tuple[int, str]] = []
    needed: dict[str, list[str]] = {
        kind: attribute_values.missing(by, kind, {}) for kind in Kind.values
    }  # fmt: skip
    for place, (number, key) in enumerate(
        zip(rows["number"].to_pylist(), rows["source_key"].to_pylist(), strict=True)
    ):
        if key not in new:
            continue
        kind = columns["kind"][place] if "kind" in columns else None
        given = json.loads(columns["attributes"][place] or "{}") if "attributes" in columns else {}
        lacks = [code for code in needed[kind or Kind.ORGANISATION] if code not in given]
        if lacks:
            found.append((number, f"attributes.{lacks[0]}"))
    return found


def missing_keys(source: str, keys: Sequence[str]) -> list[str]:
    """Which of these keys no customer of the source has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k FROM unnest(%s::text[]) k WHERE NOT EXISTS"
            " (SELECT FROM customers_customer c WHERE c.source = %s AND c.source_key = k)",
            [list(keys), source],
        )
        return [key for (key,) in cursor.fetchall()]


def hidden_keys(by: Viewer, source: str, keys: Sequence[str]) -> list[str]:
    """Which of these keys belong to customers whom the viewer may not see."""
    if by.reach is Reach.ALL or not keys:
        return []
    known = Customer.objects.filter(source=source, source_key__in=keys)
    homes = list(known.values_list("source_key", Coalesce("merged_into_id", "pk")))
    seen = set(visible_to(by).filter(pk__in=[home for _, home in homes]).values_list("pk", flat=True))
    return [key for key, home in homes if home not in seen]


def settle_customers(
    *, by: Viewer, source: str, rows: pa.Table, unknown: Literal["create", "refuse"]
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The rows whose `customer` (a key at `source`) is known and visible, and the refused: (number, why).

    Customers nobody knows are made, called as the rows' `customer_name` says when they have one, or their
    rows refused as "customer", as chosen; rows of customers whom the importer may not see are refused as
    HIDDEN. The rows come back without `customer_name`. No merge happens until the transaction ends.
    """
    hold_still()
    names: dict[str, str] = {}
    if "customer_name" in rows.column_names:
        names = _first_names(rows)
        rows = rows.drop_columns(["customer_name"])
    keys = [key for key in pc.unique(rows["customer"]).to_pylist() if key is not None]
    refused: list[tuple[int, str]] = []
    missing: list[str] = []
    if unknown == "create":
        ensure_customers(by=by, source=source, keys=keys, names=names)
    else:
        missing = missing_keys(source, keys)
    for why, some in (("customer", missing), (HIDDEN, hidden_keys(by, source, keys))):
        if some:
            out = pc.is_in(rows["customer"], value_set=pa.array(some))
            refused += [(number, why) for number in rows.filter(out)["number"].to_pylist()]
            rows = rows.filter(pc.invert(out))
    return rows, refused


def _first_names(rows: pa.Table) -> dict[str, str]:
    """The name each customer key has first in these rows; keys without any name are left out."""
    named = rows.select(["customer", "customer_name"]).filter(
        pc.greater(pc.binary_length(rows["customer_name"]), 0)
    )
    pairs = pa.TableGroupBy(named, "customer", use_threads=False).aggregate([("customer_name", "first")])
    return dict(zip(pairs["customer"].to_pylist(), pairs["customer_name_first"].to_pylist(), strict=True))


@transaction.atomic
def load_facts(
    *, by: Viewer, kind: RecordKind, fact: str, moment: str | None, source: str, rows: pa.Table,
    customer_source: str | None = None, unknown_customers: Literal["create", "refuse"] = "create",
) -> Loaded:  # fmt: skip
    """Create or change facts of customers, for the capability that owns them.

    `rows` as `kernel.loading.load` takes them; their `customer` is a key at `customer_source` (the source
    when None), treated as `settle_customers` says.
    """
    by.require(Permission.IMPORT)
    of = customer_source or source
    rows, refused = settle_customers(by=by, source=of, rows=rows, unknown=unknown_customers)
    loaded = loading.load(
        loading.target_of(kind, moment=moment), rows, source=source, sources={"customer": of}
    )
    loaded.refused += refused
    note_meant(apps.get_model(kind.model)._meta.db_table, source=source, customer_source=of, rows=rows)
    if loaded.created or loaded.updated:
        warehouse.touch(fact, loaded.months)
    return loaded


def note_meant(table: str, *, source: str, customer_source: str, rows: pa.Table) -> None:
    """Remember which rows, loaded just now, named a customer that was merged."""
    keys = pc.unique(rows["customer"]).to_pylist()
    merged = Customer.objects.filter(source=customer_source, source_key__in=keys, merged_into__isnull=False)
    if not (named := list(merged.values_list("source_key", flat=True))):
        return
    some = rows.filter(pc.is_in(rows["customer"], value_set=pa.array(named)))
    meant = dict(zip(some["source_key"].to_pylist(), some["customer"].to_pylist(), strict=True))
    note_loaded(table, source, customer_source, meant)


def _complete(by: Viewer, loaded: Loaded) -> None:
    if not loaded.changed_ids:
        return
    loaded.customer_ids.update(loaded.changed_ids)
    if by.reach is not Reach.ALL and by.user_id:
        # Whoever brings customers in must see them: they are the department's, or the salesperson's own.
        changes: dict[str, int | None] = {"department_id": user(by, by.user_id).department_id}
        if by.reach in (Reach.OWN, Reach.TEAM):
            changes["owner_id"] = by.user_id
        fresh = Customer.objects.filter(pk__in=loaded.changed_ids, owner=None, department=None)
        fresh.update(**changes)
    complete_new(loaded.changed_ids)
    settle_owners(ids=loaded.changed_ids, by=by, reason=Reason.IMPORTED)
    recompute(loaded.changed_ids)
    warehouse.touch("customers")
