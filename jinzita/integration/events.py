"""News of integration."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class ImportFinished(Event):
    """Records of a kind came in in bulk (import or demo), or were removed in bulk.

    `customer_ids` names the customers touched when they are at most 2,000, else it is empty and `many` is
    true. `sources` are the customers' sources.
    """

    kind: str
    sources: list[str]
    customer_ids: list[int]
    many: bool


@dataclass(frozen=True)
class ImportRequested(Event):
    """Somebody started an import or took one up again, and a worker is to do it."""

    import_id: int


@dataclass(frozen=True)
class DemoRequested(Event):
    """A part of the demo is to be loaded or removed by a worker."""

    job_id: int
    code: str
    remove: bool
