"""One timeline of everything that happened with a customer.

Capabilities above register what they know; the timeline merges it by time, in one query however many.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, DateTimeField, DecimalField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

from jinzita.customers.selectors.customers import require_visible, visible_to
from jinzita.kernel import values
from jinzita.kernel.access import FieldAccess, Reach, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import shown

# One customer's rows of a kind, as `rows` makes them.
Source = Callable[[int], QuerySet[Any]]
_COLUMNS = ("entry_kind", "id", "entry_at", "entry_title", "entry_amount", "entry_detail", "entry_by")
_MONEY = DecimalField(max_digits=18, decimal_places=4)
_sources: dict[str, Source] = {}
_plurals: dict[str, str] = {}
# The field that an entry's title comes from.
_TITLES = {"transactions": "note", "interactions": "subject", "opportunities": "name"}


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


def register(kind: str, source: Source, *, plural: str) -> None:
    """Let the timeline show `kind`, counted under `plural`; called once by its owner when Django is ready."""
    if _sources.get(kind, source) is not source:
        raise ValueError(f"the timeline's kind {kind!r} is registered twice")
    _sources[kind], _plurals[kind] = source, plural


def counts(viewer: Viewer, customer_id: int) -> dict[str, int]:
    """How many records of each kind a customer has, by plural. Raises NotFound."""
    require_visible(viewer, customer_id)
    reached = _reached(viewer, customer_id)
    parts = [
        source(customer_id)
        .order_by()
        .annotate(entry_kind=Value(kind, TextField()))
        .values("entry_kind")
        .annotate(entry_count=Count("id"))
        .values_list("entry_kind", "entry_count")
        for kind, source in sorted(_sources.items())
        if kind in reached
    ]
    found = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    return {plural: found.get(kind, 0) for kind, plural in _plurals.items()}


def rows(
    facts: QuerySet[Any],
    *,
    at: str | Combinable,
    title: str | None = None,
    amount: str | None = None,
    detail: Mapping[str, Any],
    by: Combinable | None = None,
) -> QuerySet[Any]:
    """`facts` as the timeline takes them: columns or expressions of instant, title, money, a name.

    `detail` maps names to columns; all kinds share one shape, so that one query can merge them.
    """
    return facts.annotate(
        entry_at=F(at) if isinstance(at, str) else at,
        entry_title=Cast(F(title) if title else Value(""), TextField()),
        entry_amount=Cast(F(amount) if amount else Value(None), _MONEY),
        entry_detail=JSONObject(**detail),
        entry_by=Cast(by if by is not None else Value(""), TextField()),
    )


def day_begins(column: str) -> Func:
    """The instant a day of the company begins, of a date column."""
    day = Func(F(column), template="(%(expressions)s)::timestamp", output_field=DateTimeField())
    zone = Value(settings.COMPANY_TIME_ZONE.key)
    return Func(
        day, zone, template="(%(expressions)s)", arg_joiner=" AT TIME ZONE ", output_field=DateTimeField()
    )


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
    reached = _reached(viewer, customer_id)
    parts = [
        _part(kind, _sources[kind](customer_id), after)[: limit + 1]
        for kind in sorted(set(wanted))
        if kind in reached
    ]
    if not parts:
        return [], None
    merged = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found = [Entry(*row) for row in merged.order_by("-entry_at", "entry_kind", "-id")[: limit + 1]]
    following = _write(found[limit - 1]) if len(found) > limit else None
    return [_concealed(viewer, one) for one in found[:limit]], following


def _reached(viewer: Viewer, customer_id: int) -> set[str]:
    """The kinds of this customer's records that the role reaches."""
    found: dict[Reach, bool] = {viewer.reach: True}
    for plural in _plurals.values():
        reach = viewer.reach_of(plural)
        if reach not in found:
            found[reach] = visible_to(viewer, plural).filter(pk=customer_id).exists()
    return {kind for kind, plural in _plurals.items() if found[viewer.reach_of(plural)]}


def _concealed(viewer: Viewer, one: Entry) -> Entry:
    if not viewer.fields:
        return one
    plural = _plurals[one.kind]
    detail = {
        code: shown(viewer.access(plural, code), value)
        for code, value in one.detail.items()
        if viewer.access(plural, code) is not FieldAccess.HIDDEN
    }
    # An amount is money: masked or hidden, nothing of it is left.
    kept = viewer.access(plural, "amount").concealed
    title = shown(viewer.access(plural, _TITLES.get(plural, "")), one.title)
    return replace(one, amount=None if kept else one.amount, detail=detail, title=title)


def _part(kind: str, rows: QuerySet[Any], after: tuple[datetime, str, int] | None) -> QuerySet[Any]:
    if after is not None:
        at, last_kind, last_id = after
        rows = rows.filter(entry_at__lte=at)
        if kind < last_kind:
            rows = rows.filter(entry_at__lt=at)
        elif kind == last_kind:
            rows = rows.filter(Q(entry_at__lt=at) | Q(pk__lt=last_id))
    named = rows.annotate(entry_kind=Value(kind, TextField()))
    return named.order_by("-entry_at", "-id").values_list(*_COLUMNS)


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
