"""A small company to score."""

from datetime import date, timedelta

import pytest

from jinzita.kernel.access import system
from jinzita.value import services
from jinzita.value.models import ModelVersion, Run, ValueModel
from jinzita.value.tests import world

BOSS = system("test")
TODAY = date(2026, 6, 30)

MODEL = """
name = "plain"
[bands]
by = "score"
vip = 80
important = 60
ordinary = 40
[[indicator]]
code = "revenue"
weight = 3
scale = "log"
[[indicator]]
code = "transaction_count"
weight = 2
scale = "percentile"
window_months = 12
[[indicator]]
code = "recency_days"
weight = 1
[[indicator]]
code = "largest_receipt"
weight = 1
[[indicator]]
code = "complaint_count"
weight = 1
[[indicator]]
code = "attribute:industry"
weight = 1
scale = "map"
map = { "银行" = 90, other = 30 }
"""


def make_model(code: str = "plain", priority: int = 500, toml: str = MODEL) -> ValueModel:
    """A value model with one published version."""
    model = ValueModel.objects.create(code=code, priority=priority)
    model.current_version = ModelVersion.objects.create(model=model, number=1, toml=toml)
    model.save()
    return model


def make_company(customers: int = 12) -> list:
    """Customers worth more and more, one with receipts and complaints, one prospect at the end."""
    made = []
    for n in range(customers):
        who = world.customer(f"客户 {n}", attributes={"industry": "银行" if n % 3 else "物流"})
        for sale in range(n + 1):
            world.sale(who, TODAY - timedelta(days=30 * sale + n), f"{10 ** (n / 3) + sale:.4f}", cost="1")
        if n % 2:
            bill = world.invoice(who, "2026-01-05", "100")
            world.receipt(who, "2026-02-05", str(n * 10), bill)
        if n % 4 == 0:
            world.interaction(who, "2026-03-01", "complaint")
        made.append(who)
    made.append(world.customer("潜在"))
    return made


def run_now(model: ValueModel, *, as_of: date | None = None, today: date = TODAY) -> Run:
    """A full run of the model, performed here."""
    one = services.start_run(by=BOSS, model_id=model.pk, today=today, as_of=as_of, here=True)
    return services.perform_run(one.pk, today=today)


@pytest.fixture
def model() -> ValueModel:
    return make_model()


@pytest.fixture
def company() -> list:
    return make_company()
