"""Whom the rows of a file of contacts mean: each is a known contact, a new one, or refused."""

import uuid
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jinzita.customers.fields.contact_keys import CONTACT_KEY
from jinzita.customers.fields.keys import BETWEEN, RECORD, normal_key
from jinzita.customers.fields.search_text import normal
from jinzita.customers.selectors.contact_keys import Person, named, people_meant
from jinzita.customers.services import erased_keys
from jinzita.customers.services.loading.known import HIDDEN, Refusals, without
from jinzita.kernel.access import Viewer

NO_CONTACT, NO_CONTACT_KEY = "no such contact", "no contact key"
CONTACT_TRASHED, CONTACT_AMBIGUOUS, NOWHERE = "contact in trash", "ambiguous contact", "contact of nobody"


def contact_normals(rows: pa.Table, key: str) -> list[str | None]:
    """The keys of rows of contacts in the form by which equal ones are known."""
    column = CONTACT_KEY[key].fields[0]
    if column not in rows.column_names:
        return [None] * rows.num_rows
    texts = rows[column].to_pylist()
    known = {text: normal_key(key, text) for text in set(texts)}
    return [known[text] for text in texts]


def unknown_records(by: Viewer, rows: pa.Table) -> list[tuple[int, str]]:
    """The rows whose record number no contact has: (number, why). No customer is made for them."""
    normals = contact_normals(rows, RECORD.code)
    there = people_meant(by, RECORD.code, {one for one in normals if one})
    numbers = rows["number"].to_pylist()
    return [
        (number, NO_CONTACT)
        for number, one in zip(numbers, normals, strict=True) if one and one not in there
    ]  # fmt: skip


def recognise_contacts(
    *, by: Viewer, source: str, rows: pa.Table, key: str, refusals: Refusals
) -> dict[str, pa.Table]:  # fmt: skip
    """The rows by the source their contact came from, with its key there; new ones are of `source`.

    Each row's contact is known by its `key`, or, where nobody has that, by its source and key. Of several who
    have the key, it is the one at the row's customer, and of several there the one who is called so. A row
    that names no customer (`customer_id` is null) is about a known contact, where that mainly is.
    """
    normals = contact_normals(rows, key)
    at = {one for one in rows["customer_id"].to_pylist() if one}
    wanted = {one for one in normals if one}
    people = people_meant(by, key, wanted, at=at)
    # Somebody else may have the telephone of a person who was erased: what is known stays so.
    erased = erased_keys.erased_among(erased_keys.of_contacts(key), source, wanted - people.keys())
    given = rows["source_key"].to_pylist() if "source_key" in rows.column_names else [None] * rows.num_rows
    names = rows["name"].to_pylist() if "name" in rows.column_names else [None] * rows.num_rows
    rows = rows.drop_columns([one for one in (RECORD.code, "source_key") if one in rows.column_names])
    made: dict[str, str] = {}
    why = dict[int, str]()
    homes: list[tuple[str, str, int | None]] = []
    facts = (rows["number"], rows["customer_id"])
    each = zip(*(one.to_pylist() for one in facts), normals, given, names, strict=True)
    for number, customer, one, own_key, name in each:
        found = _narrowed(people.get(one or "", []), customer, name, only_there=key == "name")
        if len(found) == 1:
            person = found[0]
            homes.append((person.source, person.source_key, customer or next(iter(person.customers), None)))
        else:
            new = own_key or made.setdefault(_new(key, one, customer), uuid.uuid4().hex)
            homes.append((source, new, customer))
        if one in erased:
            why[number] = erased_keys.ERASED
        elif reason := _against(found, one, own_key):
            why[number] = reason
            if reason == CONTACT_AMBIGUOUS:
                refusals.candidates[number] = named(found)
        elif homes[-1][2] is None:
            why[number] = NOWHERE
    refusals.rows += why.items()
    return _by_source(rows, homes, why)


def _narrowed(
    people: Sequence[Person], customer: int | None, name: str | None, *, only_there: bool
) -> Sequence[Person]:  # fmt: skip
    """Whom of those who have a key a row means."""
    there = [one for one in people if customer in one.customers]
    if only_there or (there and len(people) > 1):
        people = there
    standing = [one for one in people if not one.trashed and not one.erased] or people
    called = [one for one in standing if normal(one.name) == normal(name or "")]
    return called if len(standing) > 1 and len(called) == 1 else standing


def _against(found: Sequence[Person], normal: str | None, own_key: str | None) -> str | None:
    """Why a row cannot be taken."""
    if len(found) > 1:
        return CONTACT_AMBIGUOUS
    if not found:
        return None if normal or own_key else NO_CONTACT_KEY
    if not found[0].seen:
        return HIDDEN
    return erased_keys.ERASED if found[0].erased else CONTACT_TRASHED if found[0].trashed else None


def _new(key: str, normal: str | None, customer: int | None) -> str:
    """Rows of a new contact with equal keys are about one person."""
    return BETWEEN.join((normal or "", str(customer) if key == "name" else ""))


def _by_source(
    rows: pa.Table, homes: Sequence[tuple[str, str, int | None]], out: Mapping[int, str]
) -> dict[str, pa.Table]:  # fmt: skip
    sources, keys, customers = (
        (list(column) for column in zip(*homes, strict=True)) if homes else ([], [], [])
    )
    place = rows.column_names.index("customer_id")
    rows = rows.set_column(place, "customer_id", pa.array(customers, pa.int64()))
    rows = rows.append_column("source_key", pa.array(keys, pa.string()))
    rows = without(rows.append_column("source", pa.array(sources, pa.string())), out)
    return {
        one: rows.filter(pc.equal(rows["source"], one)).drop_columns(["source"])
        for one in sorted(set(rows["source"].to_pylist()))
    }
