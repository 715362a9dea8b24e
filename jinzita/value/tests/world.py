"""Facts for tests, written straight into the owners' tables."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps

from jinzita.kernel.warehouse import month_of, touch

_keys = count(1)


def table(label: str) -> Any:
    return apps.get_model(label)


def _made(label: str, fact: str, month: Any = None, *, source: str = "test", **values: Any) -> Any:
    row = table(label).objects.create(source=source, source_key=str(next(_keys)), **values)
    touch(fact, [month_of(month)] if month else [])
    return row


def customer(
    name: str = "北京光纤", *, kind: str = "organisation", source: str = "test", **values: Any
) -> Any:
    row = _made("customers.Customer", "customers", source=source, name=name, kind=kind, **values)
    table("customers.Standing").objects.create(customer=row)
    return row


def noon(day: str | date) -> datetime:
    """Midday UTC of a day: the same calendar day everywhere from Europe to China."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def sale(who: Any, day: str | date, amount: str, *, kind: str = "sale", cost: str | None = None) -> Any:
    moment = noon(day)
    return _made(
        "agreements.Transaction", "transactions", moment, customer=who, occurred_at=moment, kind=kind,
        amount=Decimal(amount), cost=None if cost is None else Decimal(cost),
    )  # fmt: skip


def invoice(who: Any, day: str, amount: str) -> Any:
    on = date.fromisoformat(day)
    return _made(
        "receivables.Invoice", "invoices", on, customer=who, issued_on=on, due_on=on, amount=Decimal(amount)
    )


def receipt(who: Any, day: str, amount: str, bill: Any = None) -> Any:
    on = date.fromisoformat(day)
    return _made(
        "receivables.Receipt",
        "receipts",
        on,
        customer=who,
        received_on=on,
        amount=Decimal(amount),
        invoice=bill,
    )


def interaction(who: Any, day: str, kind: str) -> Any:
    moment = noon(day)
    return _made(
        "activities.Interaction", "interactions", moment, customer=who, occurred_at=moment, kind=kind
    )


def opportunity(who: Any, amount: str, probability: str, status: str = "open") -> Any:
    return _made(
        "sales.Opportunity", "opportunities", customer=who, name="line", status=status,
        amount=Decimal(amount), probability=Decimal(probability),
    )  # fmt: skip


def contact(who: Any, name: str) -> Any:
    """Somebody at a customer."""
    row = _made("customers.Contact", "contacts", datetime.now(UTC), name=name)
    return table("customers.Position").objects.create(customer=who, contact=row)
