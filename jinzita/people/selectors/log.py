"""The audit log as a list."""

from collections.abc import Sequence
from typing import Any

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.field_access import by_code
from jinzita.kernel.models import AuditEntry
from jinzita.kernel.records import filters
from jinzita.kernel.records.filters.sql import compiled
from jinzita.kernel.records.filters.tree import Condition, Node, Op, Several
from jinzita.people.fields import LOG


def lines(
    viewer: Viewer, *, filter: str | None = None, also: Sequence[tuple[str, Op, Any]] = (),
    q: str | None = None, below: int | None = None, offset: int = 0, most: int = 50,
) -> list[AuditEntry]:  # fmt: skip
    """At most `most` lines that fit a filter, newest first, those with an id below `below`.

    `also` are further conditions, as ``("action", "eq", "export")``. Asked for one record, by its kind and
    its number, the log tells the reads too that showed it among others. Raises Forbidden, Invalid.
    """
    viewer.require(Permission.READ_AUDIT)
    fields = by_code(viewer, LOG)
    further = [Condition(fields[code], op, value) for code, op, value in also]
    parts = [*_parts(filters.read(fields, filter)), *further]
    kind, number = _single(parts, "subject_type"), _single(parts, "subject_id")
    if kind is None or number is None or number != int(number):
        record = None
    else:
        record = (str(kind), int(number))
        parts = [one for one in parts if not _of_field(one, "subject_type", "subject_id")]
    fits = compiled(Several("all", tuple(parts)), LOG.code)
    return audit.entries(viewer, fits=fits, record=record, q=q, below=below, offset=offset, most=most)


def _parts(node: Node) -> list[Node]:
    """What must all hold, of every level."""
    if isinstance(node, Several) and node.word == "all":
        return [part for one in node.parts for part in _parts(one)]
    return [node]


def _of_field(node: Node, *codes: str) -> bool:
    return isinstance(node, Condition) and node.field.code in codes


def _single(parts: Sequence[Node], code: str) -> Any:
    """The one value that this field must have, or None."""
    match [one for one in parts if _of_field(one, code)]:
        case [Condition(op="eq", value=value)]:
            return value
        case [Condition(op="in", value=[value])]:
            return value
    return None
