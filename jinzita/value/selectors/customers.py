"""One customer's value: score, why, history, and the records an indicator came from."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from django.conf import settings

from jinzita.analytics import formulas
from jinzita.analytics.calendar import CompanyCalendar, months_before
from jinzita.analytics.catalogue import attribute_name, family_of
from jinzita.analytics.scoring import Scored, score_block
from jinzita.analytics.value_model import GRADES, PROSPECT, Indicator
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.value.models import CustomerScore, Run, ScoreHistory
from jinzita.value.selectors.engine import facts_of_customer
from jinzita.value.selectors.kept_back import concealed, keeps_amount, keeps_profit, reached
from jinzita.value.selectors.overrides import BY_HAND, pending_of
from jinzita.value.selectors.runs import Learned, learned
from jinzita.value.selectors.words import Wording, wording

HISTORY = 500
RECORDS = 500
# The facts behind an indicator: table, its moment, the kinds that count (None = all).
Sources = list[tuple[str, str, tuple[str, ...] | None]]
_SALES: Sources = [("transactions", "occurred_at", ("sale",))]
_BOTH: Sources = [("transactions", "occurred_at", None)]
_RETURNS: Sources = [("transactions", "occurred_at", ("return",))]
_RECEIPTS: Sources = [("receipts", "received_on", None)]
_OPINIONS: Sources = [("interactions", "occurred_at", ("praise", "complaint", "suggestion"))]
_BALANCE: Sources = [("invoices", "issued_on", None), *_RECEIPTS]
RECORDS_OF: dict[str, Sources] = {
    "transaction_count": _SALES, "average_transaction": _SALES, "largest_transaction": _SALES,
    "tenure_days": _SALES, "recency_days": _SALES, "transaction_cycle_days": _SALES,
    "revenue": _BOTH, "profit": _BOTH, "gross_margin": _BOTH, "revenue_growth": _BOTH,
    "returned_amount": _RETURNS, "return_count": _RETURNS,
    "expected_sales": [("opportunities", "", ("open",))],
    "largest_receipt": _RECEIPTS, "average_receipt": _RECEIPTS, "collection_period_days": _RECEIPTS,
    "average_outstanding": _BALANCE, "average_outstanding_rate": _BALANCE,
    **{f"{kind}_count": [("interactions", "occurred_at", (kind,))]
       for kind in ("task", "process", "praise", "complaint", "suggestion")},
    **{f"{kind}_rate": _OPINIONS for kind in ("praise", "complaint", "suggestion")},
}  # fmt: skip
_OF_COST = frozenset({"profit", "gross_margin"})
_GROWTH_MONTHS = 24
_SINGULAR = {"transactions": "transaction", "receipts": "receipt", "invoices": "invoice",
             "interactions": "interaction", "opportunities": "opportunity"}  # fmt: skip


def customer_value(viewer: Viewer, customer_id: int) -> dict[str, Any]:
    """Score, grade, contribution of each indicator beside the average of the grade, and the history.

    A prospect, or a customer no run has scored, has no score and no indicators. Raises NotFound.
    """
    require_visible(viewer, customer_id)
    history = list(
        reversed(ScoreHistory.objects.filter(customer_id=customer_id).order_by("-at", "-id")[:HISTORY])
    )
    row = _score(customer_id)
    computed = row.grade if row else PROSPECT
    pending = {one.state: one for one in pending_of(viewer, customer_id)}
    override = pending.get("in_force")
    told = {
        "grade": override.grade if override else computed, "computed_grade": computed,
        "override": override, "asked": pending.get("asked"), "history": history,
    }  # fmt: skip
    if row is None:
        return {"score": None, "indicators": [], **told}
    basis = learned(row.run_id)
    used = basis.fitted.used(basis.model)
    words = wording(viewer, used)
    averages = Run.objects.values_list("summary__averages", flat=True).get(pk=row.run_id) or {}
    explained = _explained(
        row, basis, averages.get(row.grade, {}), words, kept_from(viewer, used, words, customer_id)
    )
    viewer.saw(
        "customers", customer_id,
        {f"attributes.{attribute_name(one['code'])}": one["value"] for one in explained},
    )  # fmt: skip
    return {
        **told, "score": row.score, "model_id": basis.model_id, "version": row.run.version,
        "run_id": row.run_id, "as_of": row.as_of, "scored_at": row.scored_at, "cause": _cause(row, history),
        "indicators": explained,
        "bounds": {grade: (basis.fitted.bounds.get(grade) or {}).get("score") for grade in GRADES[:-1]},
    }  # fmt: skip


def kept_from(
    viewer: Viewer, used: Collection[Indicator], words: Wording, customer_id: int | None = None
) -> set[str]:
    """Keys of the indicators that the viewer's role keeps back; of one customer also those that rest on
    records of it out of the role's reach.
    """
    facts = {
        one.key: {fact for code, _ in _parts(one) for fact, _, _ in RECORDS_OF.get(code, [])} for one in used
    }
    kept: set[str] = set()
    if keeps_profit(viewer):
        kept = {one.key for one in used if not _OF_COST.isdisjoint(code for code, _ in _parts(one))}
    if customer_id is not None and viewer.reaches:
        seen = reached(viewer, set().union(*facts.values()), customer_id)
        kept |= {key for key, of in facts.items() if of - seen}
    money = {one.key: facts[one.key] for one in used if words.unit(one) == "money"}
    return concealed(viewer, used, money, kept)


def _cause(row: CustomerScore, history: list[ScoreHistory]) -> str:
    """What the present score came from: a small move by new facts leaves no point in the history."""
    finished = row.run.finished_at
    if finished is None or row.scored_at <= finished:
        return "run"
    # A point of the history bears the beginning of the transaction that wrote the score.
    last = next((one for one in reversed(history) if one.cause not in BY_HAND), None)
    moved = last and last.cause != "run" and row.scored_at - last.at < timedelta(seconds=10)
    return last.cause if last and moved else "facts"


def records(viewer: Viewer, customer_id: int, key: str) -> dict[str, Any]:
    """The records an indicator of this customer came from, newest first, and the sum of their amounts.

    `key` is the indicator's code, with ``@MONTHS`` when it has a window. Returns count negative. At most 500
    records are listed; `count` and `sum` are of all. Raises NotFound.
    """
    require_visible(viewer, customer_id)
    row = _score(customer_id)
    basis = learned(row.run_id) if row else None
    indicator = _find(basis, key) if basis else None
    if row is None or indicator is None:
        raise NotFound(f"The score of customer {customer_id} has no indicator {key!r}.")
    calendar = CompanyCalendar(settings.COMPANY_TIME_ZONE.key)
    tables = facts_of_customer(customer_id)
    shown = reached(viewer, tables, customer_id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for code, window in _parts(indicator):
        since = months_before(row.as_of, window) + timedelta(days=1) if window else date.min
        for fact, moment, kinds in RECORDS_OF.get(code, []):
            if fact not in shown:
                continue
            for record in tables[fact].to_pylist():
                item = _item(fact, moment, record, calendar)
                item["amount"] = None if keeps_amount(viewer, fact) else item["amount"]
                counted = not moment or since <= calendar.day_of(record[moment]) <= row.as_of
                if counted and (kinds is None or item["note"] in kinds):
                    found[fact, item["id"]] = item
    items = sorted(found.values(), key=lambda item: (item["at"] or "", item["id"]), reverse=True)
    for (fact, pk), item in found.items():
        viewer.saw(fact, pk, {"amount": item["amount"]})
    amounts = [item["amount"] for item in items if item["amount"] is not None]
    return {
        "items": items[:RECORDS],
        "count": len(items),
        "sum": sum(amounts, Decimal(0)) if amounts else None,
    }


def _score(customer_id: int) -> CustomerScore | None:
    rows = CustomerScore.objects.filter(customer_id=customer_id, run__in_force=True)
    return (
        rows.select_related("run__version")
        .defer("run__fitted", "run__summary")
        .order_by("-scored_at")
        .first()
    )


def _find(basis: Learned, key: str) -> Indicator | None:
    used = basis.fitted.used(basis.model)
    exact = [one for one in used if one.key == key]
    return next(iter(exact or [one for one in used if one.code == key]), None)


def _parts(indicator: Indicator) -> list[tuple[str, int | None]]:
    """The known codes behind an indicator and their windows; an attribute has none."""
    if indicator.formula is not None:
        references = formulas.parse(indicator.formula).references
        parts = [(one.code, one.window_months or indicator.window_months) for one in references]
    else:
        parts = [(indicator.code, indicator.window_months)]
    return [
        (code, _GROWTH_MONTHS if code == "revenue_growth" else window)
        for code, window in parts
        if not attribute_name(code)
    ]


def _item(fact: str, moment: str, record: dict[str, Any], calendar: CompanyCalendar) -> dict[str, Any]:
    at = record[moment] if moment else None
    amount = record.get("amount")
    if record.get("kind") == "return" and amount is not None:
        amount = -amount
    note = record.get("kind") or record.get("status")
    singular = _SINGULAR[fact]
    return {
        "kind": singular, "id": record[f"{singular}_id"], "amount": amount, "note": note,
        "at": None if at is None else at.isoformat(),
    }  # fmt: skip


def _explained(
    row: CustomerScore, basis: Learned, averages: dict[str, Any], words: Wording, kept: set[str]
) -> list[dict[str, Any]]:
    used = basis.fitted.used(basis.model)
    values = [(row.texts or [])[n] if one.categorical else row.values[n] for n, one in enumerate(used)]
    block = pa.table(
        {f"value.{one.key}": pa.array([value], pa.string() if one.categorical else pa.float64())
         for one, value in zip(used, values, strict=True)}
    )  # fmt: skip
    scored: Scored = score_block(basis.model, basis.fitted, block)
    lines = []
    for one, value in zip(used, values, strict=True):
        points, contribution = (
            float(array[0]) for array in (scored.points[one.key], scored.contribution(one))
        )
        average = averages.get(one.key) or [None, None]
        shown = one.key not in kept
        lines.append(
            {
                "key": one.key,
                "code": one.code,
                "window_months": one.window_months,
                "label": words.label(one),
                "family": family_of(one.code),
                "unit": words.unit(one),
                "value": value if shown else None,
                "weight": one.weight,
                "points": points if shown and points == points else None,
                "contribution": contribution if shown and contribution == contribution else None,
                "grade_average_points": average[0],
                "grade_average_contribution": average[1],
                "missing": shown and value is None,
                "kept_back": not shown,
            }
        )
    return lines
