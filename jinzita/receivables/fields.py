"""Fields of invoices and receipts."""

from jinzita.customers.fields.shared import amount_field, customer_field, customer_name_field, key_field
from jinzita.kernel.records import Field, FieldType, RecordKind, register

INVOICE_WORDS = (
    "invoice",
    "invoice id",
    "invoice no",
    "invoice number",
    "bill",
    "bill no",
    "发票",
    "发票号",
    "发票编号",
    "应收单",
    "应收单号",
)

INVOICES = register(
    RecordKind(
        "invoices",
        "receivables.Invoice",
        "Invoices",
        "发票",
        (
            key_field(INVOICE_WORDS),
            customer_field(),
            customer_name_field(),
            Field(
                "issued_on",
                FieldType.DATE,
                "Issued on",
                "开票日期",
                column="issued_on",
                required=True,
                sortable=True,
                editable=True,
                synonyms=("date", "invoice date", "issue date", "issued", "日期", "开具日期", "账单日期"),
            ),
            Field(
                "due_on",
                FieldType.DATE,
                "Due on",
                "到期日期",
                column="due_on",
                required=True,
                editable=True,
                synonyms=("due", "due date", "payable by", "到期日", "应付日期", "应收日期"),
            ),
            amount_field(
                "amount", "Amount", "金额", synonyms=("total", "invoice amount", "应收金额", "开票金额")
            ),
        ),
        default_sort=("-issued_on", "-id"),
    )
)

RECEIPTS = register(
    RecordKind(
        "receipts",
        "receivables.Receipt",
        "Receipts",
        "收款",
        (
            key_field(
                (
                    "receipt",
                    "receipt id",
                    "receipt no",
                    "payment",
                    "payment id",
                    "payment no",
                    "收款编号",
                    "收款单号",
                    "回款编号",
                )
            ),
            customer_field(),
            customer_name_field(),
            Field(
                "received_on",
                FieldType.DATE,
                "Received on",
                "收款日期",
                column="received_on",
                required=True,
                sortable=True,
                editable=True,
                synonyms=("date", "payment date", "received", "receipt date", "日期", "回款日期", "到账日期"),
            ),
            amount_field(
                "amount",
                "Amount",
                "金额",
                synonyms=("paid", "payment amount", "收款金额", "回款金额", "实收金额"),
            ),
            Field(
                "invoice",
                FieldType.REFERENCE,
                "Invoice",
                "发票",
                column="invoice_id",
                references="invoices",
                max_length=120,
                editable=True,
                synonyms=INVOICE_WORDS,
            ),
        ),
        default_sort=("-received_on", "-id"),
    )
)
