"""Customers in bulk: from files, and those that facts in a file name and nobody knew."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from django.db.models.functions import Coalesce

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.fields.keys import NUMBERS, normal_key
from jinzita.customers.models import AttributeDefinition, Customer, Identifier, Kind, Mandatory, Reason
from jinzita.customers.selectors.keys import Meant, attribute_key, meant
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services import erased_keys
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.attributes.values import recompute
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.loading.by_rules import load_by_rules
from jinzita.customers.services.loading.known import (
    AMBIGUOUS,
    HIDDEN,
    NO_KEY,
    TRASHED,
    Known,
    Naming,
    Refusals,
    normals_of,
    recognise,
    survivors,
    without,
)
from jinzita.customers.services.loading.numbers import Carried, write_numbers
from jinzita.customers.services.loading.own import NO_ROOM, give_to_importer, require_room, without_room
from jinzita.customers.services.loading.parents import moving, parents_of, put_under
from jinzita.customers.services.loading.tags import tags_written, with_tags
from jinzita.customers.services.merging.arriving import keep_former, pass_on
from jinzita.customers.services.merging.locks import hold_still
from jinzita.customers.services.merging.naming import ids_of_keys, note_loaded
from jinzita.customers.services.ownership import settle_owners
from jinzita.kernel import loading, warehouse
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.loading import Loaded, Manner, Target
from jinzita.kernel.records import RecordKind


def _target() -> Target:
    target = loading.target_of(CUSTOMERS, customer=None)
    columns = {**target.columns, "attributes": "jsonb", "owner_id": "bigint", "department_id": "bigint"}
    return with_tags(replace(target, columns=columns, merged=frozenset({"attributes"})))


@transaction.atomic
def load_customers(
    *, by: Viewer, source: str, rows: pa.Table, key: str = "source_key", system: str | None = None,
    manner: Manner = loading.AS_THEY_ARE, asked: Collection[int] = (),
) -> Loaded:  # fmt: skip
    """Create or change customers of a source; `rows` as `kernel.loading.load` takes them.

    `key` says by what a row's customer is known: by its source and key, or by another key of the house
    (`fields.keys`), also one that came from elsewhere; `system` is where external ids mean something, when
    that is not the source. New ones get their standing and search key, and belong to the importer's
    department when the importer sees only that, or are the importer's own, as many as there is room for;
    `rows` may also give an owner_id and department_id. Their attributes are added to those known. Rows of
    customers whom the importer may not see are refused (as "hidden customer"). A row of a customer that was
    merged is kept with it, and what it says anew goes on to the survivor. Rows `asked` for, by number, count
    as changed, and whose they are is told in `Loaded.records`: the caller goes on to write to them. A row
    with a `parent_id` goes under that customer; one for which that cannot be comes in without it, and is
    refused.
    """
    by.require(Permission.IMPORT)
    hold_still()
    rows, erased = _without_erased(source, rows, key, system or source)
    if key == "source_key" and not _has_numbers(source, rows):
        known = _by_keys_alone(by, source, rows)
    else:
        known = recognise(by=by, source=source, rows=rows, key=key, system=system or source)
    rows, refusals = known.rows, known.refusals
    refusals.rows += erased
    if lacking := _lacking(by, source, rows):
        refusals.rows += lacking
        rows = without(rows, [number for number, _ in lacking])
    former = keep_former(Customer, source, rows["source_key"].to_pylist())

    # Who does not see all customers may not see the parent either, and finds a blank there.
    rows, parents = parents_of(rows, clear=manner.blanks == "clear" and by.reach is Reach.ALL)
    parents = {number: parents[number] for number in _moving(source, rows, parents)}
    asked = {*asked, *parents}

    def load(kept: pa.Table) -> Loaded:
        new = _new_rows(source, kept, asked)
        made = loading.load(_target(), tags_written(kept), source=source, want_ids=True, manner=manner)
        out = {*made.skipped, *(number for number, _ in refusals.rows)}
        _write_numbers(source, kept, known.numbers.without(out))
        require_room(by, source, kept, made.changed_ids)
        _complete(by, made)
        records = _customers_of(source, kept, set(asked) - out)
        made.records = {number: (pk, number in new) for number, pk in records.items()}
        _put_under(made, parents)
        return made

    rows = _as_changed(rows, asked)
    loaded, broken = load_by_rules(by=by, source=source, rows=rows, load=load)
    refusals.rows += broken
    loaded.superseded += known.superseded
    loaded.unchanged += known.superseded
    refusals.add_to(loaded)
    if former:
        survivors = pass_on(Customer, former)
        complete_new(survivors)
        loaded.customer_ids -= former.keys()
        loaded.customer_ids.update(survivors)
    return loaded


def _moving(source: str, rows: pa.Table, parents: Mapping[int, int | None]) -> set[int]:
    """The rows whose customer changes its parent."""
    new = _new_rows(source, rows, set(parents))
    return moving(_customers_of(source, rows, set(parents) - new), parents)


def _put_under(loaded: Loaded, parents: Mapping[int, int | None]) -> None:
    """Put the customers that came in under their parents; the rows of which that cannot be are refused."""
    placed = {loaded.records[number][0]: number for number in parents if number in loaded.records}
    refused = put_under({one: parents[number] for one, number in placed.items()})
    for one, why in refused.items():
        is_new = loaded.records[placed[one]][1]
        loaded.refused.append((placed[one], why))
        loaded.created -= is_new
        loaded.updated -= not is_new


def _without_erased(
    source: str, rows: pa.Table, key: str, system: str
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The rows of nobody who was erased, and the others: (number, why)."""
    refused: list[tuple[int, str]] = []
    if "source_key" in rows.column_names:
        keys = rows["source_key"].to_pylist()
        rows, refused = erased_keys.without_erased(erased_keys.SOURCE_KEY, source, rows, keys)
    if key != "source_key":
        rows, more = erased_keys.without_erased(key, system, rows, normals_of(rows, key))
        refused += more
    return rows, refused


def _has_numbers(source: str, rows: pa.Table) -> bool:
    """Whether numbers come with the rows, or customers made elsewhere are known at this source."""
    if any(one.code in rows.column_names for one in NUMBERS):
        return True
    return Identifier.objects.filter(kind="external", source=source).exists()


def _by_keys_alone(by: Viewer, source: str, rows: pa.Table) -> Known:
    """The rows whose customer may be seen; the loader finds them by source and key."""
    refusals = Refusals()
    if hidden := hidden_keys(by, source, rows["source_key"].to_pylist()):
        unseen = pc.is_in(rows["source_key"], value_set=pa.array(hidden))
        refusals.rows = [(number, HIDDEN) for number in rows.filter(unseen)["number"].to_pylist()]
        rows = rows.filter(pc.invert(unseen))
    return Known(rows, Carried([]), refusals, 0)


def _write_numbers(source: str, rows: pa.Table, numbers: Carried) -> None:
    """Give the customers of the rows, who are there now, the numbers they carry."""
    if not numbers.items:
        return
    ids = _customers_of(source, rows, {row for row, _ in numbers.items})
    write_numbers([(ids[row], number) for row, number in numbers.items if row in ids])


def _customers_of(source: str, rows: pa.Table, numbers: Collection[int]) -> dict[int, int]:
    """The customers that rows of these numbers became, or their survivors."""
    if not numbers:
        return {}
    names = [name for name in ("number", "source_key", "known_id") if name in rows.column_names]
    some = rows.select(names).filter(_numbered(rows, numbers))
    keys = dict(zip(some["number"].to_pylist(), some["source_key"].to_pylist(), strict=True))
    known = [None] * some.num_rows if "known_id" not in names else some["known_id"].to_pylist()
    ids = {number: pk for number, pk in zip(keys, known, strict=True) if pk}
    made = ids_of_keys([(source, key) for number, key in keys.items() if number not in ids])
    ids |= {number: made[source, key] for number, key in keys.items() if (source, key) in made}
    home = survivors(ids.values())
    return {number: home[pk] for number, pk in ids.items()}


def _new_rows(source: str, rows: pa.Table, numbers: Collection[int]) -> set[int]:
    """Which of the rows of these numbers are of a customer nobody knows yet."""
    if not numbers:
        return set()
    some = rows.filter(_numbered(rows, numbers))
    new = _new_keys(source, some)
    pairs = zip(some["number"].to_pylist(), some["source_key"].to_pylist(), strict=True)
    return {number for number, key in pairs if key in new}


def _as_changed(rows: pa.Table, numbers: Collection[int]) -> pa.Table:
    """The rows, those of these numbers marked as changed."""
    if not numbers:
        return rows
    marks = _numbered(rows, numbers)
    if "changed" not in rows.column_names:
        return rows.append_column("changed", marks)
    place = rows.column_names.index("changed")
    return rows.set_column(place, "changed", pc.or_(rows["changed"], marks))


def _numbered(rows: pa.Table, numbers: Collection[int]) -> pa.ChunkedArray:
    return pc.is_in(rows["number"], value_set=pa.array(sorted(numbers), pa.int64()))


@transaction.atomic
def ensure_customers(
    *, by: Viewer, naming: Naming, values: Mapping[str, str], names: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Make customers whom nobody knows by these keys (normal form → as it is written); answers their ids.

    They are called as `names` says, by the key as written; without a name there, the key is the name until
    somebody knows better.
    """
    by.require(Permission.IMPORT)
    if not values:
        return {}
    of_source = naming.key == "source_key"
    keys = [value if of_source else uuid.uuid4().hex for value in values]
    texts = {name: pa.string() for name in ("source_key", "name", "phone", "email", "attributes")}
    columns: dict[str, list[Any]] = {"source_key": keys}
    columns["name"] = [((names or {}).get(text) or text)[:200] for text in values.values()]
    if naming.key in ("phone", "email"):
        columns[naming.key] = list(values.values())
    elif naming.key.startswith(PREFIX):
        code = naming.key.removeprefix(PREFIX)
        columns["attributes"] = [json.dumps({code: attribute_key(code, value)}) for value in values]
    rows = pa.table(
        {"number": pa.array(range(len(keys)), pa.int64())}
        | {name: pa.array(column, texts[name]) for name, column in columns.items()}
    )
    loaded = loading.load(_target(), rows, source=naming.source, want_ids=True)
    ids = ids_of_keys([(naming.source, one) for one in keys])
    made = {value: ids[naming.source, one] for value, one in zip(values, keys, strict=True)}
    if naming.key in {one.code for one in NUMBERS}:
        at = naming.source if naming.key == "external" else ""
        write_numbers([(made[value], (naming.key, at, value)) for value in values])
    _complete(by, loaded)
    return made


def _lacking(by: Viewer, source: str, rows: pa.Table) -> list[tuple[int, str]]:
    """New customers without an attribute that the company insists on: (number, the field's code)."""
    if not AttributeDefinition.objects.filter(archived_at=None).exclude(mandatory=Mandatory.NEVER).exists():
        return []
    new = _new_keys(source, rows)
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


def _new_keys(source: str, rows: pa.Table) -> set[str]:
    """The keys of rows whose customer nobody knows."""
    if "known_id" in rows.column_names:
        return set(rows.filter(pc.is_null(rows["known_id"]))["source_key"].to_pylist())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k FROM unnest(%s::text[]) k WHERE NOT EXISTS"
            " (SELECT FROM customers_customer c WHERE c.source = %s AND c.source_key = k)",
            [rows["source_key"].to_pylist(), source],
        )
        return {key for (key,) in cursor.fetchall()}


def hidden_keys(by: Viewer, source: str, keys: Sequence[str]) -> list[str]:
    """Which of these keys belong to customers whom the viewer may not see."""
    if by.reach is Reach.ALL or not keys:
        return []
    known = Customer.objects.filter(source=source, source_key__in=keys)
    homes = list(known.values_list("source_key", Coalesce("merged_into_id", "pk")))
    seen = set(visible_to(by).filter(pk__in=[home for _, home in homes]).values_list("pk", flat=True))
    return [key for key, home in homes if home not in seen]


def settle_customers(*, by: Viewer, naming: Naming, rows: pa.Table) -> tuple[pa.Table, Refusals]:
    """The rows whose `customer` is known and visible, with its `customer_id`, and those refused.

    Customers nobody knows are made, called as the rows' `customer_name` says when they have one, or their
    rows refused, as chosen; rows of customers whom the importer may not see, or of a key that several have,
    are refused. A name that nobody has means who had it before a merge. The rows come back without
    `customer_name`. No merge happens until the transaction ends.
    """
    hold_still()
    names, crowded = dict[str, str](), set[str]()
    if "customer_name" in rows.column_names:
        names = _first_names(rows)
        rows = rows.drop_columns(["customer_name"])
    texts = rows["customer"].combine_chunks().dictionary_encode()
    normals = {text: normal_key(naming.key, text) for text in texts.dictionary.to_pylist()}
    written = {normal: text for text, normal in reversed(normals.items()) if normal}
    found = meant(by, naming.key, list(written), source=naming.source, formerly=True)
    gone = erased_keys.erased_among(naming.key, naming.source, written)
    if naming.unknown == "create":
        missing = {one: text for one, text in written.items() if not found.knows(one) and one not in gone}
        crowded = without_room(by, [*reversed(missing)])  # as the file has them
        made = {one: text for one, text in missing.items() if one not in crowded}
        found.one |= ensure_customers(by=by, naming=naming, values=made, names=names)
    ids = pa.array([found.one.get(normals[text] or "") for text in normals], pa.int64())
    rows = rows.append_column("customer_id", ids.take(texts.indices))
    unknown = pc.is_null(rows["customer_id"])
    refusals = Refusals()
    if pc.any(unknown).as_py():
        why_not = {**dict.fromkeys(gone, erased_keys.ERASED), **dict.fromkeys(crowded, NO_ROOM)}
        _refuse_unknown(by, rows.filter(unknown), normals, found, why_not, refusals)
        rows = rows.filter(pc.invert(unknown))
    return rows, refusals


def _refuse_unknown(
    by: Viewer, rows: pa.Table, normals: Mapping[str, str | None], found: Meant,
    why_not: Mapping[str, str], refusals: Refusals,
) -> None:  # fmt: skip
    told = found.candidates(by, found.several)
    for number, text in zip(rows["number"].to_pylist(), rows["customer"].to_pylist(), strict=True):
        normal = normals[text]
        if normal is None:
            why = NO_KEY
        elif normal in why_not:
            why = why_not[normal]
        elif normal in found.several:
            why = AMBIGUOUS
            refusals.candidates[number] = told[normal]
        else:
            why = HIDDEN if normal in found.hidden else TRASHED if normal in found.trashed else "customer"
        refusals.rows.append((number, why))


def of_customers(target: Target) -> Target:
    """A target whose rows name their customer by its id, as `settle_customers` leaves them."""
    others = tuple(one for one in target.references if one.column != "customer_id")
    return replace(target, references=others, columns={**target.columns, "customer_id": "bigint"})


def _first_names(rows: pa.Table) -> dict[str, str]:
    """The name each customer key has first in these rows; keys without any name are left out."""
    named = rows.select(["customer", "customer_name"]).filter(
        pc.greater(pc.binary_length(rows["customer_name"]), 0)
    )
    pairs = pa.TableGroupBy(named, "customer", use_threads=False).aggregate([("customer_name", "first")])
    return dict(zip(pairs["customer"].to_pylist(), pairs["customer_name_first"].to_pylist(), strict=True))


@transaction.atomic
def load_facts(
    *, by: Viewer, kind: RecordKind, fact: str | None, moment: str | None, source: str, rows: pa.Table,
    naming: Naming | None = None, manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Create or change facts of customers, for the capability that owns them.

    `rows` as `kernel.loading.load` takes them; their `customer` is a key as `naming` says (by default the
    one at the source), treated as `settle_customers` says. `fact`: their table in the lake, if there is one.
    """
    by.require(Permission.IMPORT)
    naming = naming or Naming(source)
    rows, refusals = settle_customers(by=by, naming=naming, rows=rows)
    target = of_customers(loading.target_of(kind, moment=moment))
    loaded = loading.load(target, rows.drop_columns(["customer"]), source=source, manner=manner)
    refusals.add_to(loaded)
    note_meant(target.table, source=source, naming=naming, rows=rows)
    if fact and (loaded.created or loaded.updated):
        warehouse.touch(fact, loaded.months)
    return loaded


def note_meant(table: str, *, source: str, naming: Naming, rows: pa.Table) -> None:
    """Remember which rows, loaded just now, named a customer that was merged by its key at a source."""
    if naming.key != "source_key":
        return
    merged = Customer.objects.filter(source=naming.source, merged_into__isnull=False)
    if not merged.exists():
        return
    merged = merged.filter(source_key__in=pc.unique(rows["customer"]).to_pylist())
    if not (named := list(merged.values_list("source_key", flat=True))):
        return
    some = rows.filter(pc.is_in(rows["customer"], value_set=pa.array(named)))
    meant = dict(zip(some["source_key"].to_pylist(), some["customer"].to_pylist(), strict=True))
    note_loaded(table, source, naming.source, meant)


def _complete(by: Viewer, loaded: Loaded) -> None:
    if not loaded.changed_ids:
        return
    loaded.customer_ids.update(loaded.changed_ids)
    give_to_importer(by, loaded.changed_ids)
    complete_new(loaded.changed_ids)
    settle_owners(ids=loaded.changed_ids, by=by, reason=Reason.IMPORTED)
    recompute(loaded.changed_ids)
    warehouse.touch("customers")
