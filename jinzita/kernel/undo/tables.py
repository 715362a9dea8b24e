"""The tables whose rows can be taken back: every model with a whole number for its key."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.apps import apps
from django.db import models

from jinzita.kernel.access import Viewer

# Written by every change; they are counted on, never back.
BOOKKEEPING = frozenset({"version", "updated_at"})


@dataclass(frozen=True)
class Followed:
    """What was just taken back in one table: rows changed, put back or removed, and which columns."""

    changed: Sequence[int] = ()
    back: Sequence[int] = ()
    gone: Sequence[int] = ()
    columns: frozenset[str] = frozenset()


Follow = Callable[[Viewer, Followed], None]
_followers: dict[str, list[Follow]] = defaultdict(list)
_ignored: dict[str, set[str]] = defaultdict(set)
Guard = Callable[[Viewer, Sequence[int]], set[int]]
_guards: list[Guard] = []
_along: set[str] = set()
_told: set[str] = set()


def follow(label: str, function: Follow) -> None:
    """Let `function` follow, in the same transaction, whatever is taken back of a model (``app.Model``)."""
    if function not in _followers[label]:
        _followers[label].append(function)


def guard(function: Guard) -> None:
    """Let `function` say which of some changed rows (by their ids) a viewer must not take back."""
    if function not in _guards:
        _guards.append(function)


def guarded(by: Viewer, changed_row_ids: Sequence[int]) -> set[int]:
    return set().union(*(one(by, changed_row_ids) for one in _guards))


def ignore(label: str, columns: Iterable[str]) -> None:
    """Columns of a model that the house computes: they are neither recorded nor compared."""
    _ignored[label].update(columns)


def along(label: str) -> None:
    """Rows of this model go along when the row they belong to was made by the work taken back."""
    _along.add(label)


def told(label: str) -> None:
    """What changes did to a row of this model is shown with the row, so each is kept by itself."""
    _told.add(label)


@dataclass(frozen=True)
class Table:
    """A model as SQL needs it."""

    model: type[models.Model]

    @property
    def is_told(self) -> bool:
        return self.label in _told

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)

    @cached_property
    def all_columns(self) -> tuple[str, ...]:
        fields = self.model._meta.concrete_fields
        return tuple(str(one.column) for one in fields if not getattr(one, "generated", False))

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that are recorded."""
        left = BOOKKEEPING | _ignored[self.label] | {self.key}
        return tuple(one for one in self.all_columns if one not in left)

    @property
    def uncompared(self) -> tuple[str, ...]:
        return tuple(BOOKKEEPING | _ignored[self.label])

    @cached_property
    def json(self) -> tuple[str, ...]:
        fields = self.model._meta.concrete_fields
        return tuple(str(one.column) for one in fields if isinstance(one, models.JSONField))

    def image(self, alias: str) -> str:
        """SQL of a whole row as one flat JSON object."""
        if not self.json:
            return f"to_jsonb({alias})"
        parts = [f"(to_jsonb({alias}) - '{{{','.join(self.json)}}}'::text[])"]
        for one in self.json:
            parts.append(
                f"CASE jsonb_typeof({alias}.\"{one}\") WHEN 'object' THEN (SELECT"
                f" coalesce(jsonb_object_agg('{one}.' || e.key, e.value), '{{}}')"
                f' FROM jsonb_each({alias}."{one}") e)'
                f" ELSE jsonb_build_object('{one}', {alias}.\"{one}\") END"
            )
        return " || ".join(parts)

    def standing(self, image: str) -> str:
        """SQL of a flat image with its JSON columns made whole again, for jsonb_populate_record."""
        parts = [image]
        for one in self.json:
            parts.append(
                f"CASE WHEN {image} ? '{one}' THEN '{{}}' ELSE jsonb_build_object('{one}', (SELECT"
                f" coalesce(jsonb_object_agg(substr(e.key, {len(one) + 2}), e.value), '{{}}')"
                f" FROM jsonb_each({image}) e WHERE starts_with(e.key, '{one}.'))) END"
            )
        return " || ".join(parts)

    def present(self, alias: str, key: str, columns: Iterable[str]) -> str:
        """SQL of the present value of a flat key, as JSON; null where it is not there."""
        whens = "".join(
            f" WHEN {key} = '{one}' THEN coalesce(to_jsonb({alias}.\"{one}\"), 'null')" for one in columns
        )
        for one in self.json:
            whens += f" WHEN starts_with({key}, '{one}.')"
            whens += f' THEN {alias}."{one}" -> substr({key}, {len(one) + 2})'
        return f"CASE{whens} END"

    def counted_on(self, alias: str = "") -> str:
        """SQL setters of the bookkeeping."""
        setters = ""
        if "version" in self.all_columns:
            setters += f', "version" = {alias}"version" + 1'
        if "updated_at" in self.all_columns:
            setters += ', "updated_at" = now()'
        return setters

    def follow(self, by: Viewer, what: Followed) -> None:
        if what.changed or what.back or what.gone:
            for one in _followers[self.label]:
                one(by, what)

    def referring(self) -> Iterator[tuple["Table", models.ForeignKey, bool]]:
        """The foreign keys to this table, and whether their rows go along with a row that goes."""
        for other in apps.get_models():
            for field in other._meta.concrete_fields:
                if isinstance(field, models.ForeignKey) and field.related_model is self.model:
                    goes = field.primary_key or other._meta.label in _along
                    yield Table(other), field, goes


def table_of(model: type[models.Model]) -> Table:
    return Table(model)


@lru_cache(1)
def _by_name() -> dict[str, type[models.Model]]:
    return {one._meta.db_table: one for one in apps.get_models()}


def tables_named(names: Iterable[str]) -> list[Table]:
    """The tables of these names, each after those it names by a foreign key."""
    wanted = {_by_name()[name] for name in names if name in _by_name()}
    ordered: list[type[models.Model]] = []

    def visit(model: type[models.Model]) -> None:
        if model in ordered or model not in wanted:
            return
        wanted.discard(model)
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and issubclass(target, models.Model):
                visit(target)
        ordered.append(model)

    for model in sorted(wanted, key=lambda one: one._meta.db_table):
        visit(model)
    return [Table(one) for one in ordered]
