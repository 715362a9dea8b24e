"""A value of a declared field, from what travelled over the wire."""

from typing import Any

from jinzita.kernel import values
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field, FieldType


def parse(field: Field, raw: Any, where: str) -> Any:
    """The Python value: str, Decimal, date, aware datetime, bool, or the id of a reference.

    Raises Invalid naming `where` for a value of another type or outside of the field's bounds.
    """
    if field.type in (FieldType.TEXT, FieldType.CHOICE):
        return _text(field, raw, where)
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return values.number(raw, where, field.minimum, field.maximum)
    if field.type is FieldType.DATE:
        return values.day(raw, where)
    if field.type is FieldType.DATETIME:
        return values.moment(raw, where)
    if field.type is FieldType.YES_NO:
        if not isinstance(raw, bool):
            raise Invalid.at(where, "not_yes_no", f"{where} must be true or false.")
        return raw
    return values.identifier(raw, where)


def _text(field: Field, raw: Any, where: str) -> str:
    value = values.plain_text(raw, where, longest=field.max_length or 200)
    allowed = [one.value for one in field.choices]
    if allowed and value not in allowed:
        known = ", ".join(allowed)
        raise Invalid.at(where, "unknown_choice", f"{where} must be one of {known}.", choices=allowed)
    return value
