"""What of the opportunities is personal."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare(
        "sales.Opportunity", word="opportunity",
        instead={"name": f"'{personal.GONE}'"}, kept=("source", "source_key"),
    )  # fmt: skip
