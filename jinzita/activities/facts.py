"""Interactions as the value model reads them."""

from jinzita.kernel.warehouse import Column, FactSource, register


def register_facts() -> None:
    """Called when Django is ready."""
    register(
        FactSource(
            "interactions",
            table="activities_interaction i",
            columns=(
                Column("interaction_id", "i.id", "id"),
                Column("customer_id", "i.customer_id", "id"),
                Column("occurred_at", "i.occurred_at", "moment"),
                Column("kind", "i.kind", "text"),
            ),
            customer="i.customer_id",
            month="i.occurred_at",
        )
    )
