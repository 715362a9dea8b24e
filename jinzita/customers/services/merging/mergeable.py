"""What can be merged: customers, and whatever else registers here."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field

if TYPE_CHECKING:
    from jinzita.customers.services.merging.folding import Folding

# What a record is known by and what is kept about the row itself: never chosen, never brought back.
OWN = {
    "erased_at",
    "id", "source", "source_key", "created_at", "updated_at", "merged_into_id", "version", "trashed_at",
    "trashed_by_id",
}  # fmt: skip


class Mergeable(ABC):
    """A kind of record that can be merged. Its model has `merged_into`, a reference to itself.

    `code` names it in merges ("customer").
    """

    code: str
    model: type[models.Model]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @abstractmethod
    def visible(self, viewer: Viewer) -> models.QuerySet[Any]:
        """The records a viewer may know of, without merged ones."""

    def reached(self, viewer: Viewer, ids: Sequence[int]) -> set[int]:
        """Those of the ids, merged or not, that a viewer's role reaches; all, where that is asked of the
        survivor alone.
        """
        return set(ids)

    @abstractmethod
    def fields(self, viewer: Viewer) -> Sequence[Field]:
        """The fields of which a viewer chooses a value."""

    @abstractmethod
    def name(self, row: Any) -> str:
        """What a record is called."""

    @abstractmethod
    def columns(self, field: Field) -> tuple[str, ...]:
        """The columns a field stands for: attributes of the model, or ``attributes.CODE``."""

    @abstractmethod
    def write(self, by: Viewer, row: Any, entered: Mapping[str, Any], *, over_capacity: bool) -> None:
        """Set fields of an unsaved row to values somebody typed. Raises Invalid."""

    @abstractmethod
    def merged(self, by: Viewer, survivor_id: int, member_ids: Sequence[int], changed: set[str]) -> None:
        """What follows a merge in the same transaction: search, the lake, news."""

    @abstractmethod
    def parted(self, by: Viewer, holder_id: int, member_ids: Sequence[int], changed: set[str]) -> None:
        """What follows when one comes apart."""

    def before(self, ids: Sequence[int]) -> None:  # noqa: B027
        """Called before rows change hands, with all records concerned."""

    def keep(  # noqa: B027
        self, folding: "Folding", survivor: Any, known: Sequence[Mapping[str, Any]]
    ) -> None:
        """Keep beside the survivor what its fields have no place for. `known` are snapshots of the records as
        they were, the survivor's first.
        """

    def judge(self, by: Viewer, survivor_id: int, fields: Collection[str]) -> Callable[[bool], None]:
        """Called before the survivor is written with values somebody typed; the answer is called once the
        merge is done, with whether warnings are accepted, and raises Invalid.
        """
        return lambda accept_warnings: None


_known: dict[str, Mergeable] = {}


def register(one: Mergeable) -> None:
    """Make a kind of record mergeable; called once by its owner when Django is ready."""
    _known[one.code] = one


def mergeable(code: str) -> Mergeable:
    """The kind of this code; KeyError when nothing of it can be merged."""
    return _known[code]


def snapshot(row: models.Model) -> dict[str, Any]:
    """The columns of a record as JSON values, each attribute by itself as ``attributes.CODE``."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.attname in OWN:
            continue
        if isinstance(value, dict):
            found |= {f"{field.attname}.{key}": one for key, one in value.items()}
        else:
            found[field.attname] = value
    return dict(json.loads(json.dumps(found, cls=DjangoJSONEncoder)))


def put(row: models.Model, values: Mapping[str, Any]) -> None:
    """Set columns to values of a snapshot; None takes an attribute away."""
    for name, value in values.items():
        column, _, key = name.partition(".")
        if key:
            kept = dict(getattr(row, column))
            kept.pop(key, None)
            setattr(row, column, kept if value is None else {**kept, key: value})
            continue
        field = next((one for one in row._meta.concrete_fields if one.attname == column), None)
        if field is not None:
            target = getattr(field, "target_field", field)
            setattr(row, column, None if value is None else target.to_python(value))


def save(row: models.Model) -> None:
    """Write a locked record; its version grows."""
    if hasattr(row, "version"):
        row.version += 1
    row.save()


def lead(rows: models.QuerySet[Any], survivor_id: int | None) -> None:
    """Let records be part of a survivor, or be themselves again; their versions grow."""
    counted = any(field.attname == "version" for field in rows.model._meta.concrete_fields)
    rows.update(merged_into=survivor_id, **({"version": models.F("version") + 1} if counted else {}))


def is_empty(value: Any) -> bool:
    """Whether nothing is known."""
    return value is None or value == "" or value == [] or value == {}
