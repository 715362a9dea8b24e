"""What a customer is owed."""

from dataclasses import dataclass

from django.db.models import Count, Q

from jinzita.customers import selectors as customers
from jinzita.kernel.access import Viewer
from jinzita.treatment.fields import Terms
from jinzita.treatment.models import Duty, PolicyVersion, Sponsor
from jinzita.treatment.selectors.duties import of_customer
from jinzita.treatment.selectors.policies import in_force, rules_of
from jinzita.value.selectors.models import model_of_customer


@dataclass(frozen=True)
class Treatment:
    """What a customer is owed by its grade; `version` None: no policy holds for it."""

    grade: str
    terms: Terms
    version: PolicyVersion | None


def treatment_of(viewer: Viewer, customer_id: int) -> Treatment:
    """Discount authority, credit days, priority and duties of a customer: for whoever grants or serves.

    Raises NotFound.
    """
    one = customers.customer(viewer.unwatched(), customer_id)
    grade = one.standing.grade
    versions = in_force()
    model = model_of_customer(customer_id, source=one.source, kind=one.kind) if versions else None
    version = versions.get(model.pk) if model else None
    return Treatment(grade, rules_of(version).terms(grade) if version else Terms(), version)


@dataclass(frozen=True)
class CustomerDuties:
    """A customer's treatment, its sponsor, its latest duties, and how many were kept of those closed."""

    treatment: Treatment
    sponsor: Sponsor | None
    duties: list[Duty]
    done: int
    missed: int


def duties_to(viewer: Viewer, customer_id: int) -> CustomerDuties:
    """What a visible customer is owed, and how it went. Raises NotFound."""
    customers.require_visible(viewer, customer_id)
    sponsor = Sponsor.objects.select_related("user", "named_by").filter(pk=customer_id).first()
    counted = Duty.objects.filter(customer_id=customer_id).aggregate(
        done=Count("pk", filter=Q(state="done")), missed=Count("pk", filter=Q(state="missed"))
    )
    return CustomerDuties(
        treatment_of(viewer, customer_id),
        sponsor,
        of_customer(customer_id),
        counted["done"],
        counted["missed"],
    )
