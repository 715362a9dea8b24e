"""One pass over one fact table: every aggregate any indicator needs, collected once, computed in one
group-by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from jinzita.analytics.calendar import CompanyCalendar, month_ends, months_before
from jinzita.analytics.errors import FactsError
from jinzita.analytics.facts import MONEY

Column = Any
OUTSTANDING_MONTHS = 12
_KEY = {"customer_id": "int64"}
_EMPTY: dict[str, dict[str, Any]] = {
    "transactions": {**_KEY, "occurred_at": "date", "kind": "string", "amount": MONEY},
    "invoices": {**_KEY, "issued_on": "date", "amount": MONEY},
    "receipts": {**_KEY, "received_on": "date", "amount": MONEY},
    "interactions": {**_KEY, "occurred_at": "date", "kind": "string"},
    "opportunities": {**_KEY, "status": "string", "amount": MONEY, "probability": "float64"},
}


def or_empty(table: ibis.Table | None, name: str) -> ibis.Table:
    """The table, or one of the same shape that stands for "no such facts" and never runs."""
    return ibis.table(_EMPTY[name], name=name) if table is None else table


class FactPass:
    """Aggregates of some fact rows per customer. `prefix` keeps its columns apart from the other passes'.

    `need` asks for an aggregate of the rows, `derive` for something made of aggregates; both answer the
    name of the column that `joined_to` puts beside each customer.
    """

    prefix = ""
    moment = ""

    def __init__(self, rows: ibis.Table, calendar: CompanyCalendar, as_of: date, *, absent: bool) -> None:
        self.rows = rows
        self.calendar = calendar
        self.as_of = as_of
        self.absent = absent
        self.aggregates: dict[str, Column] = {}
        self.derived: dict[str, Callable[[ibis.Table], Column]] = {}

    def need(self, name: str, make: Callable[[], Column]) -> str:
        """Ask for an aggregate; the same name is computed once."""
        name = f"{self.prefix}{name}"
        if name not in self.aggregates:
            self.aggregates[name] = make()
        return name

    def derive(self, name: str, make: Callable[[ibis.Table], Column]) -> str:
        """Ask for a column made of this pass's aggregates."""
        name = f"{self.prefix}{name}"
        self.derived.setdefault(name, make)
        return name

    def day(self, moment: str) -> str:
        """The day number of an aggregated moment."""
        return self.derive(f"day_of_{moment}", lambda grouped: self.calendar.day_number(grouped[moment]))

    def within(self, months: int | None, until: int = 0) -> Column | None:
        """Condition "in the last `months` months" (less the last `until`), or None for the whole history."""
        if months is None:
            return None
        moment = self.rows[self.moment]
        inside = self.calendar.since(moment, months_before(self.as_of, months) + timedelta(days=1))
        if until:
            end = months_before(self.as_of, until) + timedelta(days=1)
            inside = inside & self.calendar.before(moment, end)
        return inside

    def grouped(self) -> ibis.Table | None:
        """One row per customer, its key called PREFIX + "customer_id"; None when nothing was asked for."""
        if not self.aggregates:
            return None
        grouped = self.rows.group_by(**{self.key: self.rows.customer_id}).aggregate(**self.aggregates)
        return grouped.mutate(**{name: make(grouped) for name, make in self.derived.items()})

    @property
    def key(self) -> str:
        """What the customer's id is called in `grouped`."""
        return f"{self.prefix}customer_id"


def join_passes(base: ibis.Table, passes: list[FactPass]) -> ibis.Table:
    """`base` with every pass's columns beside it; null for customers without such facts."""
    joined = base
    nothing: dict[str, Column] = {}
    for facts in passes:
        grouped = facts.grouped()
        if grouped is None:
            continue
        if facts.absent:
            nothing |= {n: ibis.null(t) for n, t in grouped.schema().items() if n != facts.key}
        else:
            joined = joined.left_join(grouped, base.customer_id == grouped[facts.key])
    return joined.mutate(**nothing) if nothing else joined


def money(column: Column) -> Column:
    """An amount as the engine counts it: decimal(18, 4), so that sums are exact in any order."""
    kind = column.type()
    if not (kind.is_numeric() or kind.is_string()):
        raise FactsError(f"expected an amount, found {kind}", code="not_a_number", where=column.get_name())
    return column.cast(MONEY)


def only(condition: Column | None, value: Column) -> Column:
    """`value` where the condition holds, else null."""
    return value if condition is None else condition.ifelse(value, ibis.null(value.type()))


def both(left: Column | None, right: Column | None) -> Column | None:
    """Conjunction of two conditions, either of which may be absent."""
    if left is None or right is None:
        return right if left is None else left
    return left & right


def float_of(column: Column) -> Column:
    """A number as a double, for division and for the results."""
    return column.cast(dt.float64)


def _counted(table: ibis.Table, moment: str, calendar: CompanyCalendar, as_of: date) -> ibis.Table:
    """Only the facts that count: those whose day is on or before `as_of`."""
    return table.filter(calendar.before(table[moment], as_of + timedelta(days=1)))


class TransactionPass(FactPass):
    """Sales and returns."""

    prefix = "t_"
    moment = "occurred_at"

    def __init__(self, table: ibis.Table | None, calendar: CompanyCalendar, as_of: date) -> None:
        rows = _counted(or_empty(table, "transactions"), self.moment, calendar, as_of)
        rows = rows.select(
            "customer_id",
            "occurred_at",
            amount=money(rows["amount"]),
            cost=money(rows["cost"]) if "cost" in rows.columns else ibis.null(MONEY),
            sale=rows["kind"] == "sale",
            returned=rows["kind"] == "return",
        )
        super().__init__(rows, calendar, as_of, absent=table is None)

    def count(self, kind: str, months: int | None) -> str:
        one = ibis.literal(1, "int64")
        return self.need(f"{kind}_count@{months}", lambda: self._only(kind, months, one).count())

    def total(self, kind: str, months: int | None) -> str:
        return self.need(f"{kind}_total@{months}", lambda: self._only(kind, months, self.rows.amount).sum())

    def largest(self, months: int | None) -> str:
        return self.need(f"largest@{months}", lambda: self._only("sale", months, self.rows.amount).max())

    def first_day(self, months: int | None) -> str:
        moment = self.rows.occurred_at
        return self.day(self.need(f"first@{months}", lambda: self._only("sale", months, moment).min()))

    def last_day(self, months: int | None) -> str:
        moment = self.rows.occurred_at
        return self.day(self.need(f"last@{months}", lambda: self._only("sale", months, moment).max()))

    def net(self, months: int, until: int) -> str:
        """Sales less returns of the months before the last `until`."""
        return self.need(
            f"net@{months}-{until}",
            lambda: only(self.within(months, until), self._signed(self.rows.amount)).sum(),
        )

    def profit(self, months: int | None) -> str:
        """Sales less returns, each less its cost; unknown costs drop out, and null means never known."""
        return self.need(
            f"profit@{months}",
            lambda: only(self.within(months), self._signed(self.rows.amount - self.rows.cost)).sum(),
        )

    def costed(self, months: int | None) -> str:
        """Sales less returns over the rows whose cost is known."""
        return self.need(
            f"costed@{months}",
            lambda: only(
                both(self.rows.cost.notnull(), self.within(months)), self._signed(self.rows.amount)
            ).sum(),
        )

    def _only(self, kind: str, months: int | None, value: Column) -> Column:
        return only(both(self.rows[kind], self.within(months)), value)

    def _signed(self, value: Column) -> Column:
        return ibis.cases(
            (self.rows.sale, value), (self.rows.returned, -value), else_=ibis.null(value.type())
        )


class ReceivablePass(FactPass):
    """Invoices and receipts, grouped together: what is owed is what was billed less what was paid.

    Its rows are bills (`billed`, `issued_on`) and payments (`paid`, `received_on`, and `waited`, the days
    since the invoice was issued, when the payment names one). `ledger` and `waiting` say whether balances
    and the time waited are wanted, so that nobody pays for bills and joins that no indicator uses.
    """

    prefix = "r_"
    moment = "received_on"

    def __init__(
        self,
        invoices: ibis.Table | None,
        receipts: ibis.Table | None,
        calendar: CompanyCalendar,
        as_of: date,
        *,
        ledger: bool,
        waiting: bool,
    ) -> None:
        self.ends = month_ends(as_of, OUTSTANDING_MONTHS)
        self.calendar, self.as_of = calendar, as_of
        paid = or_empty(receipts, "receipts")
        billed = or_empty(invoices, "invoices")
        moments = {"received_on": paid["received_on"].type(), "issued_on": billed["issued_on"].type()}
        payments = self._payments(paid, invoices if waiting else None, moments)
        bills = self._bills(billed, moments)
        has_bills = ledger and invoices is not None
        rows = payments if not has_bills else bills if receipts is None else bills.union(payments)
        super().__init__(rows, calendar, as_of, absent=receipts is None and not has_bills)

    def _payments(
        self, table: ibis.Table, invoices: ibis.Table | None, moments: dict[str, Any]
    ) -> ibis.Table:
        rows = _counted(table, "received_on", self.calendar, self.as_of)
        waited: Column = ibis.null("int32")
        if invoices is not None and "invoice_id" in rows.columns:
            named = invoices.select(bill=invoices.invoice_id, bill_issued_on=invoices.issued_on)
            rows = rows.left_join(named, rows.invoice_id == named.bill)
            day = self.calendar.day_number
            waited = (day(rows.received_on) - day(rows.bill_issued_on)).cast("int32")
        return rows.select(
            "customer_id",
            billed=ibis.null(MONEY),
            paid=money(rows["amount"]),
            month=self._month(rows["received_on"]),
            issued_on=ibis.null(moments["issued_on"]),
            received_on=rows["received_on"],
            waited=waited,
        )

    def _bills(self, table: ibis.Table, moments: dict[str, Any]) -> ibis.Table:
        rows = _counted(table, "issued_on", self.calendar, self.as_of)
        return rows.select(
            "customer_id",
            billed=money(rows["amount"]),
            paid=ibis.null(MONEY),
            month=self._month(rows["issued_on"]),
            issued_on=rows["issued_on"],
            received_on=ibis.null(moments["received_on"]),
            waited=ibis.null("int32"),
        )

    def _month(self, moment: Column) -> Column:
        """The first of the month-ends that the moment is not after; null when it is after the last."""
        branches = [
            (self.calendar.before(moment, end + timedelta(days=1)), ibis.literal(position, "int8"))
            for position, end in enumerate(self.ends)
        ]
        return ibis.cases(*branches, else_=ibis.null("int8"))

    def largest(self, months: int | None) -> str:
        return self.need(f"largest@{months}", lambda: only(self.within(months), self.rows.paid).max())

    def total(self, months: int | None) -> str:
        return self.need(f"total@{months}", lambda: only(self.within(months), self.rows.paid).sum())

    def count(self, months: int | None) -> str:
        return self.need(f"count@{months}", lambda: only(self.within(months), self.rows.paid).count())

    def named(self, months: int | None) -> str:
        """Sum of the payments that name their invoice."""
        inside = both(self.rows.waited.notnull(), self.within(months))
        return self.need(f"named@{months}", lambda: only(inside, self.rows.paid).sum())

    def waited(self, months: int | None) -> str:
        """Sum of amount times days from invoice to payment."""
        weighted = self.rows.paid * self.rows.waited
        return self.need(f"waited@{months}", lambda: only(self.within(months), weighted).sum())

    def counted_months(self) -> str:
        """How many of the month-ends are not before the first invoice's month-end; null for none."""
        first = self.need("first_month", lambda: only(self.rows.billed.notnull(), self.rows.month).min())
        return self.derive(
            "counted_months", lambda grouped: OUTSTANDING_MONTHS - grouped[first].cast("int32")
        )

    def billed_to_date(self) -> str:
        """Sum, over the month-ends, of what was invoiced up to each: an amount counts at every later one."""
        later = (OUTSTANDING_MONTHS - self.rows.month.cast("int32")).cast("int32")
        return self.need("billed_to_date", lambda: (self.rows.billed * later).sum())

    def owed(self) -> str:
        """Sum, over the month-ends, of max(0, invoiced to date less received to date).

        Before the first invoice nothing is owed, so those month-ends add 0 and need no exception.
        """
        change = ibis.coalesce(self.rows.billed, -self.rows.paid)
        names = [
            self.need(f"month{n}", lambda n=n: change.sum(where=self.rows.month == n))  # type: ignore[misc]
            for n in range(OUTSTANDING_MONTHS)
        ]

        def running(grouped: ibis.Table) -> Column:
            balance: Column = ibis.literal(0).cast(MONEY)
            owed: Column = ibis.literal(0).cast(MONEY)
            for name in names:
                balance = balance + grouped[name].fill_null(0)
                owed = owed + ibis.greatest(balance, ibis.literal(0).cast(MONEY))
            return float_of(owed)

        return self.derive("owed", running)


class InteractionPass(FactPass):
    """Contacts, counted by kind."""

    prefix = "c_"
    moment = "occurred_at"

    def __init__(self, table: ibis.Table | None, calendar: CompanyCalendar, as_of: date) -> None:
        rows = _counted(or_empty(table, "interactions"), self.moment, calendar, as_of)
        super().__init__(rows, calendar, as_of, absent=table is None)

    def count(self, kind: str, months: int | None) -> str:
        inside = both(self.rows.kind == kind, self.within(months))
        return self.need(f"{kind}@{months}", lambda: self.rows.count(where=inside))


class OpportunityPass(FactPass):
    """Open opportunities."""

    prefix = "o_"

    def __init__(self, table: ibis.Table | None, calendar: CompanyCalendar, as_of: date) -> None:
        rows = or_empty(table, "opportunities")
        rows = rows.filter(rows["status"] == "open")
        super().__init__(rows, calendar, as_of, absent=table is None)

    def expected(self) -> str:
        """Sum of amount times probability, in millionths so that it stays an exact sum."""
        millionths = (self.rows["probability"].cast("float64") * 1_000_000.0).round().cast("int32")
        return self.need("expected", lambda: (money(self.rows["amount"]) * millionths).sum())
