"""What a change may name."""

from typing import Any

from jinzita.kernel.errors import Invalid


def refuse_unknown(changes: dict[str, Any], known: set[str]) -> None:
    """Raise Invalid for a name that cannot be changed here."""
    for name in changes:
        if name not in known:
            raise Invalid.at(name, "unknown_field", f"“{name}” cannot be changed here.")
