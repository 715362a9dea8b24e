"""Days that are said from today: thirty days ago, this month, last quarter."""

from datetime import date, timedelta
from typing import Any

from jinzita.kernel.errors import Invalid

PERIODS = (
    "today", "this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year",
)  # fmt: skip
MOST_DAYS = 36_500


def is_relative(raw: Any) -> bool:
    return isinstance(raw, dict)


def span(raw: dict[str, Any], today: date, place: str) -> tuple[date, date]:
    """First and last day of ``{"days_ago": 30}`` or ``{"period": "last_month"}``. Raises Invalid."""
    ago = raw.get("days_ago")
    if set(raw) == {"days_ago"} and isinstance(ago, int) and not isinstance(ago, bool):
        if not -MOST_DAYS <= ago <= MOST_DAYS:
            raise Invalid.at(place, "date_out_of_range", f"days_ago is at most {MOST_DAYS}.")
        day = today - timedelta(days=ago)
        return day, day
    period = raw.get("period")
    if set(raw) != {"period"} or period not in PERIODS:
        known = ", ".join(PERIODS)
        raise Invalid.at(place, "not_a_date", f"{place} must be a date, days_ago, or a period of {known}.")
    if period == "today":
        return today, today
    which, unit = period.split("_")
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    count = today.year * 12 + today.month - 1
    first = count - count % months - (months if which == "last" else 0)
    return _first_of(first), _first_of(first + months) - timedelta(days=1)


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
