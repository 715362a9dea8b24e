"""News of people."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class UserMoved(Event):
    """A person now belongs to another department, or to none."""

    user_id: int


@dataclass(frozen=True)
class UserDeactivated(Event):
    """The account of a person was closed."""

    user_id: int
