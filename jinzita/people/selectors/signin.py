"""Who is signed in where, what is locked, and what the company asks at the door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden, NotFound, Unauthenticated
from jinzita.people.models import CompanySetting, SignInLock, User
from jinzita.people.selectors import user, viewer_for, viewer_for_key

MFA_ROLES = "mfa_roles"


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is signed in."""

    id: int
    device: str
    place: str
    since: datetime
    last_seen: datetime
    current: bool


def renewed(viewer: Viewer, *, session_key: str, api_key: str, now: datetime) -> Viewer | None:
    """The viewer as they may act now; None when the session or the key is over, or the account closed."""
    if viewer.via == "key":
        try:
            return viewer_for_key(api_key, now=now)
        except Unauthenticated:
            return None
    person = User.objects.select_related("role").filter(pk=viewer.user_id or 0, is_active=True).first()
    if person is None or not Session.objects.filter(session_key=session_key, expire_date__gt=now).exists():
        return None
    return viewer_for(person)


def sessions(viewer: Viewer, user_id: int, *, now: datetime, current_key: str = "") -> list[OpenSession]:
    """Where a person is signed in, the latest first: oneself, or anybody for those who manage people."""
    if user_id != viewer.user_id:
        viewer.require(Permission.MANAGE_PEOPLE)
    user(viewer, user_id)
    open_keys = Session.objects.filter(expire_date__gt=now).values("session_key")
    rows = UserSession.objects.filter(user_id=user_id, session_key__in=open_keys).order_by("-last_seen_at")
    return [
        OpenSession(
            row.pk, device_of(row.user_agent), row.ip, row.created_at, row.last_seen_at,
            row.session_key == current_key,
        )
        for row in rows[:200]
    ]  # fmt: skip


def signed_in_at(login: str, ip: str) -> bool:
    """Whether the person of this name is signed in at this address."""
    theirs = Q(user__username__iexact=login) | Q(user__email__iexact=login)
    return UserSession.objects.filter(theirs, ip=ip).exists()


def device_of(user_agent: str) -> str:
    """Browser and system in a few words, from what the browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part) or user_agent[:60] or "–"


# In this order: later browsers name earlier ones too.
_BROWSERS = (
    ("wxwork", "WeCom"), ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Lark", "Feishu"),
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def has_second_factor(user_id: int) -> bool:
    return Authenticator.objects.filter(user_id=user_id).exclude(type="recovery_codes").exists()


def mfa_roles() -> list[str]:
    """Roles whose people must have a second factor."""
    found = CompanySetting.objects.filter(pk="security").first()
    return list(found.value.get(MFA_ROLES, [])) if found else []


def must_have_second_factor(person: User) -> bool:
    return person.role_id in mfa_roles()


def security(viewer: Viewer) -> dict[str, Any]:
    """The viewer's own door: second factor, recovery codes left, whether there is a password."""
    viewer.require(Permission.READ)
    if viewer.user_id is None or viewer.via == "key":
        raise Forbidden("This needs a signed-in person.")
    person = user(viewer, viewer.user_id)
    kinds = {one.type: one for one in Authenticator.objects.filter(user_id=person.pk)}
    codes = kinds.get("recovery_codes")
    return {
        "second_factor": "totp" in kinds or "webauthn" in kinds,
        "required": must_have_second_factor(person),
        "recovery_codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "has_password": person.has_usable_password(),
    }


def company_security(viewer: Viewer) -> dict[str, Any]:
    viewer.require(Permission.MANAGE_PEOPLE)
    without = User.objects.filter(is_active=True, role_id__in=mfa_roles()).exclude(
        pk__in=Authenticator.objects.exclude(type="recovery_codes").values("user_id")
    )
    return {MFA_ROLES: mfa_roles(), "people_without": without.count()}


def locks(viewer: Viewer, *, now: datetime) -> QuerySet[SignInLock]:
    """Names and addresses that have to wait now."""
    viewer.require(Permission.MANAGE_PEOPLE)
    return SignInLock.objects.filter(until__gt=now).order_by("-until")


def lock(viewer: Viewer, lock_id: int, *, now: datetime) -> SignInLock:
    found = locks(viewer, now=now).filter(pk=lock_id).first()
    if found is None:
        raise NotFound(f"There is no lock {lock_id}.")
    return found
