"""Browsers in which people are signed in, and signing them out."""

from collections.abc import Sequence
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.selectors import user
from jinzita.people.services.roles import require_within


@transaction.atomic
def end_session(*, by: Viewer, user_id: int, session_id: int) -> None:
    """Sign a person out of one browser: oneself, or who may not more, for those who manage people."""
    _require_allowed(by, user_id)
    found = UserSession.objects.filter(pk=session_id, user_id=user_id).first()
    if found is None:
        raise NotFound(f"There is no session {session_id}.")
    _end([found.session_key])
    audit.record(
        by=by, action="end_session", subject_type="user", subject_id=user_id, changes={"ip": found.ip}
    )


@transaction.atomic
def end_sessions(*, by: Viewer, user_id: int, but: str = "") -> int:
    """Sign a person out everywhere, except in the session with the key `but`."""
    _require_allowed(by, user_id)
    count = drop_sessions([user_id], but=but)
    if count:
        audit.record(
            by=by, action="end_sessions", subject_type="user", subject_id=user_id, changes={"count": count}
        )
    return count


def _require_allowed(by: Viewer, user_id: int) -> None:
    if user_id != by.user_id:
        by.require(Permission.MANAGE_PEOPLE)
        require_within(by, user(by, user_id).role.code)


def drop_sessions(user_ids: Sequence[int], *, but: str = "") -> int:
    """End the sessions of these people, as part of a change that is recorded by itself."""
    found = UserSession.objects.filter(user_id__in=user_ids).exclude(session_key=but)
    return _end(list(found.values_list("session_key", flat=True)))


@transaction.atomic
def renew(*, user_id: int, old_key: str, new_key: str) -> None:
    """After a password change: every other session ends, this one goes on under its new key."""
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)
    drop_sessions([user_id], but=new_key)


def _end(keys: list[str]) -> int:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def seen(*, session_key: str, ip: str, now: datetime) -> None:
    """Note that a session is in use."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now, ip=ip)


# In a session: its person must set up a second factor before anything else.
MUST = "must_set_up_second_factor"


def second_factor_due(session: SessionBase) -> bool:
    return bool(session.get(MUST))
