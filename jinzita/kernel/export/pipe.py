"""Between a writer of files and an answer that is sent while it is written."""

import io
from typing import Any


class Pipe(io.RawIOBase):
    """Where a writer of files writes, and whence it is fetched piece by piece; it cannot go back."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self._length = 0

    def tell(self) -> int:
        return self._length

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._kept += content
        self._length += len(content)
        return len(content)

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        content = bytes(self._kept)
        self._kept.clear()
        return content
