"""The value pipeline: facts in, one row of indicator values per customer out. Written once for every engine.

Each fact table is read once and grouped once, however many indicators and windows are asked for; what is
divided is divided afterwards, on one row per customer. Amounts are summed as exact decimals and divided as
doubles, so the order of rows never shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import ibis

from jinzita.analytics import formulas
from jinzita.analytics.calendar import CompanyCalendar, day_number
from jinzita.analytics.catalogue import attribute_name
from jinzita.analytics.errors import FactsError
from jinzita.analytics.facts import Facts
from jinzita.analytics.passes import (
    InteractionPass,
    OpportunityPass,
    ReceivablePass,
    TransactionPass,
    float_of,
    join_passes,
)
from jinzita.analytics.value_model import Indicator

Column = Any
Finish = Callable[[ibis.Table], Column]
CONTACT_KINDS = ("task", "process", "praise", "complaint", "suggestion")
OPINION_KINDS = ("praise", "complaint", "suggestion")


def indicator_values(
    facts: Facts, indicators: Iterable[Indicator], *, as_of: date, time_zone: str
) -> ibis.Table:
    """One row a customer: `customer_id`, `sales`, `revenue`, `profit` (whole history) and ``value.KEY`` each.

    `sales` is the number of sales up to `as_of` (0 = a prospect). Values are doubles, categories text; null
    means not known. Raises FactsError when the facts cannot serve an indicator.
    """
    return _Pipeline(facts, CompanyCalendar(time_zone), as_of).table(list(indicators))


class _Pipeline:
    def __init__(self, facts: Facts, calendar: CompanyCalendar, as_of: date) -> None:
        self.facts = facts
        self.calendar = calendar
        self.as_of = as_of
        self.today = day_number(as_of)
        self.transactions = TransactionPass(facts.transactions, calendar, as_of)
        self.interactions = InteractionPass(facts.interactions, calendar, as_of)
        self.opportunities = OpportunityPass(facts.opportunities, calendar, as_of)

    def table(self, indicators: list[Indicator]) -> ibis.Table:
        codes = _codes(indicators)
        self.receivables = ReceivablePass(
            self.facts.invoices,
            self.facts.receipts,
            self.calendar,
            self.as_of,
            ledger=bool(codes & {"average_outstanding", "average_outstanding_rate"}),
            waiting="collection_period_days" in codes,
        )
        finishes: dict[str, Finish] = {
            "sales": _zero(self.transactions.count("sale", None)),
            "revenue": self.revenue(None),
            "profit": _double(self.transactions.profit(None)),
        }
        finishes |= {f"value.{i.key}": self.indicator(i) for i in indicators}
        joined = join_passes(
            self._base(), [self.transactions, self.receivables, self.interactions, self.opportunities]
        )
        return joined.select("customer_id", **{name: finish(joined) for name, finish in finishes.items()})

    def _base(self) -> ibis.Table:
        if self.facts.customers is not None:
            return self.facts.customers.filter(self.facts.customers.customer_id.notnull())
        if self.facts.transactions is None:
            raise FactsError(
                "neither customers nor transactions are given", code="missing_table", where="customers"
            )
        ids = self.facts.transactions.select("customer_id").distinct()
        return ids.filter(ids.customer_id.notnull())

    def indicator(self, indicator: Indicator) -> Finish:
        """How to finish one indicator once the passes are joined; registers what it needs of them."""
        if indicator.formula is not None:
            return self._formula(indicator)
        if attribute_name(indicator.code):
            return self._attribute(indicator.code, as_text=indicator.categorical)
        return self._known(indicator.code, indicator.window_months)

    def _known(self, code: str, window: int | None) -> Finish:
        if code.endswith("_count") and code[: -len("_count")] in CONTACT_KINDS:
            return _zero(self.interactions.count(code[: -len("_count")], window))
        if code.endswith("_rate") and code[: -len("_rate")] in OPINION_KINDS:
            return self._opinion_rate(code[: -len("_rate")], window)
        finish: Finish = getattr(self, code)(window)
        return finish

    def _formula(self, indicator: Indicator) -> Finish:
        assert indicator.formula is not None
        formula = formulas.parse(indicator.formula)
        parts: dict[formulas.Reference, Finish] = {}
        for reference in formula.references:
            months = reference.window_months or indicator.window_months
            parts[reference] = (
                self._attribute(reference.code, as_text=False)
                if attribute_name(reference.code)
                else self._known(reference.code, months)
            )
        return lambda t: formula.expression(lambda reference: parts[reference](t))

    def _attribute(self, code: str, *, as_text: bool) -> Finish:
        name = attribute_name(code)
        customers = self.facts.customers
        if customers is None or not (code in customers.columns or "attributes" in customers.columns):
            return lambda t: ibis.null("string" if as_text else "float64")
        if code in customers.columns:
            return lambda t: _typed(t[code], as_text)
        assert name is not None
        return lambda t: _inside(t["attributes"], name, as_text)

    # ── transaction family ────────────────────────────────────────────────────────────────────────────────

    def transaction_count(self, window: int | None) -> Finish:
        return _zero(self.transactions.count("sale", window))

    def revenue(self, window: int | None) -> Finish:
        sold, returned = self.transactions.total("sale", window), self.transactions.total("returned", window)
        return lambda t: float_of(t[sold].fill_null(0) - t[returned].fill_null(0))

    def profit(self, window: int | None) -> Finish:
        return _double(self.transactions.profit(window))

    def gross_margin(self, window: int | None) -> Finish:
        profit, costed = self.transactions.profit(window), self.transactions.costed(window)
        return lambda t: _ratio(t[profit], t[costed])

    def average_transaction(self, window: int | None) -> Finish:
        sold, count = self.transactions.total("sale", window), self.transactions.count("sale", window)
        return lambda t: _ratio(t[sold], t[count])

    def largest_transaction(self, window: int | None) -> Finish:
        return _double(self.transactions.largest(window))

    def returned_amount(self, window: int | None) -> Finish:
        return _zero(self.transactions.total("returned", window))

    def return_count(self, window: int | None) -> Finish:
        return _zero(self.transactions.count("returned", window))

    def tenure_days(self, window: int | None) -> Finish:
        first = self.transactions.first_day(None)
        return lambda t: float_of(ibis.literal(self.today, "int64") - t[first])

    def recency_days(self, window: int | None) -> Finish:
        last = self.transactions.last_day(None)
        return lambda t: float_of(ibis.literal(self.today, "int64") - t[last])

    def transaction_cycle_days(self, window: int | None) -> Finish:
        first, last = self.transactions.first_day(window), self.transactions.last_day(window)
        count = self.transactions.count("sale", window)
        return lambda t: _ratio(t[last] - t[first], t[count] - 1)

    def revenue_growth(self, window: int | None) -> Finish:
        now, before = self.transactions.net(12, 0), self.transactions.net(24, 12)
        return lambda t: _ratio(t[now].fill_null(0), t[before]) - 1.0

    def expected_sales(self, window: int | None) -> Finish:
        expected = self.opportunities.expected()
        return lambda t: float_of(t[expected].fill_null(0)) / 1_000_000.0

    # ── financial family ──────────────────────────────────────────────────────────────────────────────────

    def largest_receipt(self, window: int | None) -> Finish:
        return _double(self.receivables.largest(window))

    def average_receipt(self, window: int | None) -> Finish:
        total, count = self.receivables.total(window), self.receivables.count(window)
        return lambda t: _ratio(t[total], t[count])

    def collection_period_days(self, window: int | None) -> Finish:
        waited, named = self.receivables.waited(window), self.receivables.named(window)
        return lambda t: _ratio(t[waited], t[named])

    def average_outstanding(self, window: int | None) -> Finish:
        owed, months = self.receivables.owed(), self.receivables.counted_months()
        return lambda t: _ratio(t[owed], t[months])

    def average_outstanding_rate(self, window: int | None) -> Finish:
        # Nothing is invoiced before the first invoice, so summing over all month-ends changes nothing.
        owed, billed = self.receivables.owed(), self.receivables.billed_to_date()
        return lambda t: _ratio(t[owed], t[billed])

    # ── contact family ────────────────────────────────────────────────────────────────────────────────────

    def _opinion_rate(self, kind: str, window: int | None) -> Finish:
        names = {k: self.interactions.count(k, window) for k in OPINION_KINDS}
        return lambda t: _ratio(
            t[names[kind]], t[names["praise"]] + t[names["complaint"]] + t[names["suggestion"]]
        )


def _codes(indicators: list[Indicator]) -> set[str]:
    """Every code that the indicators use, those inside formulas included."""
    codes = {i.code for i in indicators}
    for indicator in indicators:
        if indicator.formula is not None:
            codes |= {r.code for r in formulas.parse(indicator.formula).references}
    return codes


def _zero(name: str) -> Finish:
    """A count or a sum: nothing counted is 0."""
    return lambda t: float_of(t[name].fill_null(0))


def _double(name: str) -> Finish:
    return lambda t: float_of(t[name])


def _ratio(above: Column, below: Column) -> Column:
    """`above` ÷ `below` as doubles; null when `below` is unknown or not above 0."""
    return float_of(above) / (below > 0).ifelse(float_of(below), ibis.null("float64"))


def _typed(column: Column, as_text: bool) -> Column:
    """An attribute as text for a map of categories, or as a number for every other scale."""
    kind = column.type()
    if as_text:
        return column.cast("string")
    if kind.is_string():
        return column.try_cast("float64")
    if kind.is_boolean() or kind.is_numeric():
        return column.cast("float64")
    return ibis.null("float64")


def _inside(attributes: Column, name: str, as_text: bool) -> Column:
    """One attribute out of the column that holds them all: a struct, a map of text, or JSON."""
    kind = attributes.type()
    if kind.is_struct():
        if name not in kind.names:
            return ibis.null("string" if as_text else "float64")
        return _typed(attributes[name], as_text)
    if kind.is_map():
        return _typed(attributes[name], as_text)
    if not (kind.is_json() or kind.is_string()):
        raise FactsError(
            f"cannot read attributes from {kind}", code="bad_attributes", where="customers.attributes"
        )
    item = attributes.cast("json")[name]
    number, truth = item.unwrap_as("float64"), item.unwrap_as("boolean")
    text = item.unwrap_as("string")
    if as_text:
        return ibis.coalesce(text, truth.cast("string"), number.cast("string"))
    return ibis.coalesce(number, truth.cast("float64"), text.try_cast("float64"))
