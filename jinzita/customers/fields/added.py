"""Fields of customers that stand on what only a capability above knows, such as who may be contacted."""

from collections.abc import Callable

from jinzita.kernel.records import Field

_sources: dict[str, Callable[[], Field]] = {}


def add(code: str, source: Callable[[], Field]) -> None:
    """Let customers be found by a field, made anew whenever it is asked for; called by the capability that
    knows it when Django is ready.
    """
    _sources[code] = source


def added_fields(text: str | None = None) -> tuple[Field, ...]:
    """The fields given from above; of a text, such as a filter, those that it names."""
    return tuple(source() for code, source in _sources.items() if text is None or code in text)
