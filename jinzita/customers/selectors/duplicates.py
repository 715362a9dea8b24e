"""What record linkage reads of customers: all of them once, or the few that may be a given one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection, transaction
from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Concat

from jinzita.customers.fields.search_text import grams_within
from jinzita.customers.models import Address, Channel, Customer, Identifier
from jinzita.customers.selectors.former_names import former_names
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.pinyin import normal

READ_AT_ONCE = 5_000
# Of each way that leads to candidates so many are taken.
OF_EACH_WAY = 40
_COLUMNS = ("id", "name", "kind", "phone", "email", "phones", "mails", "code", "address")


@dataclass(frozen=True)
class Candidate:
    """A customer that may be meant, and whether the viewer may know of it.

    `records` are it as plain columns, as it is called now and under each name it had before a merge.
    """

    id: int
    record: dict[str, Any]
    records: list[dict[str, Any]]
    grade: str
    owner: str
    department: str
    visible: bool


def records(rows: QuerySet[Customer]) -> QuerySet[Customer, dict[str, Any]]:
    """Customers as plain columns; several phones, e-mails or codes stand in one text, comma separated."""
    return rows.annotate(
        phones=_joined_of(Channel, "value", kind__in=["phone", "fax"]),
        mails=_joined_of(Channel, "value", kind="email"),
        code=_joined_of(Identifier, "value", ~Q(kind="external")),
        address=_joined_of(Address, Concat("city", "district", "street"), until=None),
    ).values(*_COLUMNS)


def _joined_of(model: type[Model], of: str | Concat, *where: Q, **equal: Any) -> Subquery:
    rows = model._default_manager.filter(*where, customer=OuterRef("pk"), **equal).order_by()
    return Subquery(rows.values("customer").values(all=StringAgg(of, ",")))


def for_linking(viewer: Viewer) -> Iterator[list[dict[str, Any]]]:
    """Every customer the viewer sees, as plain columns, in batches."""
    batch: list[dict[str, Any]] = []
    for row in (
        records(visible_to(viewer).filter(erased_at=None)).order_by("pk").iterator(chunk_size=READ_AT_ONCE)
    ):
        batch.append(_joined(row))
        if len(batch) == READ_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def record(viewer: Viewer, customer_ids: Sequence[int]) -> list[dict[str, Any]]:
    """These customers as plain columns."""
    return [
        _joined(row)
        for row in records(visible_to(viewer).filter(pk__in=customer_ids, erased_at=None)).order_by("pk")
    ]


def alike(
    viewer: Viewer, *, words: Sequence[Sequence[str]], enough: int = 60, without: int | None = None
) -> list[Candidate]:
    """Customers that have all texts of one of the `words` in their search key.

    Also those the viewer may not see: the caller tells no more of them than their owner. The ways are tried
    in order until `enough` are found.
    """
    viewer.require(Permission.CREATE_CUSTOMERS if without is None else Permission.EDIT_CUSTOMERS)
    found: dict[int, None] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for some in words:
            if len(found) >= enough:
                break
            needles = [normal(one) for one in some]
            grams = _telling(needles)
            if not grams:
                continue
            fits = " AND ".join(["text LIKE %s"] * len(needles))
            cursor.execute(
                f"SELECT customer_id FROM customers_searchkey WHERE grams @> %s::int[] AND {fits} LIMIT %s",
                [grams, *(f"%{_plain(one)}%" for one in needles), OF_EACH_WAY],
            )
            found |= dict.fromkeys(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    return _candidates(viewer, [one for one in found if one != without])


def _telling(needles: Sequence[str]) -> list[int]:
    """The grams to look for. Of several texts a few do, most of them of the first, which tells the most: each
    gram more is one more long list to read, and the texts themselves are compared in what is found.
    """
    of_each = [sorted(grams_within(one)) for one in needles]
    if len(needles) > 1:
        of_each = [some[: 4 if n == 0 else 1] for n, some in enumerate(of_each)]
    return sorted({gram for some in of_each for gram in some})


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _joined(row: dict[str, Any]) -> dict[str, Any]:
    further = {"phone": row.pop("phones"), "email": row.pop("mails")}
    joined = {name: ",".join(filter(None, (row[name], more))) for name, more in further.items()}
    return {**row, **joined}


def _candidates(viewer: Viewer, ids: Sequence[int]) -> list[Candidate]:
    seen = set(visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    rows = records(Customer.objects.filter(pk__in=ids, trashed_at__isnull=True, erased_at=None)).annotate(
        grade=F("standing__grade"), owner_name=F("owner__name"), username=F("owner__username"),
        department_name=F("department__name"),
    )  # fmt: skip
    former = former_names(Customer, ids)
    found = []
    for row in rows:
        grade, owner, username = row.pop("grade"), row.pop("owner_name"), row.pop("username")
        department, shown = row.pop("department_name") or "", owner or username or ""
        own = _joined(row)
        under = [own, *({**own, "name": name} for name in former.get(row["id"], ()))]
        found.append(Candidate(row["id"], own, under, grade, shown, department, row["id"] in seen))
    return found
