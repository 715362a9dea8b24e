"""Where rows are loaded to, read off the model and the declared fields of its owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection, models

from jinzita.kernel.records import RecordKind


@dataclass(frozen=True)
class Reference:
    """A column that holds the id of another record, which the rows name by its key at a source.

    `staged` is the rows' column with the key, `column` the table's with the id, `table` the other table.
    `merges`: records of that table may have been merged, and lead to the survivor by `merged_into_id`.
    """

    staged: str
    column: str
    table: str
    required: bool
    merges: bool = False


@dataclass(frozen=True)
class Target:
    """A table to load: PostgreSQL types of its columns, what they are when a row says nothing, references.

    `merged` are JSON columns whose keys are added to what is there. `customer` and `moment` name the columns
    by which the customers and months touched are known; `moment` is a timestamptz or a date, or None.
    `counted`: the table has a `version`, which grows with every change. `required` columns are never blank.
    """

    table: str
    columns: Mapping[str, str]
    blanks: Mapping[str, str]
    references: tuple[Reference, ...] = ()
    merged: frozenset[str] = frozenset()
    customer: str | None = None
    moment: str | None = None
    moment_is_day: bool = False
    defaults: Mapping[str, str] = field(default_factory=dict)
    counted: bool = False
    required: frozenset[str] = frozenset()


def target_of(kind: RecordKind, *, customer: str | None = "customer_id", moment: str | None = None) -> Target:
    """The target of a record kind: its importable columns, with types and references of the model."""
    model = apps.get_model(kind.model)
    counted = any(one.column == "version" for one in model._meta.concrete_fields)
    columns: dict[str, str] = {}
    blanks: dict[str, str] = {}
    defaults: dict[str, str] = {}
    references: list[Reference] = []
    required: set[str] = set()
    for declared in kind.read_fields():
        if not declared.column or not declared.importable or declared.column == "source_key":
            continue
        of_model = _field_of(model, declared.column)
        if isinstance(of_model, models.ForeignKey):
            other = of_model.related_model._meta  # type: ignore[union-attr]
            merges = any(one.column == "merged_into_id" for one in other.concrete_fields)
            references.append(
                Reference(declared.code, declared.column, other.db_table, not of_model.null, merges)
            )
            continue
        if declared.required:
            required.add(declared.column)
        columns[declared.column] = of_model.db_type(connection) or "text"
        if of_model.has_default() and isinstance(of_model.default, str):
            defaults[declared.column] = str(of_model.default)
        if not of_model.null and isinstance(of_model, models.CharField | models.TextField):
            blanks[declared.column] = defaults.get(declared.column, "")
    day = moment is not None and not isinstance(_field_of(model, moment), models.DateTimeField)
    return Target(
        table=model._meta.db_table,
        columns=columns,
        blanks=blanks,
        references=tuple(references),
        customer=customer,
        moment=moment,
        moment_is_day=day,
        counted=counted,
        defaults=defaults,
        required=frozenset(required),
    )


def _field_of(model: type[models.Model], column: str) -> models.Field:
    return next(one for one in model._meta.concrete_fields if one.column == column)
