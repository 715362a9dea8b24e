"""What of the transactions is personal: notes. Amounts and numbers of documents stay, for the books."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare(
        "agreements.Transaction", word="transaction", erased=("note",), kept=("source", "source_key")
    )
    personal.declare("agreements.TransactionLine", kept=("source", "source_key"))
