"""News of agreements."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class TransactionsRecorded(Event):
    """Transactions of these customers were recorded or changed, by hand or by a program."""

    customer_ids: list[int]
