"""News of activities."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class InteractionsRecorded(Event):
    """Interactions with these customers were recorded or changed, by hand or by a program."""

    customer_ids: list[int]


@dataclass(frozen=True)
class NoteWritten(Event):
    """A note on a customer was written or its text changed."""

    note_id: int
    customer_id: int
