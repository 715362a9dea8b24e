"""Random companies for property tests: a few customers with whatever facts come out of the dice."""

import random
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from jinzita.analytics.tests.tables import arrow

START = date(2022, 1, 1)
AS_OF = date(2024, 6, 30)
KINDS = ("task", "process", "praise", "complaint", "suggestion", "enquiry")


def company(seed: int, customers: int = 40) -> dict[str, pa.Table]:
    """All six fact tables; customer 1 has facts of every kind, the last two never bought."""
    dice = random.Random(seed)
    buyers = range(1, customers - 1)

    def day() -> date:
        return START + timedelta(days=dice.randint(0, 1000))

    def moment() -> datetime:
        return datetime(2022, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randint(0, 1000 * 86400))

    def someone() -> int:
        return 1 if dice.random() < 0.1 else dice.choice(buyers)

    invoices = [
        {"invoice_id": n, "customer_id": someone(), "issued_on": day(), "amount": cents(dice)}
        for n in range(customers * 3)
    ]
    tables = arrow(
        {
            "customers": [
                {
                    "customer_id": n,
                    "name": f"客户 {n}",
                    "kind": dice.choice(("organisation", "person")),
                    "source": dice.choice(("crm", "shop")),
                    "attribute:size": dice.choice(("large", "small", "odd", None)),
                    "attribute:staff": dice.choice((None, 5.0, 50.0, 500.0)),
                    "attribute:listed": dice.choice((None, True, False)),
                }
                for n in range(1, customers + 1)
            ],
            "transactions": [
                {
                    "transaction_id": n,
                    "customer_id": someone(),
                    "occurred_at": moment(),
                    "kind": "return" if dice.random() < 0.15 else "sale",
                    "amount": cents(dice),
                    "cost": None if dice.random() < 0.3 else cents(dice),
                }
                for n in range(customers * 8)
            ],
            "invoices": invoices,
            "receipts": [
                {
                    "receipt_id": n,
                    "customer_id": bill["customer_id"],
                    "received_on": day(),
                    "amount": cents(dice),
                    "invoice_id": None if dice.random() < 0.2 else bill["invoice_id"],
                }
                for n, bill in enumerate(dice.choices(invoices, k=customers * 3))
            ],
            "interactions": [
                {
                    "interaction_id": n,
                    "customer_id": someone(),
                    "occurred_at": moment(),
                    "kind": dice.choice(KINDS),
                }
                for n in range(customers * 6)
            ],
            "opportunities": [
                {
                    "opportunity_id": n,
                    "customer_id": someone(),
                    "status": dice.choice(("open", "won", "lost")),
                    "amount": cents(dice),
                    "probability": dice.choice((None, 0.1, 0.35, 0.9)),
                }
                for n in range(customers)
            ],
        }
    )
    return tables


def cents(dice: random.Random) -> str:
    return f"{dice.lognormvariate(5, 1.5):.2f}"


def shuffled(tables: dict[str, pa.Table], seed: int) -> dict[str, pa.Table]:
    """The same rows in another order."""
    dice = random.Random(seed)
    orders = {n: pa.array(dice.sample(range(t.num_rows), t.num_rows), pa.int64()) for n, t in tables.items()}
    return {n: t.take(orders[n]) for n, t in tables.items()}


def of_customer(tables: dict[str, pa.Table], customer: int) -> dict[str, pa.Table]:
    """One customer's rows."""
    return {n: t.filter(pc.equal(t["customer_id"], customer)) for n, t in tables.items()}
