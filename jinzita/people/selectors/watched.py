"""Viewers whose reads of sensitive fields are noted: those who ask through the API (decision 19)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from jinzita.kernel.access import FieldAccess, Viewer
from jinzita.kernel.reads import Reads
from jinzita.people.models import Role, User
from jinzita.people.selectors import viewer_for, viewer_for_key


def watched(user: User) -> Viewer:
    """The viewer of a signed-in person, watched."""
    roles = {one.code: one for one in Role.objects.all()}
    user.role = roles[str(user.role_id)]  # with the others: a question of its own would cost as much
    return replace(viewer_for(user), reads=Reads(sensitive_fields(roles.values())))


def watched_key(text: str, *, now: datetime) -> Viewer:
    """The viewer a key acts as, watched. Raises Unauthenticated."""
    return replace(viewer_for_key(text, now=now), reads=Reads(sensitive_fields(Role.objects.all())))


def sensitive_fields(roles: Iterable[Role]) -> set[str]:
    """The fields that any of these roles masks or hides, as ``kind.code``."""
    return {
        name for one in roles for name, access in one.fields.items() if FieldAccess(access).concealed
    }  # fmt: skip
