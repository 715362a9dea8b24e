"""Changes of a customer on the timeline: one entry for each save, from both places they stand in."""

from jinzita.customers.models import Customer
from jinzita.customers.selectors import history, timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.models import AuditEntry, ChangedRow

# Lines that tell of looking, not of changing.
_NOT_CHANGES = ("read", "reveal", "decide_duplicate", "find_duplicates")


def lines(customer_id: int) -> timeline.Rows:
    """Changes of this customer alone."""
    rows = AuditEntry.objects.filter(subject_type="customer", subject_id=customer_id)
    return timeline.rows(
        rows.exclude(action__in=_NOT_CHANGES), at="at", title="action",
        detail={"via": "via", "changes": "changes"}, by="actor_name", by_id="actor_id",
    )  # fmt: skip


def rows(customer_id: int) -> timeline.Rows:
    """Changes of many customers at once, this one among them."""
    changed = ChangedRow.objects.filter(table=Customer._meta.db_table, row_id=customer_id)
    return timeline.rows(
        changed, at="change_set__at", title="change_set__kind",
        detail={"before": "before", "after": "after"}, by="change_set__by_name", by_id="change_set__by_id",
    )  # fmt: skip


def readable(viewer: Viewer, entries: list[timeline.Entry]) -> list[timeline.Entry]:
    """The entries with what changed in words, as far as the viewer's role shows it."""
    return [
        timeline.with_detail(entry, {
            "via": told.via, "action": told.action,
            "changes": [
                {"field": one.field, "before": one.before, "after": one.after} for one in told.changes
            ],
        })
        for entry, told in zip(
            entries, history.readable(viewer, [_told(one) for one in entries]), strict=True
        )
    ]  # fmt: skip


def _told(entry: timeline.Entry) -> history.Entry:
    detail = entry.detail
    if entry.kind == "change":
        found = history.changes_of_line(entry.title, detail["changes"])
    else:
        found = history.changes_of_row(detail["before"], detail["after"])
    via = detail.get("via", "bulk")
    return history.Entry(str(entry.id), entry.at, entry.by_id, entry.by, via, entry.title, None, found)
