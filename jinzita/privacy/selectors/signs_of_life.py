"""What else shows that something happened with a customer, beside the facts of the warehouse."""

_signs: list[str] = []


def add(moment: str) -> None:
    """Let a moment count as activity: SQL of when it was last, with the customer `c`.

    Called by the capability that knows it when Django is ready.
    """
    if moment not in _signs:
        _signs.append(moment)


def signs() -> tuple[str, ...]:
    """The SQL of every such moment."""
    return tuple(_signs)
