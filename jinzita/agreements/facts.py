"""Transactions and their lines as the value model reads them."""

from jinzita.kernel.warehouse import Column, FactSource, register


def register_facts() -> None:
    """Called when Django is ready."""
    register(
        FactSource(
            "transactions",
            table="agreements_transaction t",
            columns=(
                Column("transaction_id", "t.id", "id"),
                Column("customer_id", "t.customer_id", "id"),
                Column("occurred_at", "t.occurred_at", "moment"),
                Column("kind", "t.kind", "text"),
                Column("amount", "t.amount", "money"),
                Column("cost", "t.cost", "money"),
            ),
            customer="t.customer_id",
            month="t.occurred_at",
        )
    )
    register(
        FactSource(
            "transaction_lines",
            table="agreements_transactionline l JOIN agreements_transaction t ON t.id = l.transaction_id",
            columns=(
                Column("transaction_id", "l.transaction_id", "id"),
                Column("product_id", "l.product_id", "id"),
                Column("customer_id", "t.customer_id", "id"),
                Column("occurred_at", "t.occurred_at", "moment"),
                Column("quantity", "l.quantity", "money"),
                Column("amount", "l.amount", "money"),
            ),
            customer="t.customer_id",
            month="t.occurred_at",
        )
    )
