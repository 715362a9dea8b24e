"""Opportunities as the value model reads them."""

from jinzita.kernel.warehouse import Column, FactSource, register


def register_facts() -> None:
    """Called when Django is ready."""
    register(
        FactSource(
            "opportunities",
            table="sales_opportunity o",
            columns=(
                Column("opportunity_id", "o.id", "id"),
                Column("customer_id", "o.customer_id", "id"),
                Column("status", "o.status", "text"),
                Column("amount", "o.amount", "money"),
                Column("probability", "o.probability::double precision", "number"),
                Column("expected_on", "o.expected_on", "day"),
            ),
            customer="o.customer_id",
        )
    )
