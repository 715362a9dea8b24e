"""Webhooks and their deliveries, for those who manage them; and which events there are."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from jinzita.integration.models import Webhook, WebhookDelivery
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound

PING = "ping"


@dataclass(frozen=True)
class Announced:
    """An event that leaves the house: its code, its name, and the fields of its `data` with their meaning."""

    code: str
    en: str
    zh: str
    data: dict[str, str]


_IDS = {"customer_ids": "list of integers: the customers"}
EVENTS = (
    Announced("customer.created", "A customer was created", "新建客户", _IDS),
    Announced("customer.changed", "Customers were changed", "客户资料变更", _IDS),
    Announced("customer.deleted", "Customers went into the trash", "删除客户", _IDS),
    Announced("customer.erased", "Personal data of customers was erased", "清除客户个人信息", _IDS),
    Announced(
        "customer.merged", "Customers were merged", "合并客户",
        {
            "survivor_id": "integer: the customer that remains",
            "customer_ids": "list of integers: those merged into it",
        },
    ),
    Announced(
        "customer.owner_changed", "Customers were given to somebody", "变更负责人",
        {**_IDS, "owner_id": "integer or null: who owns them now"},
    ),
    Announced(
        "customer.grade_changed", "A customer's grade changed", "价值等级变更",
        {
            "customer_id": "integer", "model_id": "integer or null: the value model",
            "from_grade": "text: before", "to_grade": "text: vip, important, ordinary, small or prospect",
            "score": "number or null", "as_of": "date of the score",
            "cause": "text: what moved it, such as receipt, override or override_ended",
        },
    ),
    Announced(
        "customer.score_changed", "A customer's score changed", "价值得分变更",
        {
            "customer_id": "integer", "model_id": "integer: the value model", "score": "number or null",
            "grade": "text", "as_of": "date of the score", "cause": "text: what moved it",
        },
    ),
    Announced(
        "customer.stage_changed", "Customers came to another stage", "生命周期阶段变更",
        {
            "stage": "text: the stage now", "customer_ids": "list of integers, when at most 2,000",
            "count": "integer: how many",
        },
    ),
    Announced("transaction.recorded", "Transactions were recorded", "录入交易", _IDS),
    Announced("invoice.recorded", "Invoices were recorded", "录入发票", _IDS),
    Announced("receipt.recorded", "Receipts were recorded", "录入收款", _IDS),
    Announced("interaction.recorded", "Interactions were recorded", "录入联络", _IDS),
    Announced("opportunity.recorded", "Opportunities were recorded", "录入商机", _IDS),
    Announced(
        "import.finished", "An import is done", "导入完成",
        {
            "kind": "text: what was imported", "sources": "list of texts: the customers' sources",
            "customer_ids": "list of integers, when at most 2,000", "many": "true when they are more",
        },
    ),
    Announced(
        "run.finished", "A full run is done", "全量评分完成",
        {
            "run_id": "integer", "model_id": "integer", "as_of": "date",
            "in_force": "true when its scores count now", "moved": "integer: customers whose grade changed",
        },
    ),
)  # fmt: skip
CODES = frozenset(one.code for one in EVENTS)


def webhooks(viewer: Viewer) -> QuerySet[Webhook]:
    """All webhooks with their counts of what waits and what failed."""
    viewer.require(Permission.MANAGE_WEBHOOKS)
    return Webhook.objects.select_related("created_by").order_by("name", "pk")


def webhook(viewer: Viewer, webhook_id: int) -> Webhook:
    found = webhooks(viewer).filter(pk=webhook_id).first()
    if found is None:
        raise NotFound(f"There is no webhook {webhook_id}.")
    return found


def standings(webhook_ids: list[int]) -> dict[int, dict[str, object]]:
    """By webhook: how many deliveries wait and failed, and when something last arrived."""
    rows = WebhookDelivery.objects.filter(webhook_id__in=webhook_ids).values("webhook_id")
    counted = rows.annotate(
        waiting=Count("pk", filter=Q(state="waiting")),
        failed=Count("pk", filter=Q(state="failed")),
        last_done=Max("tried_at", filter=Q(state="done")),
    ).order_by()
    return {
        row["webhook_id"]: {name: row[name] for name in ("waiting", "failed", "last_done")} for row in counted
    }


def deliveries(viewer: Viewer, webhook_id: int) -> QuerySet[WebhookDelivery]:
    """The log of a webhook, newest first."""
    return WebhookDelivery.objects.filter(webhook=webhook(viewer, webhook_id)).order_by("-id")


def delivery(viewer: Viewer, webhook_id: int, delivery_id: int) -> WebhookDelivery:
    found = deliveries(viewer, webhook_id).filter(pk=delivery_id).first()
    if found is None:
        raise NotFound(f"There is no delivery {delivery_id}.")
    return found
