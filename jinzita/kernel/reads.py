"""Reads of sensitive fields, gathered while one request is answered (decision 19).

A field is sensitive when a role of the company keeps it back: what somebody may not see, is worth knowing who
saw. Selectors say by `Viewer.saw` what they let out in plain; `kernel.audit.record_reads` writes it down.
"""

from collections import defaultdict
from collections.abc import Iterable


class Reads:
    """What one request showed in plain of sensitive fields; `sensitive` are their names, as ``kind.code``."""

    def __init__(self, sensitive: Iterable[str]) -> None:
        self._guarded: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name in sensitive:
            kind, _, code = name.partition(".")
            self.guard(kind, [code])

    def guard(self, kind: str, codes: Iterable[str]) -> None:
        """These fields of a kind are sensitive, too."""
        self._guarded[kind].update(codes)

    def guarded(self, kind: str) -> frozenset[str]:
        """Codes of the sensitive fields of a kind."""
        return frozenset(self._guarded.get(kind, ()))

    def note(self, kind: str, record_id: int, codes: Iterable[str]) -> None:
        """These fields of a record were shown."""
        self._seen[kind][record_id].update(codes)

    def lines(self) -> list[tuple[str, list[int], list[str]]]:
        """What was shown, by kind of record: (kind, ids, codes of fields)."""
        return [
            (kind, sorted(records), sorted(set().union(*records.values())))
            for kind, records in sorted(self._seen.items())
        ]
