"""A company with a policy in force, and a night that can be moved."""

from datetime import UTC, datetime, timedelta
from typing import Any

from jinzita.activities.models import Interaction
from jinzita.customers.models import Ownership
from jinzita.customers.tests.world import BOSS, Company, made
from jinzita.treatment import services
from jinzita.treatment.models import Duty, PolicyVersion
from jinzita.value.models import ValueModel
from jinzita.value.services import install_default_models

# Noon of the company's first of January.
START = datetime(2026, 1, 1, 4, tzinfo=UTC)


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def publish(now: datetime = START, *, after: int = 3, **grades: Any) -> PolicyVersion:
    """A policy of the general model: ``vip={"visit_days": 30}``."""
    install_default_models(by=BOSS)
    model = ValueModel.objects.get(code="general")
    document = {"escalate_after_days": after, "grades": grades}
    services.save_draft(by=BOSS, model_id=model.pk, document=document, now=now)
    return services.publish(by=BOSS, model_id=model.pk, note="", now=now)


def customer(
    company: Company, name: str, *, owner: str = "seller", grade: str = "vip", score: float = 90
) -> int:
    """A customer of the seller's since long."""
    pk = made(name, owner_id=company.users[owner].pk, grade=grade, score=score)
    Ownership.objects.filter(customer_id=pk).update(since=at(-1000))
    return pk


def met(customer_id: int, days: float, kind: str = "visit") -> Interaction:
    """An interaction, known at once."""
    made_ = Interaction.objects.create(
        customer_id=customer_id, occurred_at=at(days), kind=kind, source="test",
        source_key=f"{Interaction.objects.count()}-{customer_id}-{days}-{kind}",
    )  # fmt: skip
    Interaction.objects.filter(pk=made_.pk).update(created_at=at(days))
    return made_


def night(days: float) -> Any:
    return services.settle_all(by=BOSS, now=at(days))


def now(customer_id: int, days: float) -> Any:
    return services.settle(by=BOSS, ids=[customer_id], now=at(days))


def told(customer_id: int, item: str = "visit") -> list[tuple[str, int, int]]:
    """State, day opened and day due of the duties, in their order, as days from the start."""
    first = START.date()
    rows = Duty.objects.filter(customer_id=customer_id, item=item).order_by("pk")
    return [(one.state, (one.opened_on - first).days, (one.due_on - first).days) for one in rows]
