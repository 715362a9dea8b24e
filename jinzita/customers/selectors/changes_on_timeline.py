"""Changes of a customer on the timeline: one entry for each save, from both places they stand in."""

from django.db.models import BooleanField, F, Func, Q

from jinzita.customers.models import Customer
from jinzita.customers.selectors import history, timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.models import AuditEntry, ChangedRow

# Why something was changed is told with the change.
_ASIDE = "why"
# Lines that tell of looking, not of changing.
_NOT_CHANGES = ("read", "reveal", "decide_duplicate", "find_duplicates")


def lines(customer_id: int) -> timeline.Rows:
    """Changes of this customer alone."""
    rows = AuditEntry.objects.filter(subject_type="customer", subject_id=customer_id)
    rows = rows.exclude(action__in=_NOT_CHANGES).exclude(_all_told("changes"))
    return timeline.rows(
        rows, at="at", title="action",
        detail={"via": "via", "changes": "changes"}, by="actor_name", by_id="actor_id",
    )  # fmt: skip


def rows(customer_id: int) -> timeline.Rows:
    """Changes of many customers at once, this one among them."""
    changed = ChangedRow.objects.filter(table=Customer._meta.db_table, row_id=customer_id)
    changed = changed.exclude(_all_told("before") & _all_told("after"))
    return timeline.rows(
        changed, at="change_set__at", title="change_set__kind",
        detail={"before": "before", "after": "after"}, by="change_set__by_name", by_id="change_set__by_id",
    )  # fmt: skip


def _all_told(column: str) -> Q:
    """The condition that this JSON names something, and nothing but what other kinds of entry tell."""
    rest = Func(F(column), template=_untold(), output_field=BooleanField())
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: {}}) & ~Q(rest)


def _untold() -> str:
    """SQL: whether something is changed that no other kind of entry tells."""
    told = [name for of in timeline.kinds().values() for name in of.tells]
    beginnings = "".join(f" AND NOT starts_with(k, '{one}')" for one in told if one.endswith("."))
    names = ",".join([_ASIDE, *(one for one in told if not one.endswith("."))])
    return (
        "EXISTS (SELECT FROM jsonb_object_keys(%(expressions)s) AS k"
        f" WHERE k <> ALL('{{{names}}}'){beginnings})"
    )


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
