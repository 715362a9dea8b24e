"""What record linkage reads of customers: all of them once, or the few that may be a given one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from jinzita.customers.fields.search_text import grams_within
from jinzita.customers.models import Customer
from jinzita.customers.selectors.customers import visible_to
from jinzita.kernel.access import Permission, Viewer

READ_AT_ONCE = 5_000
# Of each way that leads to candidates so many are taken.
OF_EACH_WAY = 40
_COLUMNS = ("id", "name", "kind", "phone", "email")


@dataclass(frozen=True)
class Candidate:
    """A customer that may be meant, and whether the viewer may know of it."""

    id: int
    record: dict[str, Any]
    grade: str
    owner: str
    department: str
    visible: bool


def for_linking(viewer: Viewer) -> Iterator[list[dict[str, Any]]]:
    """Every customer the viewer sees, as plain columns, in batches."""
    rows = visible_to(viewer).order_by("pk").values(*_COLUMNS)
    batch: list[dict[str, Any]] = []
    for row in rows.iterator(chunk_size=READ_AT_ONCE):
        batch.append(dict(row))
        if len(batch) == READ_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def alike(
    viewer: Viewer, *, words: Sequence[Sequence[str]], mails: Iterable[str] = (), domains: Iterable[str] = (),
    enough: int = 60, without: int | None = None,
) -> list[Candidate]:  # fmt: skip
    """Customers that have all texts of one of the `words` in their search key, or one of these mails.

    Also those the viewer may not see: the caller tells no more of them than their owner. Ways are tried in
    order until `enough` are found.
    """
    viewer.require(Permission.EDIT_CUSTOMERS)
    found: dict[int, None] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # Both conditions follow one index: of the domain, and in it of the address.
        of_domain = "split_part(lower(email), '@', 2)"
        asked = [(f"{of_domain} = split_part(%s, '@', 2) AND lower(email) = %s", [one, one]) for one in mails]
        asked += [(f"{of_domain} = %s", [one]) for one in domains]
        for condition, values in asked:
            cursor.execute(
                f"SELECT id FROM customers_customer WHERE email <> '' AND {condition} LIMIT %s",
                [*values, OF_EACH_WAY],
            )
            found |= dict.fromkeys(row[0] for row in cursor.fetchall())
        for some in words:
            if len(found) >= enough:
                break
            grams: set[int] = set().union(*(grams_within(one) for one in some))
            if not grams:
                continue
            fits = " AND ".join(["text LIKE %s"] * len(some))
            cursor.execute(
                f"SELECT customer_id FROM customers_searchkey WHERE grams @> %s::int[] AND {fits} LIMIT %s",
                [list(grams), *(f"%{_plain(one)}%" for one in some), OF_EACH_WAY],
            )
            found |= dict.fromkeys(row[0] for row in cursor.fetchall())
    ids = [one for one in found if one != without]
    return _candidates(viewer, ids)


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _candidates(viewer: Viewer, ids: Sequence[int]) -> list[Candidate]:
    seen = set(visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    rows: QuerySet[Customer] = (
        Customer.objects.filter(pk__in=ids, trashed_at__isnull=True)
        .select_related("standing", "owner", "department")
        .only(*_COLUMNS, "standing__grade", "owner__name", "owner__username", "department__name")
    )
    return [
        Candidate(
            one.pk,
            {name: getattr(one, name) for name in _COLUMNS},
            one.standing.grade,
            one.owner.shown_name if one.owner else "",
            one.department.name if one.department else "",
            one.pk in seen,
        )
        for one in rows
    ]
