"""What owners of tables declare about the personal data in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from jinzita.kernel.personal.mentioning import Named, look_in

# What somebody who was erased is called, whatever language is spoken.
GONE = "已清除 Erased"


@dataclass(frozen=True)
class Rows:
    """The rows of a table that are about somebody.

    erased   columns that go, and the SQL of what stands there instead
    kept     columns with words that stay: they say nothing of the person, or the books need them
    removed  the rows go as a whole
    word     what the audit log calls a row (``interaction``); "" when it has no lines of its own
    """

    table: str
    erased: Mapping[str, str]
    kept: frozenset[str]
    removed: bool
    word: str


@dataclass(frozen=True)
class Erased:
    """Who is being erased, for those that follow: ids, what they were called and reached by, and the (source,
    key) pairs by which sources knew them.
    """

    customer_ids: Sequence[int]
    contact_ids: Sequence[int]
    named: Named
    keys: frozenset[tuple[str, str]]


Follow = Callable[[Erased], None]
_rows: dict[str, Rows] = {}
_followers: list[Follow] = []
_unrelated: set[str] = set()
_mentioning: set[str] = set()


def declare(
    label: str, *, erased: Sequence[str] = (), kept: Sequence[str] = (), removed: bool = False,
    word: str = "", instead: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Say of a model (``app.Model``) that is about customers or contacts what is erased and what is kept.

    An erased column becomes empty, or what `instead` says as SQL.
    """
    model = apps.get_model(label)
    columns = {one.column: one for one in model._meta.concrete_fields}
    if unknown := ({*erased, *kept, *(instead or {})} - columns.keys()):
        raise ValueError(f"{label} has no column {min(unknown)}")
    blanks = {name: _blank(columns[name]) for name in erased}
    table = model._meta.db_table
    _rows[table] = Rows(table, {**blanks, **(instead or {})}, frozenset(kept), removed, word)


def mentions(label: str, *columns: str, where: str = "") -> None:
    """Texts or JSON of a model that may name people in passing: the names are taken out of them.

    `where` is SQL of the rows that come into question.
    """
    look_in(apps.get_model(label), columns, where)
    _mentioning.add(apps.get_model(label)._meta.db_table)


def unrelated(*labels: str) -> None:
    """Models whose words say nothing of customers."""
    _unrelated.update(apps.get_model(label)._meta.db_table for label in labels)


def follow(function: Follow) -> None:
    """Let `function` erase what its capability keeps, in the transaction of the erasure."""
    if function not in _followers:
        _followers.append(function)


def followers() -> list[Follow]:
    return list(_followers)


def about(table: str) -> Rows | None:
    """What was declared of a table's rows."""
    return _rows.get(table)


def is_declared(table: str) -> bool:
    """Whether anything was said of a table."""
    return table in _rows or table in _unrelated or table in _mentioning


def gone(record_id: int) -> str:
    """What an erased record is called."""
    return f"{GONE} #{record_id}"


def _blank(field: models.Field) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, ArrayField):
        return "'{}'"
    if isinstance(field, models.JSONField):
        return "'[]'" if field.default is list else "'{}'"
    if isinstance(field, models.CharField | models.TextField):
        return "''"
    raise ValueError(f"{field} cannot be empty")
