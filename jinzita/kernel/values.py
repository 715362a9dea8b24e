"""Single values as they travel: texts, exact numbers, days and instants that can be meant, ids."""

import math
import re
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings

from jinzita.kernel.errors import Invalid

# Days outside of these are taken for slips of the pen everywhere.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
# The largest number numeric(18,4) holds.
LARGEST_AMOUNT = Decimal("99999999999999.9999")
LARGEST_ID = 2**63 - 1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


def plain_text(raw: Any, where: str, *, longest: int) -> str:
    """A text without NUL bytes and not too long."""
    if not isinstance(raw, str):
        raise Invalid.at(where, "not_a_text", f"{where} must be a text.")
    if "\x00" in raw:
        raise Invalid.at(where, "nul_byte", f"{where} contains a NUL byte.")
    if any("\ud800" <= char <= "\udfff" for char in raw):
        raise Invalid.at(where, "not_unicode", f"{where} contains half of a character.")
    if len(raw) > longest:
        raise Invalid.at(where, "too_long", f"{where} has more than {longest} characters.", longest=longest)
    return raw


def number(raw: Any, where: str, minimum: Decimal | None = None, maximum: Decimal | None = None) -> Decimal:
    """An exact number, from a JSON number or a text such as "12.50"."""
    text = str(raw) if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool) else raw
    if (
        not isinstance(text, str)
        or not _NUMBER.fullmatch(text)
        or (isinstance(raw, float) and not math.isfinite(raw))
    ):
        raise Invalid.at(where, "not_a_number", f"{where} must be a number.")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Invalid.at(where, "not_a_number", f"{where} must be a number.") from None
    if minimum is not None and value < minimum:
        low = _plain(minimum)
        raise Invalid.at(where, "too_small", f"{where} must be at least {low}.", minimum=low)
    if maximum is not None and value > maximum:
        high = _plain(maximum)
        raise Invalid.at(where, "above_maximum", f"{where} must be at most {high}.", maximum=high)
    return value


def _plain(bound: Decimal) -> str:
    """A bound as it was entered, not with the places it is kept with."""
    return f"{bound.normalize():f}"


def whole(raw: Any, where: str, least: int, most: int) -> int:
    """A whole number between two others."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        raise Invalid.at(
            where, "out_of_range", f"{where} must be a whole number from {least} to {most}.",
            low=least, high=most,
        )  # fmt: skip
    return raw


def day(raw: Any, where: str) -> date:
    """A calendar day between 1900 and 2199, as YYYY-MM-DD."""
    try:
        value = date.fromisoformat(raw) if isinstance(raw, str) and _DAY.fullmatch(raw) else None
    except ValueError:
        value = None
    if value is None:
        raise Invalid.at(where, "not_a_date", f"{where} must be a date such as 2024-01-31.")
    return in_bounds(value, where)


def in_bounds(value: date, where: str) -> date:
    """The same day, or Invalid when it cannot be meant."""
    if not FIRST_DAY <= value <= LAST_DAY:
        raise Invalid.at(where, "date_out_of_range", f"{where} must lie between {FIRST_DAY} and {LAST_DAY}.")
    return value


def moment(raw: Any, where: str) -> datetime:
    """An instant in ISO 8601; without an offset it is the company's local time."""
    try:
        value = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError:
        value = None
    if not isinstance(value, datetime):
        raise Invalid.at(where, "not_a_time", f"{where} must be a time such as 2024-01-31T09:30:00+08:00.")
    in_bounds(value.date(), where)
    if value.tzinfo is None:
        value = value.replace(tzinfo=settings.COMPANY_TIME_ZONE)
    value = value.astimezone(UTC)
    in_bounds(value.date(), where)
    return value


def start_of(value: date) -> datetime:
    """The instant a calendar day of the company begins."""
    return datetime.combine(value, time.min, settings.COMPANY_TIME_ZONE)


def identifier(raw: Any, where: str) -> int:
    """The id of a record."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= LARGEST_ID:
        raise Invalid.at(where, "not_an_id", f"{where} must be the id of a record.")
    return raw


def identifiers(raw: str | None, where: str) -> list[int] | None:
    """Ids written as ``1,2,3``; None when nothing is written."""
    if not raw:
        return None
    parts = [part.strip() for part in raw.split(",") if part.strip()]
    if any(not part.isascii() or not part.isdigit() or len(part) > 18 for part in parts):
        raise Invalid.at(where, "not_an_id", f"{where} must be ids of records, comma separated.")
    return [int(part) for part in parts]
