"""The one shape of an error.

Services and selectors raise these; the API turns them into
``{"code", "message", "details": [{"where", "code", "message", "params"}]}``. The browser translates by
code and falls back to the message, so a message is a whole English sentence that names what and where.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the input: where it stands, a code to translate by, an English sentence."""

    where: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


class JinzitaError(Exception):
    """Base of every error a user may see."""

    status = 400
    code = "error"

    def __init__(self, message: str, *, code: str | None = None, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.problems = tuple(problems)

    def as_json(self) -> dict[str, Any]:
        """The error in its one shape, of nothing but what JSON knows."""
        details = [
            {"where": one.where, "code": one.code, "message": one.message, "params": dict(one.params)}
            for one in self.problems
        ]
        found = {"code": self.code, "message": self.message, "details": details}
        return cast(dict[str, Any], json.loads(json.dumps(found, cls=DjangoJSONEncoder)))


class Invalid(JinzitaError):
    """The input breaks a rule; `problems` says which and where."""

    status = 422
    code = "invalid"

    @classmethod
    def at(cls, where: str, code: str, message: str, **params: Any) -> "Invalid":
        """An error about one place of the input."""
        return cls(message, problems=[Problem(where, code, message, params)])


class Unauthenticated(JinzitaError):
    """Nobody is signed in, or the key is unknown, expired or revoked."""

    status = 401
    code = "unauthenticated"


class Forbidden(JinzitaError):
    """Signed in, but this is not allowed; the message says who can grant it."""

    status = 403
    code = "forbidden"


class NotFound(JinzitaError):
    """There is no such record, or this user may not know of it (the two are not told apart)."""

    status = 404
    code = "not_found"


class Moved(NotFound):
    """The record was merged into another: the address of that one is answered (308).

    `noun` is the part of the address before the id.
    """

    status = 308
    code = "moved"

    def __init__(self, noun: str, was: int, now: int) -> None:
        super().__init__(f"{noun} {was} was merged into {now}.")
        self.noun, self.was, self.now = noun, was, now

    def address(self, path: str) -> str:
        """The same address with the other id."""
        return re.sub(rf"/{self.noun}/{self.was}(?=[/?]|$)", f"/{self.noun}/{self.now}", path)


class Conflict(JinzitaError):
    """The state of things does not allow it now: twice, at once, or already changed."""

    status = 409
    code = "conflict"


class TooLarge(JinzitaError):
    """More than one request may carry."""

    status = 413
    code = "too_large"


class Unrecorded(JinzitaError):
    """It may only be shown when the audit log says so, and the log cannot be written now."""

    status = 503
    code = "not_recorded"


class GaveWay(JinzitaError):
    """The database ended this work so that other work, which waited for it in a circle, could go on."""

    status = 503
    code = "gave_way"

    def __init__(self) -> None:
        super().__init__("Other work on the same records came first. Nothing was changed; send it again.")


class Unexpected(JinzitaError):
    """A fault of the house itself stopped the work; what it was stands in the log."""

    status = 500
    code = "unexpected"

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"An unexpected error stopped the work ({type(error).__name__}).")


class DatabaseAway(JinzitaError):
    """The line to the database broke; whether what was just written stands is not known."""

    status = 503
    code = "database_away"

    def __init__(self) -> None:
        super().__init__("The database cannot be reached just now. Look whether it was done, then retry.")
