"""Reads of merges: where a merged record is found now, what was merged, side by side."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.customers.models import Customer, Merge
from jinzita.customers.selectors.customers import present_id, visible_to
from jinzita.customers.selectors.references import counted, words_of
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.records import kinds, listing
from jinzita.kernel.records.fields import Field, FieldType

# Of each kind of record that can be merged: those a viewer may know of.
_visible: dict[str, Callable[[Viewer], QuerySet[Any]]] = {"customer": visible_to}
_ORDER = {"at": Field("at", FieldType.DATETIME, "At", "时间", sortable=True)}


def register(what: str, visible: Callable[[Viewer], QuerySet[Any]]) -> None:
    """Let merges of another kind of record be read by those who see its records."""
    _visible[what] = visible


def merged_from(viewer: Viewer, customer_id: int) -> list[tuple[Merge, int]]:
    """The records that are part of this customer now: (merge that still stands, merged id), newest first."""
    viewer.require(Permission.READ)
    members = list(Customer.objects.filter(merged_into_id=customer_id).values_list("pk", flat=True))
    if not members:
        return []
    found = Merge.objects.filter(what="customer", undone_at=None, member_ids__overlap=members)
    return [
        (one, member)
        for one in found.order_by("-at", "-pk")
        for member in one.member_ids
        if member in set(members)
    ]


def merge(viewer: Viewer, merge_id: int) -> Merge:
    """One merge, of records the viewer sees. Raises NotFound."""
    found = merges(viewer).filter(pk=merge_id).first()
    if found is None:
        raise NotFound(f"There is no merge {merge_id}.")
    return found


def merges(viewer: Viewer, *, customer_id: int | None = None) -> QuerySet[Merge]:
    """The merges of records the viewer sees, or of one customer and what became part of it."""
    viewer.require(Permission.READ)
    rows = Merge.objects.all()
    shown = Q(pk__in=[])
    for what, visible in _visible.items():
        seen = visible(viewer)
        home = seen.model._default_manager.filter(merged_into__in=seen)
        shown |= Q(what=what) & (Q(survivor_id__in=seen.values("pk")) | Q(survivor_id__in=home.values("pk")))
    if customer_id is not None:
        home_id = present_id(viewer, customer_id)
        line = [home_id, *Customer.objects.filter(merged_into_id=home_id).values_list("pk", flat=True)]
        rows = rows.filter(Q(what="customer") & (Q(survivor_id__in=line) | Q(member_ids__overlap=line)))
    return rows.filter(shown)


def merge_page(
    viewer: Viewer, *, customer_id: int | None, limit: int, cursor: str | None
) -> listing.Page[Merge]:
    """A page of merges, newest first."""
    return listing.page(
        merges(viewer, customer_id=customer_id), _ORDER, default_sort=("-at", "-id"), sort=None, limit=limit,
        cursor=cursor,
    )  # fmt: skip


def reference_counts(viewer: Viewer, what: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    """How many rows of each kind name these records, the most first."""
    viewer.require(Permission.READ)
    found = [
        {**named(table), "counts": counts, "total": sum(counts.values())}
        for table, counts in counted(f"customers_{what}", ids).items()
    ]
    return sorted(found, key=lambda one: -one["total"])


def named(table: str) -> dict[str, Any]:
    """A table in words: {kind, label}; `kind` is the record kind's code when it is one."""
    en, zh = words_of(table)
    kind = next((one.code for one in kinds().values() if one.en == en and one.zh == zh), table)
    return {"kind": kind, "label": {"en": en, "zh": zh}}
