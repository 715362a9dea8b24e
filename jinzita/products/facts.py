"""Products as the analyses read them."""

from jinzita.kernel.warehouse import Column, FactSource, register


def register_facts() -> None:
    """Called when Django is ready."""
    register(
        FactSource(
            "products",
            table="products_product p",
            columns=(
                Column("product_id", "p.id", "id"),
                Column("name", "p.name", "text"),
                Column("category", "p.category", "text"),
                Column("unit_price", "p.unit_price", "money"),
                Column("source", "p.source", "text"),
            ),
            customer=None,
        )
    )
