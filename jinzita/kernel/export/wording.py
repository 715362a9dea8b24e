"""Values in words: choices by their names, yes and no, instants in the company's time."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from jinzita.kernel.records.fields import Field, FieldType

# Spreadsheets take a cell that begins like this for a formula, Chinese ones the full-width signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}
_NOT_IN_A_FILE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def worded(field: Field, language: str) -> Callable[[Any], Any]:
    """What puts values of this field in words of `language`; numbers and days stay what they are.

    Made once for a column: its choices are looked up here and not cell by cell.
    """
    zh = language.startswith("zh")
    yes, no = YES_NO["zh" if zh else "en"]
    names = {one.value: one.zh if zh else one.en for one in field.choices}
    between = "、" if zh else ", "

    def text(value: Any) -> str:
        return _NOT_IN_A_FILE.sub("", str(value))

    def choice(value: str) -> str:
        return text(names.get(value, value))

    def several(values: list[Any]) -> str:
        return text(between.join(names.get(one, one) for one in values))

    ways: dict[type, Callable[[Any], Any]] = {
        str: choice if field.type is FieldType.CHOICE else text,
        list: several,
        bool: lambda value: yes if value else no,
        datetime: _at_the_company,
        **dict.fromkeys((type(None), int, float, Decimal, date), _same),
    }
    return lambda value: ways.get(type(value), text)(value)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; an import takes the sign in front away again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_cell(field: Field, language: str) -> Callable[[Any], Any]:
    """The same as a cell: texts that are no formulas."""
    words = worded(field, language)

    def cell(value: Any) -> Any:
        shown = words(value)
        return harmless(shown) if type(shown) is str else shown

    return cell


def _same(value: Any) -> Any:
    return value


def _at_the_company(value: datetime) -> datetime:
    return value.astimezone(settings.COMPANY_TIME_ZONE).replace(tzinfo=None, microsecond=0)
