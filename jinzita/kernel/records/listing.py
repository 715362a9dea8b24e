"""Pages of a list: sorted by declared fields, continued by a cursor that stays fast however deep."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, OrderBy, Q, QuerySet
from django.db.models import Field as Column
from django.db.models.fields.json import KeyTransform
from django.db.models.lookups import IsNull

from jinzita.kernel import values
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field
from jinzita.kernel.records.parsing import json_value, parse

Row = TypeVar("Row", bound=Model)
LARGEST_PAGE, DEEPEST_OFFSET, MOST_SORTS = 200, 1_000_000, 3


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the cursor of the next page (None at the end)."""

    items: list[Row]
    next: str | None


@dataclass(frozen=True)
class _Sort:
    field: Field | None  # None sorts by id
    descending: bool

    @property
    def path(self) -> str:
        return self.field.sort_orm if self.field else "pk"

    @property
    def id_descending(self) -> bool:
        return self.descending != (self.field is not None and self.field.ties == "opposite")

    def order(self) -> OrderBy:
        return F(self.path).desc(nulls_last=True) if self.descending else F(self.path).asc(nulls_last=True)


def page(
    rows: QuerySet[Row], fields: Mapping[str, Field], *, default_sort: Sequence[str], sort: str | None = None,
    limit: int = 50, cursor: str | None = None, offset: int = 0, apart: Sequence[Q] = (),
    keys_first: bool = False,
) -> Page[Row]:  # fmt: skip
    """The page of `rows` after `cursor`, or after the first `offset` rows.

    `sort` is ``-score,name``: declared sortable fields, a minus for descending. One sorted column is paged by
    its value (however deep, in the same time); several by counting rows off. `apart` are
    conditions of which every row fulfils one: each part is read in its own order. With `keys_first` what
    hangs on a row is joined to those of the page alone: for lists that are narrowed, where the database does
    not foresee how many rows fit. Raises Invalid.
    """
    text = sort or ",".join(default_sort)
    limit = max(1, min(limit, LARGEST_PAGE))
    sorts = _read_sort(fields, text)
    after = _read_cursor(cursor, text) if cursor else {}
    first = sorts[0]
    if len(sorts) > 1 or "o" in after or offset:
        return _counted_page(rows, sorts, text, limit, after.get("o", offset))
    keys = rows.select_related(None).only("pk") if keys_first else rows
    found = _keyed_rows(keys, first, limit + 1, after, apart)
    more, found = len(found) > limit, found[:limit]
    if keys_first:
        whole = rows.in_bulk([one.pk for one in found])
        found = [whole[one.pk] for one in found if one.pk in whole]
    if not (more and found):
        return Page(found, None)
    value = _value_of(found[-1], first.path) if first.field else None
    return Page(found, _write_cursor({"s": text, "v": _plain(value), "i": found[-1].pk}))


def ordered(rows: QuerySet[Row], fields: Mapping[str, Field], *, default_sort: Sequence[str],
            sort: str | None = None) -> QuerySet[Row]:  # fmt: skip
    """All rows in order, for exports."""
    return _ordered(rows, _read_sort(fields, sort or ",".join(default_sort)))


def require_sort(fields: Mapping[str, Field], text: str) -> None:
    """Raise Invalid unless a list of these fields can be sorted so."""
    _read_sort(fields, text)


def _ordered(rows: QuerySet[Row], sorts: Sequence[_Sort]) -> QuerySet[Row]:
    for one in sorts:
        rows = _joined(rows, one)
    return rows.order_by(*(one.order() for one in sorts), "-pk" if sorts[0].id_descending else "pk")


def _counted_page(
    rows: QuerySet[Row], sorts: Sequence[_Sort], text: str, limit: int, offset: int
) -> Page[Row]:
    if not 0 <= offset <= DEEPEST_OFFSET:
        raise Invalid.at(
            "offset", "too_large", f"offset is at most {DEEPEST_OFFSET}; narrow the list by a filter."
        )
    found = list(_ordered(rows, sorts)[offset : offset + limit + 1])
    following = _write_cursor({"s": text, "o": offset + limit}) if len(found) > limit else None
    return Page(found[:limit], following)


def _keyed_rows(
    rows: QuerySet[Row], sort: _Sort, wanted: int, after: Mapping[str, Any], apart: Sequence[Q]
) -> list[Row]:
    # Rows without a value come last, by a query of their own: only so can both parts follow an index.
    rows = _joined(rows, sort)
    if sort.field is None:
        beyond = {"pk__lt" if sort.descending else "pk__gt": after["i"]} if after else {}
        return list(rows.filter(**beyond).order_by("-pk" if sort.descending else "pk")[:wanted])
    path, found = sort.path, []
    nullable = _nullable(rows.model, path)
    own = sort.field.in_attributes
    in_nulls = bool(after) and after["v"] is None
    last_id = {"pk__lt" if sort.id_descending else "pk__gt": after["i"]} if after else {}
    by_id = "-pk" if sort.id_descending else "pk"
    if not in_nulls:
        known = rows.filter(_has(sort.field, True)) if nullable else rows
        if after:
            value = _parsed(sort.field, path, after["v"])
            value = json_value(value) if own else value
            bound, past = ("lte", "lt") if sort.descending else ("gte", "gt")
            # The bound alone is what the index starts from; the rest picks among equal values.
            known = known.filter(**{f"{path}__{bound}": value}).filter(
                Q(**{f"{path}__{past}": value}) | Q(**last_id)
            )
        order = F(path).desc(nulls_last=True) if sort.descending else F(path).asc(nulls_first=True)
        if not nullable or own:
            order = F(path).desc() if sort.descending else F(path).asc()
        if apart:
            parts = [known.filter(one).order_by(order, by_id).values("pk")[:wanted] for one in apart]
            known = rows.filter(pk__in=parts[0].union(*parts[1:], all=True))
        found = list(known.order_by(order, by_id)[:wanted])
    if nullable and len(found) < wanted:
        unknown = rows.filter(_has(sort.field, False), **(last_id if in_nulls else {}))
        found += list(unknown.order_by(by_id)[: wanted - len(found)])
    return found


def _has(field: Field, wanted: bool) -> Q:
    """That a row has a value to sort by; of an attribute in the words of the index that serves it."""
    if field.in_attributes:
        return Q(IsNull(KeyTransform(field.key, "attributes"), not wanted))
    return Q(**{f"{field.sort_orm}__isnull": not wanted})


def _joined(rows: QuerySet[Row], sort: _Sort) -> QuerySet[Row]:
    # A row that must exist beside ours is joined inside, so that the plan may begin with its index.
    relation, _, rest = sort.path.partition("__")
    if not rest or (sort.field and sort.field.in_attributes):
        return rows
    return rows.filter(**{f"{relation}__isnull": False})


def _nullable(model: type[Model], path: str) -> bool:
    if path.startswith("attributes__"):
        return True
    column: Any = None
    for part in path.split("__"):
        column = model._meta.get_field(part)
        model = column.related_model or model
    return isinstance(column, Column) and column.null


def _value_of(row: Model, path: str) -> Any:
    value: Any = row
    for part in path.split("__"):
        value = value.get(part) if isinstance(value, dict) else getattr(value, part)
    return value


def _read_sort(fields: Mapping[str, Field], text: str) -> list[_Sort]:
    sorts: list[_Sort] = []
    for part in text.split(","):
        code = part.strip().removeprefix("-")
        field = fields.get(code)
        if code != "id" and (field is None or not field.sortable):
            known = ", ".join(one.code for one in fields.values() if one.sortable)
            raise Invalid.at("sort", "unknown_field", f"sort may name: {known}, id.")
        sorts.append(_Sort(None if code == "id" else field, part.strip().startswith("-")))
    if len(sorts) > MOST_SORTS:
        raise Invalid.at("sort", "too_many", f"A list is sorted by at most {MOST_SORTS} fields.")
    # The tie of the first field is what follows it anyway.
    if (
        len(sorts) == 2
        and sorts[0].field
        and sorts[1].field is None
        and sorts[1].descending == sorts[0].id_descending
    ):
        sorts.pop()
    return sorts


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | str) else str(value)


def _parsed(field: Field, path: str, raw: Any) -> Any:
    if path != field.orm:  # a text made for sorting
        return values.plain_text(raw, "cursor", longest=400)
    return parse(field, raw, "cursor")


def _write_cursor(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content, ensure_ascii=False).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, sort: str) -> dict[str, Any]:
    wrong = Invalid.at(
        "cursor", "unknown_cursor", "This cursor is not one of this list; begin at the first page."
    )
    try:
        content = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(content, dict) or content.get("s") != sort:
        raise wrong
    if content.keys() == {"s", "o"}:
        if isinstance(content["o"], bool) or not isinstance(content["o"], int):
            raise wrong
        return content
    if content.keys() != {"s", "v", "i"}:
        raise wrong
    values.identifier(content["i"], "cursor")
    return content


__all__ = ["DEEPEST_OFFSET", "LARGEST_PAGE", "Page", "ordered", "page", "require_sort"]
