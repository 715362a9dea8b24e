"""News of receivables."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class InvoicesRecorded(Event):
    """Invoices of these customers were recorded or changed, by hand or by a program."""

    customer_ids: list[int]


@dataclass(frozen=True)
class ReceiptsRecorded(Event):
    """Receipts of these customers were recorded or changed, by hand or by a program."""

    customer_ids: list[int]
