"""Fields of the public pool and of those about to fall back, as their lists show, filter and sort them."""

from collections.abc import Sequence

from django.db.models import Q

from jinzita.customers.fields import GRADES
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind
from jinzita.kernel.records.arranging import arranged

T = FieldType
CAUSES = (
    Choice("no_contact", "No contact", "长期未联系"),
    Choice("no_deal", "No deal", "长期未成交"),
    Choice("released", "Given back", "主动放回"),
)

POOL = arranged(
    RecordKind(
        "pool", "customers.Pooled", "Public pool", "公海",
        (
            # The words searched for find a customer, without the ways to reach it.
            Field("name", T.TEXT, "Customer", "客户", path="customer__name", filterable=False),
            Field("grade", T.CHOICE, "Grade", "价值等级", path="customer__standing__grade", choices=GRADES),
            Field(
                "score", T.NUMBER, "Score", "价值得分", path="customer__standing__score", sortable=True,
                ties="opposite",
            ),
            Field("former_owner", T.REFERENCE, "Former owner", "原负责人", references="users"),
            Field("cause", T.CHOICE, "Why", "原因", choices=CAUSES),
            Field("pooled_at", T.DATETIME, "In the pool since", "进入公海"),
            Field("days", T.NUMBER, "Days in the pool", "已在公海（天）", path="pooled_at", filterable=False),
            Field(
                "department", T.REFERENCE, "Department", "部门", path="customer__department",
                references="departments", listed=False,
            ),
        ),
        default_sort=("-score",),
    )
)  # fmt: skip


def _asks(wanted: Sequence[bool] | None) -> Q:
    """Its owner asked for more time, which nobody decided on yet."""
    if wanted is None or {*wanted} == {True, False}:
        return Q(pk__isnull=False)
    return Q(asked_until__isnull=True not in wanted)


WARNINGS = arranged(
    RecordKind(
        "pool_warnings", "assignment.PoolWarning", "About to fall back", "即将回收",
        (
            # The words searched for find a customer.
            Field("name", T.TEXT, "Customer", "客户", path="customer__name", filterable=False),
            Field("grade", T.CHOICE, "Grade", "价值等级", path="customer__standing__grade", choices=GRADES),
            Field(
                "score", T.NUMBER, "Score", "价值得分", path="customer__standing__score", listed=False
            ),
            Field("owner", T.REFERENCE, "Owner", "负责人", path="ownership__owner", references="users"),
            Field(
                "department", T.REFERENCE, "Department", "部门", path="customer__department",
                references="departments", listed=False,
            ),
            Field("cause", T.CHOICE, "Why", "原因", choices=CAUSES[:2]),
            Field("last_contact", T.DATETIME, "Last contact", "最近联络"),
            Field("last_deal", T.DATETIME, "Last deal", "最近成交", listed=False),
            Field("due_on", T.DATE, "Falls back on", "回收日期", sortable=True),
            Field(
                "asks", T.YES_NO, "More time asked for", "申请暂缓", belongs=_asks, kept=True, listed=False
            ),
            Field("asked_until", T.DATE, "Asked until", "申请暂缓至", listed=False),
            Field("asked_by", T.REFERENCE, "Asked by", "申请人", references="users", listed=False),
            Field("postponed_until", T.DATE, "Postponed until", "已暂缓至", listed=False),
            Field("approved_by", T.REFERENCE, "Approved by", "批准人", references="users", listed=False),
            Field("warned_on", T.DATE, "Owner told on", "通知日期", listed=False),
        ),
        default_sort=("due_on",),
    )
)  # fmt: skip
