"""What a bulk action writes, as SQL: checked once, for it is the same for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb

from jinzita.customers.models import BulkAction, Customer
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.customers import MOST_TAGS, set_values, tags_of
from jinzita.customers.services.owners import require_receiver
from jinzita.kernel import field_access
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.people import selectors as people

Action = BulkAction.Action
# Telephones and addresses are each customer's own.
_PLAIN = ("name", "kind", "tags")


@dataclass(frozen=True)
class Setter:
    """Setters of an UPDATE of customers, the condition that a row differs, what to call it, the codes of
    the attributes it empties, and the condition that a row would hold more than it can.
    """

    sql: str
    parameters: Sequence[Any]
    differs: str
    differs_parameters: Sequence[Any]
    columns: tuple[str, ...]
    words: Mapping[str, Any] = field(default_factory=dict)
    emptied: tuple[str, ...] = ()
    overfull: str = ""
    overfull_parameters: Sequence[Any] = ()


def setter_of(
    *, by: Viewer, action: str, changes: Mapping[str, Any], owner_id: int | None = None,
    tags: Sequence[str] = (), now: datetime | None = None,
) -> Setter:  # fmt: skip
    """The setter of an action. Raises Invalid, Forbidden for what cannot be written."""
    if action == Action.EDIT:
        return _edit(by, changes)
    if action == Action.ASSIGN:
        field_access.require_editable(by, "customers", ["owner"])
        return _assign(by, owner_id)
    if action in (Action.TAG, Action.UNTAG):
        field_access.require_editable(by, "customers", ["tags"])
        return _tags(action, tags_of(list(tags)))
    thrown = action == Action.DELETE
    return Setter(
        "trashed_at = %s, trashed_by_id = %s",
        [(now or datetime.now(UTC)) if thrown else None, by.user_id if thrown else None],
        f"trashed_at IS {'' if thrown else 'NOT '}NULL",
        [],
        ("trashed_at", "trashed_by_id"),
    )


def _edit(by: Viewer, changes: Mapping[str, Any]) -> Setter:
    if not changes:
        raise Invalid.at("changes", "required", "Say what to change.")
    if "owner_id" in changes:
        raise Invalid.at("changes.owner_id", "unknown_field", "Owners are given by the action assign.")
    attributes = {
        code.removeprefix("attributes."): value
        for code, value in changes.items()
        if code.startswith("attributes.")
    }
    plain = {code: value for code, value in changes.items() if not code.startswith("attributes.")}
    for code in plain:
        if code not in _PLAIN:
            raise Invalid.at(
                f"changes.{code}"[:200], "unknown_field", f"{code[:100]} cannot be changed here."
            )
    field_access.require_editable(by, "customers", changes)
    # A customer that is never saved finds out what the values become.
    sample = Customer()
    set_values(by, sample, plain)
    values: dict[str, Any] = {code: getattr(sample, code) for code in plain}
    setters = [f"{code} = %s{_cast(code)}" for code in values]
    differs = [f"{code} IS DISTINCT FROM %s{_cast(code)}" for code in values]
    parameters, differing = list(values.values()), list(values.values())
    written: dict[str, Any] = {}
    if attributes:
        merged = "(attributes - %s::text[]) || %s"
        written = attribute_values.parsed(by, attributes)
        pair = [
            list(written), Jsonb({code: one for code, one in written.items() if one is not None})
        ]  # fmt: skip
        setters.append(f"attributes = {merged}")
        differs.append(f"attributes IS DISTINCT FROM {merged}")
        parameters += pair
        differing += pair
    columns = (*values, *(["attributes"] if attributes else []))
    emptied = tuple(code for code, one in written.items() if one is None)
    return Setter(
        ", ".join(setters), parameters, " OR ".join(differs), differing, columns, dict(changes), emptied
    )


def _assign(by: Viewer, owner_id: int | None) -> Setter:
    if owner_id is None:
        return Setter("owner_id = NULL", [], "owner_id IS NOT NULL", [], ("owner_id", "department_id"),
                      {"owner_id": None})  # fmt: skip
    pair = [owner_id, require_receiver(by, owner_id)]
    named = people.owners({owner_id})[owner_id].shown_name
    return Setter(
        "owner_id = %s, department_id = %s", pair,
        "(owner_id, department_id) IS DISTINCT FROM (%s, %s)", pair,
        ("owner_id", "department_id"), {"owner_id": owner_id, "owner": named},
    )  # fmt: skip


def _tags(action: str, tags: Sequence[str]) -> Setter:
    if not tags:
        raise Invalid.at("tags", "required", "Name at least one tag.")
    given, columns, words = [list(tags)], ("tags",), {"tags": list(tags)}
    if action == Action.TAG:
        added = "tags || ARRAY(SELECT t FROM unnest(%s::varchar[]) t WHERE t <> ALL(tags))"
        return Setter(
            f"tags = {added}", given, "NOT tags @> %s::varchar[]", given, columns, words,
            overfull=f"NOT tags @> %s::varchar[] AND cardinality({added}) > {MOST_TAGS}",
            overfull_parameters=[*given, *given],
        )  # fmt: skip
    left = (
        "ARRAY(SELECT t FROM unnest(tags) WITH ORDINALITY u(t, n) WHERE t <> ALL(%s::varchar[]) ORDER BY n)"
    )
    return Setter(f"tags = {left}", given, "tags && %s::varchar[]", given, columns, words)


def _cast(code: str) -> str:
    return "::varchar[]" if code == "tags" else ""
