"""Reads of merges: where a merged record is found now, what was merged, side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from jinzita.customers.models import Merge
from jinzita.customers.selectors.contacts import contact_or_survivor, visible_contacts
from jinzita.customers.selectors.references import counted, words_of
from jinzita.customers.selectors.visible import present_id, visible_to
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.records import kinds, listing
from jinzita.kernel.records.fields import Field, FieldType

# Of each kind of record that can be merged: those a viewer may know of.
_VISIBLE: Mapping[str, Callable[[Viewer], QuerySet[Any]]] = {
    "customer": visible_to, "contact": visible_contacts,
}  # fmt: skip
_ORDER = {"at": Field("at", FieldType.DATETIME, "At", "时间", sortable=True)}


def merged_from(viewer: Viewer, what: str, record_id: int) -> list[tuple[Merge, int]]:
    """The records that are part of this one now: (merge that still stands, merged id), newest first."""
    viewer.require(Permission.READ)
    members = _members(what, record_id)
    if not members:
        return []
    found = Merge.objects.filter(what=what, undone_at=None, member_ids__overlap=members)
    return [
        (one, member)
        for one in found.order_by("-at", "-pk")
        for member in one.member_ids
        if member in set(members)
    ]


def _members(what: str, record_id: int) -> list[int]:
    rows = apps.get_model("customers", what)._default_manager.filter(merged_into_id=record_id)
    return list(rows.values_list("pk", flat=True))


def merge(viewer: Viewer, merge_id: int) -> Merge:
    """One merge, of records the viewer sees. Raises NotFound."""
    found = merges(viewer).filter(pk=merge_id).first()
    if found is None:
        raise NotFound(f"There is no merge {merge_id}.")
    return found


def merges(
    viewer: Viewer, *, customer_id: int | None = None, contact_id: int | None = None
) -> QuerySet[Merge]:
    """The merges of records the viewer sees, or of one customer or contact and what became part of it."""
    viewer.require(Permission.READ)
    rows = Merge.objects.all()
    shown = Q(pk__in=[])
    for what, visible in _VISIBLE.items():
        seen = visible(viewer)
        home = seen.model._default_manager.filter(merged_into__in=seen)
        shown |= Q(what=what) & (Q(survivor_id__in=seen.values("pk")) | Q(survivor_id__in=home.values("pk")))
    if customer_id is not None:
        rows = rows.filter(_of_line("customer", present_id(viewer, customer_id)))
    if contact_id is not None:
        rows = rows.filter(_of_line("contact", contact_or_survivor(viewer, contact_id).pk))
    return rows.filter(shown)


def _of_line(what: str, home_id: int) -> Q:
    line = [home_id, *_members(what, home_id)]
    return Q(what=what) & (Q(survivor_id__in=line) | Q(member_ids__overlap=line))


def merge_page(
    viewer: Viewer, *, customer_id: int | None, contact_id: int | None, limit: int, cursor: str | None
) -> listing.Page[Merge]:
    """A page of merges, newest first."""
    rows = merges(viewer, customer_id=customer_id, contact_id=contact_id)
    return listing.page(
        rows, _ORDER, default_sort=("-at", "-id"), sort=None, limit=limit, cursor=cursor
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
