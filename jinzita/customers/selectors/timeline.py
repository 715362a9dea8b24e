"""One timeline of everything that happened with a customer.

Capabilities above register what they know; the timeline merges it by time, in one query however many.
"""

import base64
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    DecimalField,
    F,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Collate, JSONObject, StrIndex, Upper
from django.db.models.lookups import GreaterThan

from jinzita.customers.selectors.visible import require_visible, visible_to
from jinzita.kernel import records, values
from jinzita.kernel.access import FieldAccess, Reach, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import note_changes, shown

_COLUMNS = (
    "entry_kind", "id", "entry_at", "entry_title", "entry_amount", "entry_detail", "entry_by", "entry_by_id",
)  # fmt: skip
_MONEY = DecimalField(max_digits=18, decimal_places=4)
# The field that an entry's title comes from.
_TITLES = {"transactions": "note", "interactions": "subject", "opportunities": "name"}
LONGEST_SEARCH = 100
# Stands for a customer's id in what is compiled once.
_ANYBODY = values.LARGEST_ID - 1


@dataclass(frozen=True)
class Rows:
    """One customer's rows of a kind, as `rows` makes them; `day` is the column of dates they are in order of,
    when their instants are computed from it; `of_people` says that colleagues stand with them."""

    facts: QuerySet[Any]
    day: str | None
    of_people: bool


# One customer's rows of a kind: at once, or in parts of which each has an index.
Source = Callable[[int], Rows | tuple[Rows, ...]]


@dataclass(frozen=True)
class Entry:
    """Something that happened: `amount` is money or None, `by` the colleague's name or empty, `by_id` the
    colleague when it is one of the users."""

    kind: str
    id: int
    at: datetime
    title: str
    amount: Any
    detail: dict[str, Any]
    by: str
    by_id: int | None = None


# Makes a page's entries of a kind readable for a viewer.
Finish = Callable[[Viewer, list[Entry]], list[Entry]]


@dataclass(frozen=True)
class Kind:
    """A kind of entry, as its owner registered it."""

    source: Source
    plural: str
    searched: tuple[str, ...]
    counted: bool
    finish: Finish | None
    words: tuple[str, str] | None
    of_record: bool
    tells: tuple[str, ...]

    @property
    def called(self) -> tuple[str, str]:
        """What an entry is called, in English and Chinese."""
        declared = records.kinds().get(self.plural)
        return self.words or ((declared.en, declared.zh) if declared else (self.plural, self.plural))


_kinds: dict[str, Kind] = {}


def register(
    kind: str, source: Source, *, plural: str, searched: Sequence[str] = (), counted: bool = True,
    finish: Finish | None = None, words: tuple[str, str] | None = None, of_record: bool = False,
    tells: Sequence[str] = (),
) -> None:  # fmt: skip
    """Let the timeline show `kind`; called once by its owner when Django is ready.

    `plural` is the kind of record whose reach and field access hold, and under which it is counted (unless
    not `counted`); `searched` are the columns that a search looks in; `finish` makes entries readable;
    `words` are the English and Chinese of one entry, when they are not those of the kind of record;
    `of_record`: it tells what became of the record, not of dealings with the customer; `tells` are the
    changes it tells, by field or beginning (``consent.``): no other entry is to tell them again.
    """
    if kind in _kinds and _kinds[kind].source is not source:
        raise ValueError(f"the timeline's kind {kind!r} is registered twice")
    _kinds[kind] = Kind(source, plural, tuple(searched), counted, finish, words, of_record, tuple(tells))


def kinds() -> dict[str, Kind]:
    """Every kind of entry, as its owner registered it."""
    return dict(_kinds)


def with_detail(one: Entry, detail: dict[str, Any]) -> Entry:
    """The entry with another detail."""
    return replace(one, detail=detail)


def counts(viewer: Viewer, customer_id: int) -> dict[str, int]:
    """How many records of each kind a customer has, by plural. Raises NotFound."""
    require_visible(viewer, customer_id)
    reached = _reached(viewer, customer_id)
    parts = [
        rows.facts.order_by()
        .annotate(entry_kind=Value(kind, TextField()))
        .values("entry_kind")
        .annotate(entry_count=Count("id"))
        .values_list("entry_kind", "entry_count")
        for kind, of in sorted(_kinds.items())
        if of.counted and kind in reached
        for rows in _sources(of, customer_id)
    ]
    found: dict[str, int] = defaultdict(int)
    if parts:
        for kind, count in parts[0].union(*parts[1:], all=True):
            found[kind] += count
    return {of.plural: found[kind] for kind, of in _kinds.items() if of.counted}


def rows(
    facts: QuerySet[Any],
    *,
    at: str | Combinable | None = None,
    day: str | None = None,
    title: str | None = None,
    amount: str | None = None,
    detail: Mapping[str, Any],
    by: str | Combinable | None = None,
    by_id: str | None = None,
) -> Rows:
    """`facts` as the timeline takes them: the column of their instant (`at`) or of their `day`, columns or
    expressions of title, money, a name; and the column of the colleague's id.

    An index in the order of that column lets a page be read without the rest. `detail` maps names to
    columns; all kinds share one shape, so that one query can merge them.
    """
    moment = day_begins(day) if day is not None else F(at) if isinstance(at, str) else at
    made = facts.annotate(
        entry_at=moment,
        entry_title=Cast(F(title) if title else Value(""), TextField()),
        entry_amount=Cast(F(amount) if amount else Value(None), _MONEY),
        entry_detail=JSONObject(**detail),
        entry_by=Cast(F(by) if isinstance(by, str) else by or Value(""), TextField()),
        entry_by_id=Cast(F(by_id) if by_id else Value(None), BigIntegerField()),
    )
    return Rows(made, day, by_id is not None)


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
    by_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    q: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[list[Entry], str | None]:
    """A page of the timeline, newest first, and the cursor of the next one. Raises NotFound, Invalid.

    By choice of these kinds alone, of one colleague, from `since` until before `until`, with `q` in a text.
    """
    require_visible(viewer, customer_id)
    wanted = list(kinds) if kinds is not None else list(_kinds)
    for kind in wanted:
        if kind not in _kinds:
            raise Invalid.at("kinds", "unknown_choice", f"kinds may name: {', '.join(sorted(_kinds))}.")
    after = _read(cursor) if cursor else None
    reached = _reached(viewer, customer_id)
    words = q.strip() if q else ""
    if after is None and by_id is None and since is None and until is None and not words:
        return _paged(
            viewer, customer_id, _first(customer_id, sorted(set(wanted) & reached), limit + 1), limit
        )
    parts = []
    for kind in sorted(set(wanted) & reached):
        for rows in _sources(_kinds[kind], customer_id):
            if by_id is not None and not rows.of_people:
                continue
            facts = rows.facts.filter(_within(rows, by_id, since, until))
            if words:
                facts = facts.filter(_found_in(viewer, _kinds[kind], words))
            parts.append(_part(kind, replace(rows, facts=facts), after)[: limit + 1])
    if not parts:
        return [], None
    merged: Iterable[Any] = parts[0]
    if len(parts) > 1:
        merged = parts[0].union(*parts[1:], all=True).order_by("-entry_at", "entry_kind", "-id")[: limit + 1]
    return _paged(viewer, customer_id, [Entry(*row) for row in merged], limit)


def _paged(
    viewer: Viewer, customer_id: int, found: list[Entry], limit: int
) -> tuple[list[Entry], str | None]:
    following = _write(found[limit - 1]) if len(found) > limit else None
    shown = _finished(viewer, [_concealed(viewer, one) for one in found[:limit]])
    for one in shown:
        _note_read(viewer, customer_id, one)
    return shown, following


def _note_read(viewer: Viewer, customer_id: int, one: Entry) -> None:
    of = _kinds[one.kind]
    if of.of_record:
        told = {each["field"]: each["after"] or each["before"] for each in one.detail.get("changes", ())}
        note_changes(viewer, of.plural, customer_id, told)
    else:
        title = {_TITLES[of.plural]: one.title} if of.plural in _TITLES else {}
        viewer.saw(of.plural, one.id, {**one.detail, "amount": one.amount, **title})


def _first(customer_id: int, kinds: Sequence[str], most: int) -> list[Entry]:
    """The newest entries of these kinds. Asked for with every customer's page: its statement is put together
    from parts that were compiled once."""
    parts: list[str] = []
    given: list[Any] = []
    for kind in kinds:
        for sql, parameters in _compiled(kind, _kinds[kind]):
            parts.append(f"({sql} LIMIT {most})")
            given += [customer_id if one == _ANYBODY else one for one in parameters]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({' UNION ALL '.join(parts)}) e ORDER BY 3 DESC, 1, 2 DESC LIMIT {most}", given
        )
        found = [Entry(*row) for row in cursor.fetchall()]
    return [with_detail(one, json.loads(str(one.detail))) for one in found]


@cache
def _compiled(kind: str, of: Kind) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """SQL of all entries of a kind, newest first, with its parameters: of nobody yet."""
    return tuple(
        (sql, tuple(parameters))
        for rows in _sources(of, _ANYBODY)
        for sql, parameters in (_part(kind, rows, None).query.sql_with_params(),)
    )


def _sources(of: Kind, customer_id: int) -> tuple[Rows, ...]:
    found = of.source(customer_id)
    return found if isinstance(found, tuple) else (found,)


def _within(rows: Rows, by_id: int | None, since: datetime | None, until: datetime | None) -> Q:
    fits = _until(rows, until) if until is not None else Q()
    if by_id is not None:
        fits &= Q(entry_by_id=by_id)
    if since is not None:
        fits &= Q(entry_at__gte=since)
        if rows.day:
            fits &= Q(**{f"{rows.day}__gte": _day_of(since)})
    return fits


def _until(rows: Rows, until: datetime, *, before: bool = True) -> Q:
    """Before an instant, or until it; of rows by the day said of the day as well, for its index."""
    fits = Q(entry_at__lt=until) if before else Q(entry_at__lte=until)
    return fits & Q(**{f"{rows.day}__lte": _day_of(until)}) if rows.day else fits


def _day_of(at: datetime) -> date:
    """The company's day of an instant. A day begins before an instant only if it is no later one."""
    return at.astimezone(settings.COMPANY_TIME_ZONE).date()


def _found_in(viewer: Viewer, of: Kind, q: str) -> Q:
    """The condition that a text of this kind has the words; what the role keeps back is not searched."""
    words = values.plain_text(q, "q", longest=LONGEST_SEARCH).split()
    columns = [one for one in of.searched if not viewer.access(of.plural, one).concealed]
    every = Q()
    for word in words:
        some = Q(pk__in=[])
        for column in columns:
            some |= _contains(column, word)
        every &= some
    return every


def _contains(column: str, word: str) -> Q:
    """The condition that a text has a word, however its letters are written; told in the cheapest way, since
    every text of a customer may be looked at."""
    if word.lower() == word.upper():
        return Q(**{f"{column}__contains": word})
    if not word.isascii():
        return Q(**{f"{column}__icontains": word})
    plain = Upper(Collate(Cast(column, TextField()), "C"))
    return Q(GreaterThan(StrIndex(plain, Value(word.upper())), 0))


def _finished(viewer: Viewer, page: list[Entry]) -> list[Entry]:
    by_finish: dict[Finish, list[Entry]] = {}
    for one in page:
        finish = _kinds[one.kind].finish
        if finish is not None:
            by_finish.setdefault(finish, []).append(one)
    done = {
        (one.kind, one.id): one
        for finish, several in by_finish.items()
        for one in finish(viewer, several)
    }  # fmt: skip
    return [done.get((one.kind, one.id), one) for one in page]


def _reached(viewer: Viewer, customer_id: int) -> set[str]:
    """The kinds of this customer's records that the role reaches."""
    found: dict[Reach, bool] = {viewer.reach: True}
    for of in _kinds.values():
        reach = viewer.reach_of(of.plural)
        if reach not in found:
            found[reach] = visible_to(viewer, of.plural).filter(pk=customer_id).exists()
    return {kind for kind, of in _kinds.items() if found[viewer.reach_of(of.plural)]}


def _concealed(viewer: Viewer, one: Entry) -> Entry:
    if not viewer.fields or _kinds[one.kind].finish:
        return one
    plural = _kinds[one.kind].plural
    detail = {
        code: shown(viewer.access(plural, code), value)
        for code, value in one.detail.items()
        if viewer.access(plural, code) is not FieldAccess.HIDDEN
    }
    # An amount is money: masked or hidden, nothing of it is left.
    kept = viewer.access(plural, "amount").concealed
    title = shown(viewer.access(plural, _TITLES.get(plural, "")), one.title)
    return replace(one, amount=None if kept else one.amount, detail=detail, title=title)


def _part(kind: str, rows: Rows, after: tuple[datetime, str, int] | None) -> QuerySet[Any]:
    facts = rows.facts
    if after is not None:
        at, last_kind, last_id = after
        facts = facts.filter(_until(rows, at, before=kind < last_kind))
        if kind == last_kind:
            facts = facts.filter(Q(entry_at__lt=at) | Q(pk__lt=last_id))
    named = facts.annotate(entry_kind=Value(kind, TextField()))
    return named.order_by(f"-{rows.day or 'entry_at'}", "-id").values_list(*_COLUMNS)


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
