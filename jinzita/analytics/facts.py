"""The tables of facts that the engine reads: what they must hold, and nothing of where they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from jinzita.analytics.calendar import EPOCH, CompanyCalendar
from jinzita.analytics.errors import FactsError
from jinzita.analytics.value_model import Population

COLUMNS: dict[str, tuple[str, ...]] = {
    "customers": ("customer_id",),
    "transactions": ("customer_id", "occurred_at", "kind", "amount"),
    "transaction_lines": ("transaction_id", "product_id", "quantity", "amount"),
    "invoices": ("invoice_id", "customer_id", "issued_on", "amount"),
    "receipts": ("customer_id", "received_on", "amount"),
    "interactions": ("customer_id", "occurred_at", "kind"),
    "opportunities": ("customer_id", "status", "amount", "probability"),
}
MOMENTS = {
    "transactions": "occurred_at",
    "invoices": "issued_on",
    "receipts": "received_on",
    "interactions": "occurred_at",
}
MONEY = dt.Decimal(18, 4)


@dataclass(frozen=True)
class Facts:
    """Ibis tables of one backend; any may be None (no such facts). Columns as in the value model's page.

    `customer_id` is an integer or a string, the same in all tables. Optional columns are used when present:
    `transactions.cost`, `receipts.invoice_id`, `customers.kind`, `customers.source`, and the customers'
    attributes, either as columns called ``attribute:NAME`` or in one column `attributes` (struct, map of
    text, or JSON). Without `customers` the customers are those of the transactions.
    """

    customers: ibis.Table | None = None
    transactions: ibis.Table | None = None
    transaction_lines: ibis.Table | None = None
    invoices: ibis.Table | None = None
    receipts: ibis.Table | None = None
    interactions: ibis.Table | None = None
    opportunities: ibis.Table | None = None

    def __post_init__(self) -> None:
        for name, table in self.tables().items():
            missing = [column for column in COLUMNS[name] if column not in table.columns]
            if missing:
                raise FactsError(
                    f"the table has no column {', '.join(missing)}", code="missing_column", where=name
                )
            if name in MOMENTS:
                object.__setattr__(self, name, _with_zone(table, MOMENTS[name]))

    def tables(self) -> dict[str, ibis.Table]:
        """The tables that are there, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}

    def limited_to(self, population: Population, before: Iterable[Population] = ()) -> Facts:
        """The same facts with only the customers of `population` that belong to none of `before`."""
        before = tuple(before)
        if not population.restricts and not before:
            return self
        if self.customers is None:
            raise FactsError(
                "a population needs the table of customers", code="missing_table", where="customers"
            )
        chosen = self.customers.filter(_membership(self.customers, population))
        for earlier in before:
            chosen = chosen.filter(~_membership(chosen, earlier))
        return replace(self, customers=chosen)


def _with_zone(table: ibis.Table, moment: str) -> ibis.Table:
    """The table with its moments known to be instants, where Spark says so.

    Ibis takes Spark's two kinds of timestamp, instants and wall-clock times, for the same type.
    """
    kind = table[moment].type()
    if not kind.is_timestamp() or kind.timezone is not None:
        return table
    backends, _ = table._find_backends()
    if len(backends) != 1 or backends[0].name != "pyspark":
        return table
    frame = backends[0]._session.sql(backends[0].compile(table))
    if frame.schema[moment].dataType.typeName() != "timestamp":
        return table
    return table.mutate(**{moment: table[moment].cast(dt.Timestamp(timezone="UTC"))})


def _membership(customers: ibis.Table, population: Population) -> Any:
    condition: Any = ibis.literal(True)
    wanted: Mapping[str, tuple[str, ...]] = {
        "source": population.source,
        "kind": (population.kind,) if population.kind else (),
    }
    for column, values in wanted.items():
        if not values:
            continue
        if column not in customers.columns:
            raise FactsError(
                f"the model's population names a {column}, which the customers do not have",
                code="missing_column",
                where=f"customers.{column}",
            )
        condition = condition & customers[column].isin(list(values)).fill_null(False)
    if population.filter:
        if population.filter_column not in customers.columns:
            raise FactsError(
                "the model's population has a filter, which nobody has answered",
                code="missing_column",
                where=f"customers.{population.filter_column}",
            )
        condition = condition & customers[population.filter_column].fill_null(False)
    return condition


def last_day(facts: Facts, time_zone: str) -> date | None:
    """The last calendar day with a transaction, invoice, receipt or interaction of the facts' customers.

    It dates a run of a closed historic set (``as_of = "data"``). None when there is no such fact.
    """
    calendar = CompanyCalendar(time_zone)
    days = []
    for name, column in MOMENTS.items():
        table = getattr(facts, name)
        if table is None:
            continue
        if facts.customers is not None:
            table = table.semi_join(facts.customers, "customer_id")
        last = calendar.day_number(table.aggregate(last=table[column].max())["last"]).name("day")
        answer = last.as_table().to_pyarrow().column("day")[0].as_py()
        if answer is not None:
            days.append(int(answer))
    return EPOCH + timedelta(days=max(days)) if days else None
