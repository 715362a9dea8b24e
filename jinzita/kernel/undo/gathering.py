"""What a load writes, gathered by whoever writes, and kept in one go when a batch is over.

A row may be written several times in a batch, by several hands; it is kept once, as it was before the first
and as it is after the last.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from jinzita.kernel.models import ChangeSet
from jinzita.kernel.undo.packing import pack
from jinzita.kernel.undo.recording import Recording
from jinzita.kernel.undo.tables import tables_named


class _Gathered:
    """What was written of one table."""

    def __init__(self, change_set: ChangeSet, table: str) -> None:
        self.change_set, self.table = change_set, tables_named([table])[0]
        self.seen: set[int] = set()
        self.new: list[int] = []
        self.before: list[Recording] = []

    def copy(self) -> "_Gathered":
        other = _Gathered(self.change_set, self.table.name)
        other.seen, other.new, other.before = set(self.seen), list(self.new), list(self.before)
        return other

    def changing(self, ids: Sequence[int]) -> None:
        fresh = [one for one in ids if one not in self.seen]
        if fresh:
            recording = Recording(self.change_set, self.table, None)
            recording.read_before(fresh)
            self.before.append(recording)
            self.seen.update(fresh)

    def made(self, ids: Sequence[int]) -> None:
        fresh = [one for one in ids if one not in self.seen]
        self.new += fresh
        self.seen.update(fresh)

    def keep(self) -> None:
        for recording in self.before:
            recording.keep_differences()
        if self.new and self.table.is_told:
            Recording(self.change_set, self.table, None).inserted(self.new)
        elif self.new:
            pack(self.change_set, self.table, self.new)


class _Gathering:
    def __init__(self, change_set: ChangeSet) -> None:
        self.change_set = change_set
        self.tables: dict[str, _Gathered] = {}

    def of(self, table: str) -> _Gathered:
        return self.tables.setdefault(table, _Gathered(self.change_set, table))


_now: ContextVar[_Gathering | None] = ContextVar("gathering", default=None)


@contextmanager
def gathering(change_set: ChangeSet | None) -> Iterator[None]:
    """Keep in `change_set` what is said inside to be changed and made. Needs the caller's transaction."""
    if change_set is None:
        yield
        return
    one = _Gathering(change_set)
    token = _now.set(one)
    try:
        yield
    finally:
        _now.reset(token)
    for gathered in one.tables.values():
        gathered.keep()


@contextmanager
def attempt() -> Iterator[None]:
    """A savepoint: what is said inside is forgotten when an error rolls it back."""
    one = _now.get()
    kept = {name: table.copy() for name, table in one.tables.items()} if one else {}
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if one is not None:
            one.tables = kept
        raise


def is_gathering() -> bool:
    """Whether what is written now is to be said."""
    return _now.get() is not None


def changing(table: str, ids: Sequence[int]) -> None:
    """These rows are about to change; nothing happens when nobody gathers."""
    if (one := _now.get()) is not None and ids:
        one.of(table).changing(ids)


def made(table: str, ids: Sequence[int]) -> None:
    """These rows were made."""
    if (one := _now.get()) is not None and ids:
        one.of(table).made(ids)
