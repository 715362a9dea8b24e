"""What of the tables of products speaks of customers: nothing."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.unrelated("products.Product")
