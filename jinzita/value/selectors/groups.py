"""What a group of companies is worth: each of its members, and all of them taken for one customer."""

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from jinzita.analytics.single import score_one
from jinzita.customers.selectors import groups
from jinzita.kernel.access import Viewer
from jinzita.value.models import CustomerScore, Run
from jinzita.value.selectors.documents import said_plainly
from jinzita.value.selectors.engine import facts_of_customers
from jinzita.value.selectors.kept_back import SumsShown, sums_shown
from jinzita.value.selectors.models import model_of_customer
from jinzita.value.selectors.runs import learned


def group_value(viewer: Viewer, customer_id: int) -> dict[str, Any]:
    """The value of a customer's group: members the viewer sees, their sums, and the group as one customer.

    Taken for one, all members' facts are those of the topmost, whose attributes count, scored through the
    scales of the last run of its model. `together` is None when nothing was run yet. Raises NotFound.
    """
    group = groups.group(viewer, customer_id)
    shown = sums_shown(viewer)
    ids = [one.customer.pk for one in group.members]
    rows = _scores(ids)
    members = [
        {"id": pk, **_sums(shown, rows[pk].revenue, rows[pk].profit)} if pk in rows
        else {"id": pk, "revenue": None, "profit": None}
        for pk in ids
    ]  # fmt: skip
    return {
        "members": members,
        "revenue": _sum(members, "revenue"),
        "profit": _sum(members, "profit"),
        "together": _together(ids, group.root_id, rows, shown) if len(ids) > 1 else None,
    }


def _scores(ids: list[int]) -> dict[int, CustomerScore]:
    found = CustomerScore.objects.filter(customer_id__in=ids, run__in_force=True).order_by("scored_at")
    return {one.customer_id: one for one in found}


def _sum(members: list[dict[str, Any]], name: str) -> Any:
    known = [one[name] for one in members if one[name] is not None]
    return sum(known, Decimal(0)) if known else None


def _together(
    ids: list[int], top: int, rows: dict[int, CustomerScore], shown: SumsShown
) -> dict[str, Any] | None:
    facts = facts_of_customers(ids)
    customers = facts["customers"]
    facts["customers"] = customers.filter(pc.equal(customers["customer_id"], top))
    if facts["customers"].num_rows != 1:
        return None
    known = facts["customers"].select(["source", "kind"]).to_pylist()[0]
    model = model_of_customer(top, source=known["source"], kind=known["kind"])
    run = Run.objects.filter(model=model, in_force=True).values_list("pk", flat=True).first()
    if model is None or run is None:
        return None
    basis = learned(run)
    as_of = max([basis.as_of, *(one.as_of for one in rows.values())])
    with said_plainly():
        scored = score_one(
            {fact: _as_one(table, top) for fact, table in facts.items()}, basis.model, basis.fitted,
            as_of=as_of, time_zone=settings.COMPANY_TIME_ZONE.key,
        )  # fmt: skip
    return {
        "score": scored.score, "grade": scored.grade, "as_of": as_of,
        **_sums(shown, scored.revenue, scored.profit),
    }  # fmt: skip


def _as_one(table: pa.Table, customer_id: int) -> pa.Table:
    """The same rows, as if they were all this customer's."""
    place = table.column_names.index("customer_id")
    mine = pa.array([customer_id] * table.num_rows, table.schema.field(place).type)
    return table.set_column(place, "customer_id", mine)


def _sums(shown: SumsShown, revenue: float | None, profit: float | None) -> dict[str, Decimal | None]:
    return {
        "revenue": _money(revenue) if shown.revenue else None,
        "profit": _money(profit) if shown.profit else None,
    }


def _money(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(round(value, 4)))
