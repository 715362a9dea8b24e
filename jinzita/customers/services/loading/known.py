"""Whom rows of a file mean: each is a known customer, a new one, or refused."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.fields.keys import BETWEEN, NUMBERS, RECORD, key_named, normal_key
from jinzita.customers.selectors.keys import meant
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services.loading.numbers import Carried, Number, carried, holders
from jinzita.kernel.access import Reach, Viewer
from jinzita.kernel.loading import Loaded, last_of_each

HIDDEN, TRASHED, AMBIGUOUS = "hidden customer", "customer in trash", "ambiguous customer"
NO_KEY, NO_RECORD, TAKEN = "no key", "no such record", "taken"


@dataclass(frozen=True)
class Naming:
    """How rows name their customers: by which key, of which source (where keys mean something only at a
    source), and whether customers nobody knows are made or their rows refused.
    """

    source: str
    key: str = "source_key"
    unknown: Literal["create", "refuse"] = "create"


@dataclass
class Refusals:
    """Rows that cannot be taken, and of those that may mean several customers, which."""

    rows: list[tuple[int, str]] = field(default_factory=list)
    candidates: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def add_to(self, loaded: Loaded) -> None:
        loaded.refused += self.rows
        loaded.candidates |= self.candidates


@dataclass
class Known:
    """Rows that can be loaded, with `known_id` and a `source_key` for all; the numbers they carry."""

    rows: pa.Table
    numbers: Carried
    refusals: Refusals
    superseded: int


def texts_of(rows: pa.Table, key: str) -> list[str | None]:
    """What each row says of the fields that make up a key, as one text."""
    names = key_named(key).fields
    if not all(name.startswith(PREFIX) or name in rows.column_names for name in names):
        return [None] * rows.num_rows
    attributes: list[Mapping[str, object]] = []
    if any(name.startswith(PREFIX) for name in names):
        given = rows["attributes"].to_pylist() if "attributes" in rows.column_names else []
        attributes = [json.loads(one or "{}") for one in given] or [{}] * rows.num_rows
    columns = [
        [_text(one.get(name.removeprefix(PREFIX))) for one in attributes]
        if name.startswith(PREFIX)
        else rows[name].to_pylist()
        for name in names
    ]
    if len(columns) == 1:
        return columns[0]
    return [
        None if not one[0] else BETWEEN.join(each or "" for each in one) for one in zip(*columns, strict=True)
    ]


def normals_of(rows: pa.Table, key: str) -> list[str | None]:
    """The keys of rows in the form by which equal ones are known."""
    texts = texts_of(rows, key)
    known = {text: normal_key(key, text) for text in set(texts)}
    return [known[text] for text in texts]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def recognise(*, by: Viewer, source: str, rows: pa.Table, key: str, system: str) -> Known:
    """Find out which customer each row is: by its key, or, where nobody has that, by its source and key.

    A row that has neither is refused, as are one whose key several customers have, and one that carries
    a number of another customer. Of rows with the same key the last one counts.
    """
    count = rows.num_rows
    rows = rows.append_column("normal", pa.array(normals_of(rows, key), pa.string()))
    rows, _ = last_of_each(rows, "normal")
    normals = rows["normal"].to_pylist()
    rows, keyed = _with_keys(rows.drop_columns(["normal"]))
    refusals = Refusals()
    ids, why = _whom(by, source, rows, normals, keyed, key=key, system=system, refusals=refusals)
    rows = _refused(rows.append_column("known_id", pa.array(ids, pa.int64())), why, refusals)
    rows, _ = last_of_each(rows, "known_id")
    rows, _ = last_of_each(rows, "source_key")
    rows, fresh = _with_numbers(by, source, rows, keyed, refusals, system=system)
    return Known(rows, fresh, refusals, count - rows.num_rows - len(refusals.rows))


def _whom(
    by: Viewer, source: str, rows: pa.Table, normals: Sequence[str | None], keyed: set[int], *, key: str,
    system: str, refusals: Refusals,
) -> tuple[list[int | None], dict[int, str]]:  # fmt: skip
    """The customer of each row (None: a new one), and why rows are refused, by their number."""
    of_source = key == "source_key"
    # A customer that somebody else made is known at this source by its id there.
    which, at = ("external", source) if of_source else (key, system)
    found = meant(by, which, sorted({one for one in normals if one}), source=at)
    numbers, keys = rows["number"].to_pylist(), rows["source_key"].to_pylist()
    asked = {
        k: number for k, number, normal in zip(keys, numbers, normals, strict=True)
        if number in keyed and (of_source or normal not in found.one)
    }  # fmt: skip
    own = _by_source(by, source, asked)
    ids, why = list[int | None](), dict[int, str]()
    for number, normal in zip(numbers, normals, strict=True):
        known = found.one.get(normal or "")
        ids.append((own.get(number) or known) if of_source else (known or own.get(number)))
        if ids[-1]:
            continue
        if normal in found.several:
            why[number] = AMBIGUOUS
        elif normal in found.trashed:
            why[number] = TRASHED
        elif normal in found.hidden or own.get(number) == 0:
            why[number] = HIDDEN
        elif normal is None and number not in keyed:
            why[number] = NO_KEY
        elif normal is not None and key == RECORD.code:
            why[number] = NO_RECORD
    of_row = dict(zip(numbers, normals, strict=True))
    unclear = {number: of_row[number] or "" for number, what in why.items() if what == AMBIGUOUS}
    told = found.candidates(by, set(unclear.values()))
    refusals.candidates |= {number: told[normal] for number, normal in unclear.items()}
    return ids, why


def _with_keys(rows: pa.Table) -> tuple[pa.Table, set[int]]:
    """Every row has a key at its source: one is made up where the file says none. Which rows said theirs."""
    given = rows["source_key"].to_pylist() if "source_key" in rows.column_names else [None] * rows.num_rows
    keyed = {number for number, key in zip(rows["number"].to_pylist(), given, strict=True) if key}
    if "source_key" in rows.column_names:
        rows = rows.drop_columns(["source_key"])
    keys = pa.array([one or uuid.uuid4().hex for one in given], pa.string())
    return rows.append_column("source_key", keys), keyed


def _by_source(by: Viewer, source: str, asked: Mapping[str, int]) -> dict[int, int]:
    """The customers that have these keys at the source, by the number of their row; 0: out of sight."""
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_key, id, coalesce(merged_into_id, id) FROM customers_customer"
            " WHERE source = %s AND source_key = ANY(%s)",
            [source, list(asked)],
        )
        found = cursor.fetchall()
    homes = [home for _, _, home in found]
    seen = set(homes)
    if by.reach is not Reach.ALL:
        seen = set(visible_to(by).filter(pk__in=homes).values_list("pk", flat=True))
    return {asked[key]: pk if home in seen else 0 for key, pk, home in found}


def _refused(rows: pa.Table, why: Mapping[int, str], refusals: Refusals) -> pa.Table:
    refusals.rows += why.items()
    return without(rows, why) if why else rows


def without(rows: pa.Table, numbers: Iterable[int]) -> pa.Table:
    """The rows but those of these numbers."""
    return rows.filter(pc.invert(pc.is_in(rows["number"], value_set=pa.array(sorted(numbers), pa.int64()))))


def _with_numbers(
    by: Viewer, source: str, rows: pa.Table, keyed: set[int], refusals: Refusals, *, system: str
) -> tuple[pa.Table, Carried]:
    """Take the numbers out of the rows, and say which are new; rows that carry one of another customer are
    refused. A row to which a number is new counts as changed.
    """
    numbers = carried(rows, system=system)
    known = dict(zip(rows["number"].to_pylist(), rows["known_id"].to_pylist(), strict=True))
    home = survivors(known.values())
    keys = _foreign_keys(source, rows, known, keyed)
    held = holders([number for _, number in [*numbers.items, *keys]])
    first: dict[Number, int] = {}
    why, fresh = dict[int, str](), list[tuple[int, Number]]()
    for row, number in numbers.items:
        holder, own = held.get(number), home.get(known[row] or 0)
        if (holder is not None and holder != own) or first.setdefault(number, row) != row:
            why[row] = TAKEN
            refusals.candidates[row] = [(holder, "")] if holder else []
        elif holder is None:
            fresh.append((row, number))
    _name(by, refusals.candidates, why)
    fresh += [(row, number) for row, number in keys if number not in held]
    rows = rows.drop_columns([one.code for one in (RECORD, *NUMBERS) if one.code in rows.column_names])
    rows = _refused(rows, why, refusals)
    new = Carried(fresh).without(why)
    touched = pa.array(sorted({row for row, _ in new.items}), pa.int64())
    return rows.append_column("changed", pc.is_in(rows["number"], value_set=touched)), new


def _name(by: Viewer, candidates: dict[int, list[tuple[int, str]]], rows: Iterable[int]) -> None:
    """Give the candidates of these rows their names, and leave out those out of sight."""
    ids = {one for row in rows for one, _ in candidates[row]}
    names = dict(visible_to(by).filter(pk__in=ids).values_list("pk", "name"))
    for row in rows:
        candidates[row] = [(one, names[one]) for one, _ in candidates[row] if one in names]


def survivors(ids: Iterable[int | None]) -> dict[int, int]:
    """The customers themselves, or, of merged ones, their survivors, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, coalesce(merged_into_id, id) FROM customers_customer WHERE id = ANY(%s)",
            [[one for one in ids if one]],
        )
        return dict(cursor.fetchall())


def _foreign_keys(
    source: str, rows: pa.Table, known: Mapping[int, int | None], keyed: set[int]
) -> list[tuple[int, Number]]:
    """Keys of rows whose customer came from elsewhere: kept as its id at this source, so that further files
    can name it by them.
    """
    pairs = zip(rows["number"].to_pylist(), rows["source_key"].to_pylist(), strict=True)
    given = {number: key for number, key in pairs if known[number] and number in keyed}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM customers_customer WHERE id = ANY(%s) AND source = %s",
            [[known[number] for number in given], source],
        )
        own = {one for (one,) in cursor.fetchall()}
    return [(number, ("external", source, key)) for number, key in given.items() if known[number] not in own]
