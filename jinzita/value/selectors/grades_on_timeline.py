"""Changes of a customer's grade as the timeline takes them."""

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from jinzita.customers.selectors import timeline
from jinzita.value.models import GradeOverride, ScoreHistory


def grades(customer_id: int) -> timeline.Rows:
    """The points of its score at which the grade was another than before; at first it was a prospect."""
    rows = ScoreHistory.objects.filter(customer_id=customer_id)
    earlier = ScoreHistory.objects.filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")), customer_id=customer_id
    ).order_by("-at", "-id")
    former = Coalesce(Subquery(earlier.values("grade")[:1]), Value("prospect"))
    moved = rows.annotate(former=former).exclude(grade=F("former"))
    return timeline.rows(
        moved, at="at", detail={"from": "former", "to": "grade", "score": "score", "cause": "cause"}
    )


def overrides(customer_id: int) -> timeline.Rows:
    """What was asked for by hand, with who decided how."""
    rows = GradeOverride.objects.filter(customer_id=customer_id)
    names = {
        name: Coalesce(NullIf(F(f"{name}_by__name"), Value("")), F(f"{name}_by__username"), Value(""))
        for name in ("asked", "decided")
    }
    return timeline.rows(
        rows.annotate(decided_name=names["decided"]), at="asked_at", title="reason",
        detail={
            "grade": "grade", "until": "until", "state": "state", "answer": "answer",
            "decided_by": "decided_name",
        },
        by=names["asked"], by_id="asked_by_id",
    )  # fmt: skip
