"""The lifecycle as a viewer sees it: stages, their key figures, a customer's way through them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from jinzita.customers.models import Lifecycle, Relation, StageChange, StageRule
from jinzita.customers.selectors.visible import require_visible, visible_to
from jinzita.kernel import values, warehouse
from jinzita.kernel.access import Permission, Viewer

# Where somebody's hand may lead from each stage: nobody who bought becomes a suspect again.
REACHABLE: Mapping[str, tuple[str, ...]] = {
    "suspect": ("prospect", "customer", "lost"),
    "prospect": ("suspect", "customer", "lost"),
    "customer": ("member", "fan", "dormant", "lost"),
    "member": ("customer", "fan", "dormant", "lost"),
    "fan": ("customer", "member", "dormant", "lost"),
    "dormant": ("customer", "member", "fan", "lost"),
    "lost": ("prospect", "customer", "member", "fan", "dormant"),
}
MOST_SHOWN = 200


def stage_of(viewer: Viewer, customer_id: int) -> Lifecycle:
    """A customer's stage. Raises NotFound."""
    require_visible(viewer, customer_id)
    return Lifecycle.objects.filter(pk=customer_id).first() or Lifecycle(customer_id=customer_id)


def changes(viewer: Viewer, customer_id: int) -> QuerySet[StageChange]:
    """A customer's way through the stages, the latest first. Raises NotFound."""
    require_visible(viewer, customer_id)
    rows = StageChange.objects.filter(customer_id=customer_id).select_related("by")
    return rows.order_by("-at", "-pk")[:MOST_SHOWN]


def rules(viewer: Viewer) -> list[StageRule]:
    """The rules in order."""
    viewer.require(Permission.READ)
    return list(StageRule.objects.all())


def facts_of(customer_ids: Sequence[int] | None, today: date) -> tuple[str, list[Any]]:
    """Joins of what the rules ask of customers, to a table l: purchases, interactions of twelve months,
    opportunities, referrals; each with a count n."""
    year = values.start_of(_months_before(today, 12))
    parts = [
        _fact("purchases", "transactions", customer_ids, last="occurred_at", kind="sale"),
        _fact("interactions", "interactions", customer_ids, since=year),
        _fact("opportunities", "opportunities", customer_ids),
    ]
    table = Relation._meta.db_table
    some = "" if customer_ids is None else " AND other_id = ANY(%s)"
    parts.append((
        f"LEFT JOIN (SELECT other_id AS customer_id, count(*) AS n FROM {table}"
        f" WHERE kind = 'referred_by'{some} GROUP BY 1) referrals ON referrals.customer_id = l.customer_id",
        [] if customer_ids is None else [list(customer_ids)],
    ))  # fmt: skip
    return "\n".join(text for text, _ in parts), [one for _, given in parts for one in given]


def _fact(
    name: str, fact: str, customer_ids: Sequence[int] | None, *, last: str = "", kind: str = "",
    since: datetime | None = None,
) -> tuple[str, list[Any]]:  # fmt: skip
    source = warehouse.sources()[fact]
    columns = {one.name: one.sql for one in source.read_columns()}
    asked = ["true"]
    given: list[Any] = []
    if kind:
        asked.append(f"{columns['kind']} = %s")
        given.append(kind)
    if since:
        asked.append(f"{columns['occurred_at']} >= %s")
        given.append(since)
    if customer_ids is not None:
        asked.append(f"{source.customer} = ANY(%s)")
        given.append(list(customer_ids))
    latest = f", max({columns[last]}) AS last" if last else ""
    return (
        f"LEFT JOIN (SELECT {source.customer} AS customer_id, count(*) AS n{latest} FROM {source.table}"
        f" WHERE {' AND '.join(asked)} GROUP BY 1) {name} ON {name}.customer_id = l.customer_id"
    ), given


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, min(day.day, 28))


_FIGURES = """
WITH seen AS MATERIALIZED (
    SELECT l.customer_id, l.stage FROM customers_lifecycle l JOIN ({visible}) v (id) ON v.id = l.customer_id
), bought AS (
    SELECT {t_customer} AS customer_id, count(*) AS orders, sum({t_amount}) AS amount FROM {t_table}
    WHERE {t_kind} = 'sale' AND {t_at} >= %(since)s AND {t_at} < %(until)s GROUP BY 1
), products AS (
    SELECT {l_customer} AS customer_id, count(DISTINCT {l_product}) AS products FROM {l_table}
    WHERE {l_at} >= %(since)s AND {l_at} < %(until)s GROUP BY 1
), met AS (
    SELECT {i_customer} AS customer_id, count(*) AS interactions FROM {i_table}
    WHERE {i_at} >= %(since)s AND {i_at} < %(until)s GROUP BY 1
), referred AS (
    SELECT other_id AS customer_id, count(*) AS referrals FROM customers_relation
    WHERE kind = 'referred_by' AND (since IS NULL OR since >= %(since)s::date) GROUP BY 1
)
SELECT s.stage, count(*), count(b.customer_id), coalesce(sum(b.orders), 0), coalesce(sum(b.amount), 0),
       coalesce(sum(p.products), 0), count(p.customer_id), count(m.customer_id),
       coalesce(sum(m.interactions), 0), coalesce(sum(r.referrals), 0)
FROM seen s LEFT JOIN bought b USING (customer_id) LEFT JOIN products p USING (customer_id)
LEFT JOIN met m USING (customer_id) LEFT JOIN referred r USING (customer_id)
GROUP BY s.stage
"""
_NAMES = (
    "stage", "customers", "buyers", "orders", "amount", "products", "with_products", "contacted",
    "interactions", "referrals",
)  # fmt: skip


def figures(viewer: Viewer, since: date, until: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Per stage the customers seen and what they did from `since` to `until` (its end); and how many went
    from which stage to which then."""
    begin, end = values.start_of(since), values.start_of(until)
    visible = visible_to(viewer).order_by().values("pk")
    words: dict[str, str] = {}
    for letter, fact in (("t", "transactions"), ("l", "transaction_lines"), ("i", "interactions")):
        source = warehouse.sources()[fact]
        sql = {one.name: one.sql for one in source.read_columns()}
        words |= {f"{letter}_table": source.table, f"{letter}_customer": str(source.customer),
                  f"{letter}_at": sql["occurred_at"], f"{letter}_kind": sql.get("kind", "''"),
                  f"{letter}_amount": sql.get("amount", "0"),
                  f"{letter}_product": sql.get("product_id", "0")}  # fmt: skip
    with connection.cursor() as cursor:
        statement, parameters = visible.query.sql_with_params()
        seen = cursor.mogrify(statement, parameters).replace("%", "%%")
        cursor.execute(_FIGURES.format(visible=seen, **words), {"since": begin, "until": end})
        rows = [dict(zip(_NAMES, row, strict=True)) for row in cursor.fetchall()]
        if not _shows_amounts(viewer):
            rows = [{**row, "amount": None} for row in rows]
        cursor.execute(
            f"SELECT was, now, count(*) FROM customers_stagechange h JOIN ({seen}) v (id)"
            " ON v.id = h.customer_id WHERE at >= %(since)s AND at < %(until)s AND was <> now GROUP BY 1, 2",
            {"since": begin, "until": end},
        )
        moves = [{"was": was, "now": now, "customers": count} for was, now, count in cursor.fetchall()]
    return rows, moves


def _shows_amounts(viewer: Viewer) -> bool:
    """Whether sums over sales tell the viewer nothing that the role keeps back, nor of sales out of reach."""
    return (
        viewer.reach_of("transactions") is viewer.reach
        and not viewer.access("transactions", "amount").concealed
    )
