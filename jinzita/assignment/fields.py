"""Fields of the public pool, as its list shows, filters and sorts them."""

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
