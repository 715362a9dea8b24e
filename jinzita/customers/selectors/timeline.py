"""One timeline of everything that happened with a customer.

Capabilities above register what they know; the timeline merges it by time in one query, however many they are.
"""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Func, Q, QuerySet, Value

from jinzita.customers.selectors.customers import require_visible
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import values

COLUMNS = ("kind", "id", "at", "title", "amount", "detail", "by")
# Rows of one customer: annotated with `at` (an instant), `title`, `amount`, `detail` (JSON) and `by` (a name).
Source = Callable[[int], QuerySet[Any]]
_sources: dict[str, Source] = {}


@dataclass(frozen=True)
class Entry:
    """Something that happened: `amount` is money or None, `by` the colleague's name or empty."""

    kind: str
    id: int
    at: datetime
    title: str
    amount: Any
    detail: dict[str, Any]
    by: str


def register(kind: str, source: Source) -> None:
    """Let the timeline show `kind`; called once by its owner when Django is ready."""
    if _sources.get(kind, source) is not source:
        raise ValueError(f"the timeline's kind {kind!r} is registered twice")
    _sources[kind] = source


def kinds() -> list[str]:
    """The kinds a timeline can show."""
    return sorted(_sources)


def day_begins(column: str) -> Func:
    """The instant a day of the company begins, of a date column."""
    return Func(
        column, Value(settings.COMPANY_TIME_ZONE.key), template="(%(expressions)s)", arg_joiner="::timestamp AT TIME ZONE ",
        output_field=DateTimeField(),
    )  # fmt: skip


def entries(
    viewer: Viewer,
    customer_id: int,
    *,
    kinds: Sequence[str] | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[list[Entry], str | None]:
    """A page of the timeline, newest first, and the cursor of the next one. Raises NotFound, Invalid."""
    require_visible(viewer, customer_id)
    wanted = list(kinds) if kinds is not None else list(_sources)
    for kind in wanted:
        if kind not in _sources:
            raise Invalid.at("kinds", "unknown_choice", f"kinds may name: {', '.join(sorted(_sources))}.")
    after = _read(cursor) if cursor else None
    parts = [_part(kind, _sources[kind](customer_id), after)[: limit + 1] for kind in sorted(set(wanted))]
    if not parts:
        return [], None
    merged = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows = list(merged.order_by("-at", "entry_kind", "-pk_")[: limit + 1])
    found = [
        Entry(
            row["entry_kind"], row["pk_"], row["at"], row["title"], row["amount"], row["detail"], row["by_"]
        )
        for row in rows[:limit]
    ]
    return found, _write(found[-1]) if len(rows) > limit else None


def _part(kind: str, rows: QuerySet[Any], after: tuple[datetime, str, int] | None) -> QuerySet[Any]:
    if after is not None:
        at, last_kind, last_id = after
        rows = rows.filter(at__lte=at)
        if kind < last_kind:
            rows = rows.filter(at__lt=at)
        elif kind == last_kind:
            rows = rows.filter(Q(at__lt=at) | Q(pk__lt=last_id))
    return rows.order_by("-at", "-pk")


def _write(last: Entry) -> str:
    text = json.dumps([last.at.isoformat(), last.kind, last.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str, int]:
    try:
        at, kind, last_id = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.") from None
    return (
        values.moment(at, "cursor"),
        values.plain_text(kind, "cursor", longest=40),
        values.identifier(last_id, "cursor"),
    )
