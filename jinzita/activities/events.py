"""News of activities."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class InteractionsRecorded(Event):
    """Interactions with these customers were recorded or changed, by hand or by a program."""

    customer_ids: list[int]
