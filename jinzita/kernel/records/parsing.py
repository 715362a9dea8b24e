"""A value of a declared field, from what travelled over the wire."""

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jinzita.kernel import values
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field, FieldType

MOST_CHOSEN = 100


def parse(field: Field, raw: Any, where: str) -> Any:
    """The Python value: str, Decimal, date, aware datetime, bool, a list of texts, or the id of a reference.

    Raises Invalid naming `where` for a value of another type or outside of the field's bounds.
    """
    if field.type in (FieldType.TEXT, FieldType.CHOICE):
        return _text(field, raw, where)
    if field.type is FieldType.CHOICES:
        if not isinstance(raw, list) or len(raw) > MOST_CHOSEN:
            raise Invalid.at(where, "not_a_list", f"{where} must be a list of at most {MOST_CHOSEN} values.")
        return list(dict.fromkeys(_text(field, one, where) for one in raw))
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


def parse_entry(field: Field, raw: Any, where: str) -> Any:
    """A value as somebody enters it: parsed, and in the field's own form. Raises Invalid."""
    value = parse(field, raw, where)
    if field.pattern and not matches(field.pattern, pa.array([value]))[0].as_py():
        raise Invalid.at(
            where, "wrong_form", f"{where} does not have the form it must have.", pattern=field.pattern
        )
    return value


def matches(pattern: str, texts: pa.Array) -> pa.Array:
    """Which texts have the form; by RE2, whose time is bounded. Raises pa.ArrowInvalid."""
    return pc.match_substring_regex(texts, f"^(?:{pattern})$")


def json_value(value: Any) -> Any:
    """A parsed value as it is kept in a JSON column."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
