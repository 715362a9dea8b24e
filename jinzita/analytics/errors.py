"""Every error that a user of the value engine sees.

All derive from `AnalyticsError`, which says what is wrong (`code`, `message`) and where (`where`: a path into
the model document such as ``indicator[3].weight``, a table and column, or a file). A document or file with
several faults carries them all in `details`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Detail:
    """One fault: where it is, a stable code, an English sentence, and the values the sentence names."""

    where: str
    code: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)


class AnalyticsError(Exception):
    """Base of all errors of the engine; `str()` gives ``where: message``."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "invalid",
        where: str = "",
        details: Sequence[Detail] = (),
        params: dict[str, Any] | None = None,
    ) -> None:
        self.message = message
        self.code = code
        self.where = where
        self.params = params or {}
        self.details: tuple[Detail, ...] = tuple(details) or (Detail(where, code, message, self.params),)
        super().__init__(f"{where}: {message}" if where else message)


class ModelError(AnalyticsError):
    """A value model document is wrong; `details` lists every fault found."""

    @classmethod
    def of(cls, details: Sequence[Detail]) -> ModelError:
        """Build one error out of all faults, its message being theirs, one a line."""
        first = details[0]
        message = "\n".join(f"{d.where}: {d.message}" if d.where else d.message for d in details)
        return cls(message, code=first.code, details=details)


class FormulaError(AnalyticsError):
    """A company's own formula cannot be read; `position` counts characters from 1, `name` is what the formula
    names and may not.
    """

    def __init__(self, message: str, *, code: str, position: int, where: str = "", name: str = "") -> None:
        self.position = position
        super().__init__(
            f"{message} (at character {position})", code=code, where=where,
            params={"position": position, "name": name},
        )  # fmt: skip


class FactsError(AnalyticsError):
    """A fact table lacks a column, or holds a type that cannot serve."""


class FileError(AnalyticsError):
    """A file cannot be read, or its columns cannot be told apart."""


class NotComputed(AnalyticsError):
    """A changed model asks for an indicator or window that the last run did not compute."""


class WeightsError(AnalyticsError):
    """Pairwise judgements or points from which no weights can be drawn."""
