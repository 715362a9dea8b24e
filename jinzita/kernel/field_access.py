"""What a role keeps back of single fields: the one place where values are masked or left out.

Lists, filters, sorting and exports read the fields by `RecordKind.read_fields(viewer)`; records leave a
selector by `conceal`; services ask `require_editable` before they write.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, TypeVar

from jinzita.kernel.access import FieldAccess, Viewer
from jinzita.kernel.errors import Forbidden, Problem
from jinzita.kernel.records.fields import Field, FieldType, RecordKind, kind

Row = TypeVar("Row")
MASK = "***"
# Every row needs these to be one; whoever sees a record sees them.
_ALWAYS = frozenset({"name", "kind", "grade", "score", "source", "source_key", "status"})


def restrictable(field: Field) -> bool:
    """Whether a role may keep the field back: texts that may be empty, figures, attributes."""
    if field.in_attributes:
        return True
    if field.code in _ALWAYS:
        return False
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return True
    return field.type is FieldType.TEXT and not field.required and bool(field.column)


def by_code(viewer: Viewer, of: RecordKind) -> dict[str, Field]:
    """The fields by code, as the viewer's lists and filters take them."""
    return {one.code: one for one in of.read_fields(viewer)}


def shown(access: FieldAccess, value: Any) -> Any:
    """A value as this access shows it: masked texts keep a part, other values that are kept back are None."""
    if not access.concealed or value is None or value == "":
        return value
    if access is FieldAccess.HIDDEN:
        return "" if isinstance(value, str) else None
    return masked(value) if isinstance(value, str) else None


def masked(text: str) -> str:
    """``138****5678``, ``z***@x.com``; of any other text nothing is left."""
    text = text.strip()
    before, at, after = text.rpartition("@")
    if at and before and " " not in text:
        return f"{before[0]}{MASK}@{after}"
    digits = "".join(char for char in text.removeprefix("+86") if char.isdecimal())
    if len(digits) < 7 or len(digits) * 2 < len(text):
        return MASK
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"{digits[:2]}****{digits[-2:]}"


def conceal(viewer: Viewer, of: RecordKind, rows: Iterable[Row]) -> list[Row]:
    """The rows with what the viewer's role keeps back masked or taken out; to be shown, never saved.

    What is sensitive and stays in plain is noted as read.
    """
    every = list(rows)
    _note_read(viewer, of, every)
    kept = _kept_back(viewer, of)
    for field, access in kept:
        for row in every:
            _conceal_one(row, field, access)
    return every


def conceal_one(viewer: Viewer, of: RecordKind, row: Row) -> Row:
    """One row, as `conceal` shows it."""
    return conceal(viewer, of, [row])[0]


def kind_of(word: str) -> str:
    """The record kind that the audit log calls by this word, as customer: customers."""
    plural = word.removesuffix("y") + "ies" if word.endswith("y") else f"{word}s"
    return plural if kind(plural) else word


def word_of(kind_code: str) -> str:
    """What the audit log calls a single record of this kind, as customers: customer."""
    return kind_code.removesuffix("ies") + "y" if kind_code.endswith("ies") else kind_code.removesuffix("s")


def conceal_changes(viewer: Viewer, kind_code: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What changed, as ``{field: value}`` or ``{field: [before, after]}``, with what is kept back masked."""
    if not viewer.fields:
        return dict(changes)
    return {name: _concealed_change(viewer, kind_code, name, value) for name, value in changes.items()}


def note_changes(viewer: Viewer, kind_code: str, record_id: int, changes: Mapping[str, Any]) -> None:
    """Note that the answer shows what changed of a record, in the words of the log."""
    values = dict(changes)
    if "channels" in values:  # phones and e-mails together
        values |= {"phone": values["channels"], "email": values["channels"]}
    own = values.get("attributes")
    if isinstance(own, Mapping):
        values |= {f"attributes.{code}": value for code, value in own.items()}
    viewer.saw(kind_code, record_id, values)


def require_editable(viewer: Viewer, kind_code: str, codes: Iterable[str]) -> None:
    """Raise Forbidden that names the fields among `codes` which the viewer's role may not change."""
    if not viewer.fields:
        return
    refused = [code for code in codes if viewer.access(kind_code, code) is not FieldAccess.EDIT]
    if refused:
        raise Forbidden(
            f"Your role may not change {', '.join(refused)}; an administrator can grant it.",
            problems=[
                Problem(code, "field_forbidden", f"Your role may not change {code}.") for code in refused
            ],
        )


def _note_read(viewer: Viewer, of: RecordKind, rows: Iterable[Any]) -> None:
    guarded = viewer.reads.guarded(of.code) if viewer.reads else ()
    if not guarded:
        return
    paths = {one.code: one.orm.split("__") for one in of.fixed if one.code in guarded}
    own = [code for code in guarded if code.startswith("attributes.")]
    for row in rows:
        values = {code: reduce(getattr, path, row) for code, path in paths.items()}
        values |= {code: row.attributes.get(code.removeprefix("attributes.")) for code in own}
        viewer.saw(of.code, row.pk, values)


def _kept_back(viewer: Viewer, of: RecordKind) -> list[tuple[Field, FieldAccess]]:
    restricted = {
        name.removeprefix(f"{of.code}."): access
        for name, access in viewer.fields.items()
        if access.concealed and name.startswith(f"{of.code}.")
    }
    fields = of.read_fields() if restricted else ()
    return [(one, restricted[one.code]) for one in fields if one.code in restricted]


def _conceal_one(row: Any, field: Field, access: FieldAccess) -> None:
    if field.in_attributes:
        key = field.orm.removeprefix("attributes__")
        if key in row.attributes:
            value = shown(access, row.attributes[key])
            rest = {name: one for name, one in row.attributes.items() if name != key}
            row.attributes = rest if value in (None, "") else {**rest, key: value}
        return
    *path, last = field.orm.split("__")
    for part in path:
        row = getattr(row, part)
    setattr(row, last, shown(access, getattr(row, last)))


def _concealed_change(viewer: Viewer, kind_code: str, name: str, value: Any) -> Any:
    if name == "channels":  # phones and e-mails together
        kept = viewer.access(kind_code, "phone").concealed or viewer.access(kind_code, "email").concealed
        return MASK if kept else value
    if name == "attributes" and isinstance(value, Mapping):
        return {
            code: _each(viewer.access(kind_code, f"attributes.{code}"), one) for code, one in value.items()
        }
    if name == "attributes" and isinstance(value, list):
        return [_concealed_change(viewer, kind_code, name, one) if one else one for one in value]
    return _each(viewer.access(kind_code, name), value)


def _each(access: FieldAccess, value: Any) -> Any:
    return [shown(access, one) for one in value] if isinstance(value, list) else shown(access, value)
