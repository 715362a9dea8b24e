"""Fields of interactions."""

from jinzita.customers.fields.shared import customer_field, customer_name_field, key_field
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register

KINDS = (
    Choice("task", "Task", "任务", ("to-do", "待办")),
    Choice("process", "Process", "流程", ("workflow", "procedure")),
    Choice("praise", "Praise", "表扬", ("compliment", "好评")),
    Choice("complaint", "Complaint", "投诉", ("complain", "抱怨")),
    Choice("suggestion", "Suggestion", "建议", ("proposal", "意见")),
    Choice("enquiry", "Enquiry", "咨询", ("inquiry", "question", "询问")),
    Choice("fault", "Fault", "故障", ("incident", "trouble", "报障")),
    Choice("visit", "Visit", "拜访", ("meeting", "走访")),
    Choice("call", "Call", "电话", ("phone call", "telephone", "通话")),
)

INTERACTIONS = register(
    RecordKind(
        "interactions",
        "activities.Interaction",
        "Interactions",
        "联络",
        (
            key_field(
                (
                    "interaction id",
                    "contact id",
                    "ticket",
                    "ticket no",
                    "case id",
                    "联络编号",
                    "工单号",
                    "单号",
                )
            ),
            customer_field(),
            customer_name_field(),
            Field(
                "occurred_at",
                FieldType.DATETIME,
                "Time",
                "时间",
                column="occurred_at",
                required=True,
                sortable=True,
                editable=True,
                synonyms=(
                    "date",
                    "occurred at",
                    "datetime",
                    "contact date",
                    "日期",
                    "发生时间",
                    "联络时间",
                    "联络日期",
                ),
            ),
            Field(
                "kind",
                FieldType.CHOICE,
                "Kind",
                "类型",
                column="kind",
                choices=KINDS,
                required=True,
                editable=True,
                synonyms=("type", "interaction type", "contact type", "联络类型", "类别"),
            ),
            Field(
                "subject",
                FieldType.TEXT,
                "Subject",
                "主题",
                column="subject",
                max_length=200,
                editable=True,
                synonyms=("title", "topic", "标题", "事由"),
            ),
            Field(
                "note",
                FieldType.TEXT,
                "Note",
                "备注",
                column="note",
                max_length=4000,
                editable=True,
                listed=False,
                filterable=False,
                synonyms=("notes", "remark", "content", "text", "内容", "说明"),
            ),
        ),
        default_sort=("-occurred_at", "-id"),
    )
)
