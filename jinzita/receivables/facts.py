"""Invoices and receipts as the value model reads them."""

from jinzita.kernel.warehouse import Column, FactSource, register


def register_facts() -> None:
    """Called when Django is ready."""
    register(
        FactSource(
            "invoices",
            table="receivables_invoice i",
            columns=(
                Column("invoice_id", "i.id", "id"),
                Column("customer_id", "i.customer_id", "id"),
                Column("issued_on", "i.issued_on", "day"),
                Column("due_on", "i.due_on", "day"),
                Column("amount", "i.amount", "money"),
            ),
            customer="i.customer_id",
            month="i.issued_on",
            month_is="day",
        )
    )
    register(
        FactSource(
            "receipts",
            table="receivables_receipt r",
            columns=(
                Column("receipt_id", "r.id", "id"),
                Column("customer_id", "r.customer_id", "id"),
                Column("received_on", "r.received_on", "day"),
                Column("amount", "r.amount", "money"),
                Column("invoice_id", "r.invoice_id", "id"),
            ),
            customer="r.customer_id",
            month="r.received_on",
            month_is="day",
        )
    )
