"""Fields of customers and contacts that stand on what only a capability above knows, such as who may be
contacted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models.expressions import Combinable

from jinzita.kernel.records import Field


@dataclass(frozen=True)
class _Added:
    field: Callable[[], Field]
    value: Callable[[], Combinable] | None


# By kind of record, then by code of the field.
_sources: dict[str, dict[str, _Added]] = {}


def add(
    code: str, source: Callable[[], Field], *, value: Callable[[], Combinable] | None = None,
    of: str = "customers",
) -> None:  # fmt: skip
    """Let customers, or contacts, be found by a field, made anew whenever it is asked for; called by the
    capability that knows it when Django is ready. With `value`, the expression over them that reads it,
    lists, exports and sheets show it too.
    """
    _sources.setdefault(of, {})[code] = _Added(source, value)


def added_fields(text: str | None = None, *, of: str = "customers") -> tuple[Field, ...]:
    """The fields given from above; of a text, such as a filter, those that it names."""
    known = _sources.get(of, {})
    return tuple(one.field() for code, one in known.items() if text is None or code in text)


def added_values(codes: Iterable[str] | None = None, *, of: str = "customers") -> dict[str, Combinable]:
    """What reads those of the fields given from above that have a value, by code; of some, or of all."""
    known = _sources.get(of, {})
    among = known if codes is None else frozenset(codes)
    return {code: one.value() for code, one in known.items() if one.value and code in among}
