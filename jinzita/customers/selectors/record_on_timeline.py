"""What the record itself went through, on the timeline: owners and stages of life."""

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from jinzita.customers.models import POOLED, Ownership, StageChange
from jinzita.customers.selectors import timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.field_access import shown


def named(user: str) -> Combinable:
    """The name of a user by the foreign key `user`, as people are called; empty for none."""
    return Coalesce(NullIf(F(f"{user}__name"), Value("")), F(f"{user}__username"), Value(""))


def owners(customer_id: int) -> timeline.Rows:
    """Whose it became."""
    rows = Ownership.objects.filter(customer_id=customer_id).annotate(owner_name=named("owner"))
    return timeline.rows(
        rows, at="since", title="note", detail={"owner": "owner_name", "reason": "reason"}, by="by_name",
        by_id="by_id",
    )  # fmt: skip


def falls(customer_id: int) -> timeline.Rows:
    """When it went to the pool; who did it is told by nobody."""
    rows = Ownership.objects.filter(customer_id=customer_id, until__isnull=False, ended_as__in=POOLED)
    return timeline.rows(
        rows.annotate(owner_name=named("owner")), at="until",
        detail={"owner": "owner_name", "reason": "ended_as"},
    )  # fmt: skip


def stages(customer_id: int) -> timeline.Rows:
    """The stages of life it came to."""
    return timeline.rows(
        StageChange.objects.filter(customer_id=customer_id), at="at", title="reason",
        detail={"was": "was", "now": "now", "by_rule": "by_rule"}, by=named("by"), by_id="by_id",
    )  # fmt: skip


def without_stages(viewer: Viewer, entries: list[timeline.Entry]) -> list[timeline.Entry]:
    """The entries as far as the viewer's role shows the stage."""
    access = viewer.access("customers", "stage")
    return [
        timeline.with_detail(
            one, {**one.detail, **{name: shown(access, one.detail[name]) for name in ("was", "now")}}
        )
        for one in entries
    ]  # fmt: skip
