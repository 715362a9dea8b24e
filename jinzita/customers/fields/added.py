"""Fields of customers that stand on what only a capability above knows, such as who may be contacted."""

from collections.abc import Callable

from jinzita.kernel.records import Field

_added: dict[str, Callable[[], Field]] = {}


def add(code: str, make: Callable[[], Field]) -> None:
    """Let customers be found by a field; called once by the capability that knows it, when Django is ready.

    `make` is asked each time, since what may be chosen can be the company's own.
    """
    _added[code] = make


def added_fields(text: str | None = None) -> tuple[Field, ...]:
    """The fields given from above; with a text, those that it names."""
    return tuple(make() for code, make in _added.items() if text is None or code in text)
