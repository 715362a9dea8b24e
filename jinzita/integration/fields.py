"""Fields of imports, as their list shows, filters and sorts them."""

from jinzita.kernel.access import Permission
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind
from jinzita.kernel.records.arranging import arranged

T = FieldType
# What can be imported, in the order that records need each other.
KINDS = (
    Choice("customers", "Customers", "客户"),
    Choice("contacts", "Contacts", "联系人"),
    Choice("addresses", "Addresses", "客户地址"),
    Choice("channels", "Channels", "更多联系方式"),
    Choice("relations", "Relations", "客户关系"),
    Choice("consents", "Consents", "联系许可"),
    Choice("products", "Products", "产品"),
    Choice("transactions", "Transactions", "交易"),
    Choice("transaction_lines", "Transaction lines", "交易明细"),
    Choice("invoices", "Invoices", "发票"),
    Choice("receipts", "Receipts", "收款"),
    Choice("interactions", "Interactions", "联络"),
    Choice("opportunities", "Opportunities", "商机"),
)
STATES = (
    Choice("waiting", "Waiting", "排队中"),
    Choice("running", "Running", "进行中"),
    Choice("done", "Done", "已完成"),
    Choice("failed", "Failed", "失败"),
    Choice("cancelled", "Cancelled", "已取消"),
)
UNDONE = (
    Choice("done", "Stands", "未撤销"),
    Choice("undoing", "Being undone", "正在撤销"),
    Choice("undone", "Undone", "已撤销"),
    Choice("partly_undone", "Partly undone", "部分撤销"),
)

IMPORTS = arranged(
    RecordKind(
        "imports", "integration.Import", "Imports", "数据导入",
        (
            Field("name", T.TEXT, "File", "文件", path="filename", max_length=255, own=True),
            Field("kind", T.CHOICE, "What it holds", "内容", choices=KINDS),
            Field("source", T.TEXT, "Source", "来源", max_length=50),
            Field("state", T.CHOICE, "State", "状态", path="job__state", choices=STATES),
            Field("read", T.NUMBER, "Read", "读取"),
            Field("created", T.NUMBER, "Created", "新增"),
            Field("updated", T.NUMBER, "Updated", "更新"),
            Field("unchanged", T.NUMBER, "Unchanged", "未变", listed=False),
            Field("bad", T.NUMBER, "Bad", "有误"),
            Field("by", T.REFERENCE, "By", "操作人", path="created_by", references="users"),
            Field("asked_at", T.DATETIME, "Asked for", "提交时间", path="created_at", sortable=True),
            Field("finished_at", T.DATETIME, "Finished", "结束时间", path="job__finished_at", listed=False),
            Field("dry_run", T.YES_NO, "Dry run", "试运行", listed=False),
            Field("undo", T.CHOICE, "Undone", "撤销", path="change_set__state", choices=UNDONE, listed=False),
        ),
        default_sort=("-asked_at",),
        permission=Permission.IMPORT,
    )
)  # fmt: skip
