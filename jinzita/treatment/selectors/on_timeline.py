"""What became of the duties to a customer, on its timeline."""

from django.db.models import F

from jinzita.customers.selectors import timeline
from jinzita.customers.selectors.record_on_timeline import named
from jinzita.treatment.models import Duty

_DETAIL = {"item": "item", "owner": "owner_name", "due_on": "due_on", "missed_on": "missed_on"}


def kept(customer_id: int) -> timeline.Rows:
    """Duties that were kept, or made good."""
    rows = Duty.objects.filter(customer_id=customer_id, done_at__isnull=False)
    return timeline.rows(
        rows.annotate(owner_name=named("owner")), at="done_at", detail=_DETAIL, by=F("owner_name"),
        by_id="owner_id",
    )  # fmt: skip


def missed(customer_id: int) -> timeline.Rows:
    """Duties that were missed."""
    rows = Duty.objects.filter(customer_id=customer_id, missed_on__isnull=False)
    return timeline.rows(
        rows.annotate(owner_name=named("owner")), day="missed_on", detail=_DETAIL, by=F("owner_name"),
        by_id="owner_id",
    )  # fmt: skip


def excused(customer_id: int) -> timeline.Rows:
    """Duties that somebody excused."""
    rows = Duty.objects.filter(customer_id=customer_id, excused_at__isnull=False)
    return timeline.rows(
        rows.annotate(owner_name=named("owner")), at="excused_at", title="excuse", detail=_DETAIL,
        by=named("excused_by"), by_id="excused_by_id",
    )  # fmt: skip
