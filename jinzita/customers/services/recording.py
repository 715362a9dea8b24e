"""Recording facts about customers: what all capabilities that own such facts do alike.

The owner says which table is written and what its columns mean; the natural key decides whether a record is
new, changed or known already. A batch is all or nothing.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from jinzita.customers import selectors
from jinzita.customers.services.erased_keys import SOURCE_KEY, erased_among
from jinzita.customers.services.merging.locks import hold_still
from jinzita.customers.services.merging.naming import ids_of_keys, note_named
from jinzita.kernel import audit, events, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.field_access import require_editable

MANUAL = "manual"
MOST_ITEMS = 1000


@dataclass(frozen=True)
class FactTable:
    """A table of facts about customers.

    `columns` are those a record may set, `moment` the one that says its month (None: not kept by month),
    `news` makes the event told afterwards.
    """

    model: type[models.Model]
    word: str
    fact: str
    columns: tuple[str, ...]
    moment: str | None
    news: Callable[[list[int]], events.Event]


@dataclass
class Recorded:
    """What became of each record, in the order given: (id, created | updated | unchanged)."""

    items: list[tuple[int, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        states = [state for _, state in self.items]
        return {
            **{state: states.count(state) for state in ("created", "updated", "unchanged")},
            "items": [{"index": i, "id": pk, "status": state} for i, (pk, state) in enumerate(self.items)],
        }


@transaction.atomic
def record(
    *, by: Viewer, table: FactTable, items: Sequence[Mapping[str, Any]],
    check: Callable[[Mapping[str, Any], str], list[Problem]] | None = None, batch: bool = True,
) -> Recorded:  # fmt: skip
    """Write facts: all of them, or none and Invalid that names every bad one.

    An item has the table's columns and `customer_id` or `customer` ({source, key}), and may have `source` and
    `source_key`; without a key it is a new record entered by hand. `check` finds an owner's own problems of
    an item. `batch` says whether places are named ``items[3].amount`` or ``amount``. Raises Forbidden,
    Conflict when somebody records the same key at the same moment.
    """
    by.require(Permission.RECORD_FACTS)
    require_editable(by, table.fact, {name for item in items for name in table.columns if item.get(name)})
    if not 1 <= len(items) <= MOST_ITEMS:
        raise Invalid.at("items", "wrong_count", f"A batch has 1 to {MOST_ITEMS} items.", most=MOST_ITEMS)
    places = [f"items[{i}]." if batch else "" for i in range(len(items))]
    problems: list[Problem] = []
    if check:
        for item, place in zip(items, places, strict=True):
            problems += check(item, place)
    hold_still()
    owners, meant = _customers(by, items, places, problems)
    keys = _keys(items, places, problems)
    _refuse(problems)
    known = {(row.source, row.source_key): row for row in _known(table.model, keys)}
    reached = selectors.visible_to(by, table.fact).filter(pk__in={row.customer_id for row in known.values()})
    visible = set(reached.values_list("pk", flat=True))
    for key, place in zip(keys, places, strict=True):
        if key in known and known[key].customer_id not in visible:
            problems.append(
                Problem(f"{place}source_key", "taken", "This key belongs to a customer you cannot see.")
            )
    _refuse(problems)
    recorded = _write(by, table, items, owners, keys, known)
    note_named(table.model._meta.db_table, {recorded.items[i][0]: named for i, named in meant.items()})
    return recorded


def _write(
    by: Viewer, table: FactTable, items: Sequence[Mapping[str, Any]], owners: list[int],
    keys: list[tuple[str, str]], known: Mapping[tuple[str, str], Any],
) -> Recorded:  # fmt: skip
    new: list[Any] = []
    changed: list[Any] = []
    rows: list[tuple[Any, str]] = []
    touched: set[int] = set()
    months: set[date] = set()
    for item, customer_id, key in zip(items, owners, keys, strict=True):
        wanted = {"customer_id": customer_id, **{name: item[name] for name in table.columns if name in item}}
        row = known.get(key)
        if row is None:
            row = table.model(source=key[0], source_key=key[1], **wanted)
            new.append(row)
            rows.append((row, "created"))
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            _note(row, table, touched, months)
            for name, value in wanted.items():
                setattr(row, name, value)
            changed.append(row)
            rows.append((row, "updated"))
        else:
            rows.append((row, "unchanged"))
            continue
        _note(row, table, touched, months)
    manager = table.model._default_manager
    try:
        with transaction.atomic():
            manager.bulk_create(new)
    except IntegrityError:
        raise Conflict(
            "The same record is being written by somebody else at this moment; send it again."
        ) from None
    for row in changed:
        row.updated_at = Now()
    if changed:
        manager.bulk_update(changed, ["customer_id", *table.columns, "updated_at"])
    recorded = Recorded([(row.pk, state) for row, state in rows])
    if touched:
        _tell(by, table, items, recorded, touched, months)
    return recorded


def _tell(
    by: Viewer, table: FactTable, items: Sequence[Mapping[str, Any]], recorded: Recorded, touched: set[int],
    months: set[date],
) -> None:  # fmt: skip
    if len(items) == 1:
        (pk, state), changes = recorded.items[0], dict(items[0])
        action = "create" if state == "created" else "update"
        audit.record(by=by, action=action, subject_type=table.word, subject_id=pk, changes=changes)
    else:
        answer = recorded.as_dict()
        audit.record(
            by=by, action="record", subject_type=table.word,
            changes={
                "created": answer["created"], "updated": answer["updated"],
                "ids": [pk for pk, state in recorded.items if state != "unchanged"],
            },
        )  # fmt: skip
    warehouse.touch(table.fact, months)
    events.publish(table.news(sorted(touched)))


def _note(row: Any, table: FactTable, touched: set[int], months: set[date]) -> None:
    touched.add(row.customer_id)
    if table.moment:
        months.add(warehouse.month_of(getattr(row, table.moment)))


def _customers(
    by: Viewer, items: Sequence[Mapping[str, Any]], places: Sequence[str], problems: list[Problem]
) -> tuple[list[int], dict[int, int]]:
    """Whose each item is now; and of those that named a merged customer, by their place, which one."""
    ids = [item["customer_id"] for item in items if item.get("customer_id")]
    keys = [(item["customer"]["source"], item["customer"]["key"]) for item in items if item.get("customer")]
    present = selectors.present_ids(by, ids) if ids else {}
    by_key = selectors.ids_by_key(by, keys) if keys else {}
    own = ids_of_keys(keys) if keys else {}
    found: list[int] = []
    meant: dict[int, int] = {}
    for item, place in zip(items, places, strict=True):
        customer_id, named = item.get("customer_id"), item.get("customer")
        if bool(customer_id) == bool(named):
            sentence = "Name the customer by customer_id or by customer (source and key), not by both."
            problems.append(Problem(f"{place}customer_id", "required", sentence))
        elif customer_id:
            if customer_id in present:
                if present[customer_id] != customer_id:
                    meant[len(found)] = customer_id
                found.append(present[customer_id])
                continue
            sentence = f"There is no customer {customer_id}."
            problems.append(
                Problem(f"{place}customer_id", "unknown_customer", sentence, {"customer": customer_id})
            )
        elif named:
            key = (named["source"], named["key"])
            if key in by_key:
                if by_key[key] != own[key]:
                    meant[len(found)] = own[key]
                found.append(by_key[key])
                continue
            if erased_among(SOURCE_KEY, key[0], [key[1]]):
                sentence = "The personal data of this customer was erased; nothing is taken in for it."
                problems.append(Problem(f"{place}customer", "erased_customer", sentence))
                found.append(0)
                continue
            sentence = f"There is no customer {key[1]} of the source {key[0]}."
            problems.append(Problem(f"{place}customer", "unknown_customer", sentence, {"customer": key[1]}))
        found.append(0)
    return found, meant


def _keys(
    items: Sequence[Mapping[str, Any]], places: Sequence[str], problems: list[Problem]
) -> list[tuple[str, str]]:
    keys: list[tuple[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for item, place in zip(items, places, strict=True):
        source, key = item.get("source"), item.get("source_key")
        if source and not key:
            problems.append(
                Problem(f"{place}source_key", "required", "A record from a source has its key there.")
            )
        pair = (source or MANUAL, key or uuid.uuid4().hex)
        if pair in seen:
            sentence = f"The key {pair[1]} comes twice in this batch."
            problems.append(Problem(f"{place}source_key", "twice", sentence, {"key": pair[1]}))
        seen.add(pair)
        keys.append(pair)
    return keys


def _known(model: type[models.Model], keys: Sequence[tuple[str, str]]) -> models.QuerySet[Any]:
    by_source: dict[str, list[str]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    wanted = Q(pk__in=[])
    for source, several in by_source.items():
        wanted |= Q(source=source, source_key__in=several)
    # In one order, so that two batches of the same records wait for each other and never lock each other out.
    return model._default_manager.filter(wanted).order_by("pk").select_for_update()


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        count = len(problems)
        message = problems[0].message if count == 1 else f"{count} problems were found; nothing was recorded."
        raise Invalid(message, problems=problems)
