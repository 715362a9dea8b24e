"""What of invoices and receipts is personal: nothing but whose they are; they stay, for the books."""

from jinzita.kernel import personal


def declare_personal() -> None:
    """Called when Django is ready."""
    personal.declare("receivables.Invoice", word="invoice", kept=("source", "source_key"))
    personal.declare("receivables.Receipt", word="receipt", kept=("source", "source_key"))
