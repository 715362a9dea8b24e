"""Fields of opportunities."""

from decimal import Decimal

from jinzita.customers.fields.shared import amount_field, customer_field, customer_name_field, key_field
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register

STATUSES = (
    Choice("open", "Open", "进行中", ("active", "in progress", "跟进中")),
    Choice("won", "Won", "赢单", ("closed won", "成交", "成功")),
    Choice("lost", "Lost", "输单", ("closed lost", "失败", "丢单")),
)

OPPORTUNITIES = register(
    RecordKind(
        "opportunities",
        "sales.Opportunity",
        "Opportunities",
        "商机",
        (
            key_field(("opportunity id", "deal id", "opportunity no", "商机编号", "机会编号")),
            customer_field(),
            customer_name_field(),
            Field(
                "name",
                FieldType.TEXT,
                "Name",
                "名称",
                column="name",
                max_length=200,
                required=True,
                editable=True,
                synonyms=("opportunity", "opportunity name", "deal", "title", "商机名称", "机会名称", "商机"),
            ),
            Field(
                "status",
                FieldType.CHOICE,
                "Status",
                "状态",
                column="status",
                choices=STATUSES,
                editable=True,
                synonyms=("state", "stage", "商机状态"),
            ),
            amount_field(
                "amount", "Amount", "金额", synonyms=("value", "expected amount", "预计金额", "商机金额")
            ),
            Field(
                "probability",
                FieldType.NUMBER,
                "Probability",
                "赢率",
                column="probability",
                required=True,
                minimum=Decimal(0),
                maximum=Decimal(1),
                decimals=4,
                share=True,
                editable=True,
                synonyms=("chance", "win rate", "likelihood", "概率", "可能性"),
            ),
            Field(
                "expected_on",
                FieldType.DATE,
                "Expected on",
                "预计成交日期",
                column="expected_on",
                sortable=True,
                editable=True,
                synonyms=("expected date", "expected close", "close date", "预计日期", "预计签约日期"),
            ),
            Field(
                "closed_on",
                FieldType.DATE,
                "Closed on",
                "结束日期",
                column="closed_on",
                editable=True,
                synonyms=("closed date", "关闭日期"),
            ),
        ),
        default_sort=("-id",),
    )
)
