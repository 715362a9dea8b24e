"""What is wrong with cells: for each code, which rows."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

Mask = np.ndarray


class Faults:
    """Rows of one column that cannot be used, by reason; a row keeps its first reason."""

    def __init__(self, rows: int) -> None:
        self.bad: Mask = np.zeros(rows, dtype=bool)
        self._found: list[tuple[str, Mask]] = []

    def add(self, code: str, rows: Mask) -> None:
        fresh = rows & ~self.bad
        if fresh.any():
            self._found.append((code, fresh))
            self.bad |= fresh

    def __iter__(self) -> Iterator[tuple[str, Mask]]:
        return iter(self._found)


def mask(values: pa.Array | pa.ChunkedArray) -> Mask:
    """A boolean Arrow array as numpy; null counts as false."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return np.asarray(values.fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)
