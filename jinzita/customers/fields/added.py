"""Fields of customers that stand on what only a capability above knows, such as who may be contacted."""

from jinzita.kernel.records import Field

_added: list[Field] = []


def add(field: Field) -> None:
    """Let customers be found by a field; called by the capability that knows it when Django is ready."""
    if field not in _added:
        _added.append(field)


def added_fields() -> tuple[Field, ...]:
    """The fields given from above."""
    return tuple(_added)
