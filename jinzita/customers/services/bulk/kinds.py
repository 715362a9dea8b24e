"""What can be changed many at once: a kind of record says what is written, to whom, and what follows."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from jinzita.customers.fields.entry_rules import EntryRule
from jinzita.customers.models import BulkAction
from jinzita.kernel import undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import require_editable
from jinzita.kernel.models import ChangeSet
from jinzita.kernel.records import RecordKind

Action = BulkAction.Action
Left = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """What became of a batch: those changed; those left as they were, with the reason; and of the changed
    those that came to break a rule of entry which only warns, a line each.
    """

    changed: list[int]
    left: Sequence[Left] = ()
    warned: Sequence[EntryRule] = ()


@dataclass(frozen=True)
class Setter:
    """Setters of an UPDATE, the condition that a row differs, what to call it, the codes of the attributes
    it empties, the condition that a row would hold more than it can, and what is written beside the rows
    themselves, which answers whose it was. `receiver` is whose they become, `over_capacity` whether that may
    be more than one person may hold.
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
    beside: Callable[[ChangeSet, Sequence[int]], list[int]] | None = None
    receiver: int | None = None
    over_capacity: bool = False


class BulkKind(ABC):
    """A kind of record of which many are changed at once; `code` names it as its list does ("customers").

    Its model has `name`, `version`, `updated_at`, `trashed_at` and `trashed_by`.
    """

    code: str
    model: type[models.Model]
    declared: RecordKind
    needs: Mapping[Action, Permission]

    @property
    def word(self) -> str:
        """What the audit log calls one of them."""
        return str(self.model._meta.model_name)

    def require_shared(self, by: Viewer, codes: Iterable[str]) -> None:
        """Raise Invalid for what many records are not given at once, Forbidden for what the role may not
        change.
        """
        shared = {one.code for one in self.declared.read_fields() if one.shared}
        for code in codes:
            if code not in shared:
                raise Invalid.at(
                    f"changes.{code}"[:200], "unknown_field", f"{code[:100]} cannot be changed here."
                )
        require_editable(by, self.code, codes)

    @abstractmethod
    def edit(self, by: Viewer, changes: Mapping[str, Any]) -> Setter:
        """What an edit writes. Raises Invalid, Forbidden for what cannot be written."""

    @abstractmethod
    def matching(self, by: Viewer, *, filter: str | None, q: str | None) -> QuerySet[Any]:
        """The records a viewer may know of that fit."""

    @abstractmethod
    def reachable(self, by: Viewer, action: str) -> QuerySet[Any]:
        """The records a viewer may do this to."""

    def left_out(self, by: Viewer, action: str, ids: Sequence[int]) -> list[Left]:
        """Why the action does not reach these."""
        return [{"id": pk, "why": "not_found"} for pk in ids]

    @abstractmethod
    def announce(self, ids: Sequence[int], columns: Sequence[str], by: Viewer) -> None:
        """What follows in the same transaction: search, the lake, news."""

    def setter(
        self, *, by: Viewer, action: str, changes: Mapping[str, Any], owner_id: int | None = None,
        over_capacity: bool = False, tags: Sequence[str] = (), now: datetime | None = None,
    ) -> Setter:  # fmt: skip
        """What an action writes, checked once, for it is the same for every record. Raises Invalid,
        Forbidden.
        """
        if action == Action.EDIT:
            return self.edit(by, changes)
        thrown = action == Action.DELETE
        return Setter(
            "trashed_at = %s, trashed_by_id = %s",
            [(now or datetime.now(UTC)) if thrown else None, by.user_id if thrown else None],
            f"trashed_at IS {'' if thrown else 'NOT '}NULL",
            [],
            ("trashed_at", "trashed_by_id"),
        )

    def require_room(self, by: Viewer, setter: Setter, rows: QuerySet[Any]) -> None:  # noqa: B027
        """Raise Conflict where whoever gets these records has no room for them."""

    def write(
        self, by: Viewer, action: str, change_set: ChangeSet, setter: Setter, ids: list[int]
    ) -> Written:
        """Write a batch."""
        return Written(self.put(change_set, setter, ids))

    def put(self, change_set: ChangeSet, setter: Setter, ids: Sequence[int]) -> list[int]:
        """Write the rows that differ, kept for undoing; answers which."""
        changed: set[int] = set()
        if setter.columns:
            with (
                undo.recording(change_set, self.model, ids, columns=setter.columns),
                connection.cursor() as cursor,
            ):
                cursor.execute(
                    f"UPDATE {self.model._meta.db_table} SET {setter.sql}, version = version + 1,"
                    f" updated_at = now() WHERE id = ANY(%s) AND ({setter.differs}) RETURNING id",
                    [*setter.parameters, list(ids), *setter.differs_parameters],
                )
                changed |= {pk for (pk,) in cursor.fetchall()}
                self.follow(sorted(changed), setter)
        if setter.beside:
            changed |= set(setter.beside(change_set, ids))
        return sorted(changed)

    def follow(self, changed: list[int], setter: Setter) -> None:  # noqa: B027
        """What the rows' own columns compute from one another, written while it is recorded."""
