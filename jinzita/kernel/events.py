"""News that travels upward.

A capability publishes a frozen dataclass inside its transaction; `wiring` says which jobs react. The job
is deferred in the same transaction, so no news is lost and none is told of a change that was rolled back.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction


@dataclass(frozen=True)
class Event:
    """Base of all events; fields must be JSON values."""


# A reaction takes the event's fields as a dict and defers what is to be done.
Reaction = Callable[[dict[str, Any]], object]
_reactions: dict[type[Event], list[Reaction]] = defaultdict(list)


def react(event_type: type[Event], reaction: Reaction) -> None:
    """Let `reaction` follow every `event_type`; called by `wiring` alone."""
    if reaction not in _reactions[event_type]:
        _reactions[event_type].append(reaction)


def publish(event: Event) -> None:
    """Tell the house. Must be called inside a transaction: the reactions' jobs belong to it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{type(event).__name__} was published outside a transaction")
    for reaction in _reactions[type(event)]:
        reaction(asdict(event))


def subscriptions() -> dict[type[Event], list[Reaction]]:
    """What reacts to what, for the documentation test."""
    return dict(_reactions)
