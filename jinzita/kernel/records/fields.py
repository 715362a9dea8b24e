"""What a capability declares about the fields of its records, once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

from django.db.models import Q

from jinzita.kernel.access import FieldAccess, Permission, Viewer


class FieldType(StrEnum):
    """What a value is; on the wire money is a string, dates are YYYY-MM-DD, references are objects."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    REFERENCE = "reference"


# Figures and moments differ from record to record.
_COMMON = frozenset(FieldType) - {FieldType.NUMBER, FieldType.MONEY, FieldType.DATETIME}


@dataclass(frozen=True)
class Choice:
    """One value of a choice, its words, and other words that files use for it.

    `ids` are the numbers that mean it in the lake, of a field with `fact`.
    """

    value: str
    en: str
    zh: str
    synonyms: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field of a record kind.

    code        its name in the API, in filters and in exports
    path        where the ORM finds it from the kind's model (``standing__score``); the code when empty.
                A path into ``attributes`` is a key of the JSON column
    sort_path   where sorting finds it, when that is another place
    ties        whether equal values follow each other by id in the "same" direction or the "opposite" one, as
                the index that serves the sort has it
    column      the column of the kind's own table that an import writes; empty when it is not one
    choices     of a choice or of several; empty means that any text may be one
    belongs     of choices, or of a reference to several, that stand in a table of their own: the condition
                that a record has one of these values, or any at all for None
    through     of a field of other records that hang together with this one: makes of a condition on them one
                on this record
    fact        where the lake keeps these choices: the fact table of customer_id and choice_id
    narrow      of a text: a condition that every value containing a part fulfils, which an index answers
    references  of a reference: the record kind it names (an import gives that record's key)
    minimum, maximum, max_length, decimals   bounds of a value; a date's bounds are FIRST_DAY, LAST_DAY; of
                several choices without `choices`, how many and how long they are
    share       of a number: a part of the whole, from 0 to 1, which people read and write as percent
    pattern     of a text: the regular expression (RE2) that it must match
    synonyms    other words for the field in the header of a file, English and Chinese
    own         whether the value is each record's own, such as a name, a telephone, a birthday: it is not
                given to many at once, and no list is put in groups by it
    by_action   whether many records are given it by an action of its own, such as tags
    kept        of a field with `belongs`: its values are kept and can be counted, not only found by
    indexed     of an attribute: an index of its own answers comparisons, sorting and beginnings
    mandatory   "always", the code of the stage of life from which on a value is needed, or empty
    applies_to  the kind of customer that has it; empty for every kind
    formula     what it is computed from; such a field is not entered
    section, help_en, help_zh   where a form shows it and what it says beside it
    access      what the viewer for whom the fields were read may do with it (`kernel.field_access`)
    """

    code: str
    type: FieldType
    en: str
    zh: str
    path: str = ""
    sort_path: str = ""
    ties: Literal["same", "opposite"] = "same"
    column: str = ""
    choices: tuple[Choice, ...] = ()
    narrow: Callable[[str], Q] | None = None
    belongs: Callable[[Sequence[Any] | None], Q] | None = None
    through: Callable[[Q], Q] | None = None
    fact: str = ""
    references: str = ""
    unit: str = ""
    share: bool = False
    filterable: bool = True
    sortable: bool = False
    listed: bool = True
    exportable: bool = True
    importable: bool = True
    editable: bool = False
    required: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    decimals: int | None = None
    pattern: str = ""
    synonyms: tuple[str, ...] = ()
    own: bool = False
    by_action: bool = False
    kept: bool = False
    indexed: bool = False
    mandatory: str = ""
    applies_to: str = ""
    formula: str = ""
    section: str = ""
    help_en: str = ""
    help_zh: str = ""
    access: FieldAccess = FieldAccess.EDIT

    @property
    def orm(self) -> str:
        """The ORM path."""
        return self.path or self.code

    @property
    def sort_orm(self) -> str:
        """The ORM path to sort by."""
        return self.sort_path or self.orm

    @property
    def in_attributes(self) -> bool:
        """Whether the value lives in the JSON column of attributes."""
        return self.path.startswith("attributes__")

    @property
    def shared(self) -> bool:
        """Whether many records can be given the same value by an edit."""
        return self.editable and not self.own and not self.by_action

    @property
    def groupable(self) -> bool:
        """Whether a list can be put in groups by it: many records have a value in common, and it is kept."""
        return self.filterable and not self.own and (self.kept if self.belongs else self.type in _COMMON)

    @property
    def key(self) -> str:
        """The key in the JSON column of attributes."""
        return self.path.removeprefix("attributes__")


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: its name in the API, its model (``app.Model``), words, fields, natural order.

    `fields` may be a callable when they depend on data (attributes that the company defined) and on who
    asks: it takes the viewer, or None for the house itself, which sees them all.
    `fixed` are those of them that do not depend on data, where others do.
    `natural_key` names the columns by which a record loaded again is the same record.
    `default_sort` is in the language of the API, such as ``("-score", "id")``.
    `only` are conditions that every row fulfils, as Django takes them.
    `permission` is what opens a list of them.
    """

    code: str
    model: str
    en: str
    zh: str
    fields: Sequence[Field] | Callable[[Viewer | None], Sequence[Field]]
    default_sort: tuple[str, ...] = ("-id",)
    natural_key: tuple[str, ...] = ("source", "source_key")
    only: tuple[tuple[str, Any], ...] = ()
    permission: Permission = Permission.READ
    fixed: Sequence[Field] = ()

    def __post_init__(self) -> None:
        if not callable(self.fields):
            object.__setattr__(self, "fixed", tuple(self.fields))

    def read_fields(self, viewer: Viewer | None = None) -> tuple[Field, ...]:
        """The fields as they are now, those that `viewer` may see and as the viewer may use them."""
        every = self.fields(viewer) if callable(self.fields) else self.fields
        return allowed(viewer, self.code, every)

    def field(self, code: str, viewer: Viewer | None = None) -> Field | None:
        """The field of this code, or None."""
        return next((one for one in self.read_fields(viewer) if one.code == code), None)


def allowed(viewer: Viewer | None, kind_code: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    """These fields of a kind as the viewer may use them.

    Hidden ones are left out, masked ones are neither filtered nor sorted by, seen ones are not edited.
    """
    if viewer is None or not viewer.fields:
        return tuple(fields)
    found = ((one, viewer.access(kind_code, one.code)) for one in fields)
    return tuple(_as_allowed(one, access) for one, access in found if access is not FieldAccess.HIDDEN)


def _as_allowed(field: Field, access: FieldAccess) -> Field:
    if access is FieldAccess.EDIT:
        return field
    open_ = access is FieldAccess.SEE
    return replace(
        field, access=access, editable=False, importable=False, filterable=field.filterable and open_,
        sortable=field.sortable and open_,
    )  # fmt: skip


_kinds: dict[str, RecordKind] = {}
_ties: dict[str, RecordKind] = {}


def register(one: RecordKind) -> RecordKind:
    """Make a kind known; called once by its owner's `fields`. Raises ValueError when the code is taken."""
    if _kinds.get(one.code, one) != one:
        raise ValueError(f"the record kind {one.code!r} is declared twice")
    _kinds[one.code] = one
    return one


def tie(one: RecordKind) -> RecordKind:
    """Declare by which rows records of this kind belong to others, when it is not by a column of their own:
    `model` are these rows, `fields` what one asks of them and of the record.
    """
    _ties[one.code] = one
    return one


def ties() -> dict[str, RecordKind]:
    """Those declared, by the code of the kind they tie."""
    return dict(_ties)


def kind(code: str) -> RecordKind | None:
    """The kind of this code, or None."""
    return _kinds.get(code)


def kinds() -> dict[str, RecordKind]:
    """All kinds by code."""
    return dict(_kinds)
