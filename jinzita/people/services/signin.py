"""Writes at the door: attempts and locks, sessions, second factors, people whom a provider vouches for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Sum

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people.models import CompanySetting, SignInLock, User
from jinzita.people.selectors import roles as all_roles
from jinzita.people.selectors import signin as reads
from jinzita.people.selectors import user, viewer_for
from jinzita.people.services import notifications
from jinzita.people.services.accounts import create_user
from jinzita.people.services.roles import require_within
from jinzita.people.services.sessions import drop_sessions

# After so many failures one has to wait, a minute at first, twice as long each further time.
FREE_ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = 60, 3_600
FORGET_AFTER = timedelta(hours=24)
# So many failures from one address, whatever the names, and the address has to wait.
FREE_OF_ADDRESS, ADDRESS_WINDOW = 30, timedelta(minutes=5)
# So many failures for one name, whatever the addresses, and only where it is signed in may it be tried.
FREE_OF_NAME, NAME_WINDOW = 60, timedelta(minutes=30)


@transaction.atomic
def begin_attempt(*, login: str, ip: str, now: datetime) -> int:
    """Count an attempt before the password is looked at; answers the seconds to wait, 0 when it may go on.

    Counting first means that a hundred guesses at once are not a hundred guesses. Whether anybody has this
    name plays no part, so a lock tells nothing.
    """
    name = login.strip().lower()[:254]
    if _failures(ip=ip, last_at__gt=now - ADDRESS_WINDOW) >= FREE_OF_ADDRESS:
        return int(ADDRESS_WINDOW.total_seconds())
    guessed = _failures(login=name, last_at__gt=now - NAME_WINDOW) >= FREE_OF_NAME
    if guessed and not reads.signed_in_at(name, ip):
        return int(NAME_WINDOW.total_seconds())
    SignInLock.objects.bulk_create([SignInLock(login=name, ip=ip, last_at=now)], ignore_conflicts=True)
    lock = SignInLock.objects.select_for_update().get(login=name, ip=ip)
    if lock.until is not None and lock.until > now:
        return max(1, round((lock.until - now).total_seconds()))
    if lock.last_at < now - FORGET_AFTER:
        lock.failures = 0
    lock.failures, lock.last_at, lock.until = lock.failures + 1, now, None
    if lock.failures >= FREE_ATTEMPTS:
        lock.until = now + timedelta(
            seconds=min(FIRST_WAIT << min(lock.failures - FREE_ATTEMPTS, 12), LONGEST_WAIT)
        )
        if lock.failures == FREE_ATTEMPTS:
            audit.record(
                by=system("sign-in"), action="lock", subject_type="sign_in",
                changes={"login": name, "ip": ip, "failures": lock.failures},
            )  # fmt: skip
    lock.save()
    return 0


def _failures(**of: Any) -> int:
    return SignInLock.objects.filter(**of).aggregate(all=Sum("failures"))["all"] or 0


def attempt_succeeded(*, login: str, ip: str) -> None:
    SignInLock.objects.filter(login=login.strip().lower()[:254], ip=ip).delete()


@transaction.atomic
def unlock(*, by: Viewer, lock_id: int, now: datetime) -> None:
    """Let somebody try again at once."""
    found = reads.lock(by, lock_id, now=now)
    audit.record(
        by=by, action="unlock", subject_type="sign_in", changes={"login": found.login, "ip": found.ip}
    )
    found.delete()


@transaction.atomic
def signed_in(*, person: User, device: str, ip: str, known: bool, method: str) -> None:
    """Note a sign-in; the person is warned of one from a device not seen before."""
    by = viewer_for(person)
    audit.record(
        by=by, action="sign_in", subject_type="user", subject_id=person.pk,
        changes={"method": method, "ip": ip, "device": device},
    )  # fmt: skip
    if not known:
        notifications.notify(
            by=system("sign-in"), user_ids=[person.pk], event="new_sign_in", link="/me/security",
            words={"device": device, "place": ip},
        )  # fmt: skip


@transaction.atomic
def remove_second_factor(*, by: Viewer, user_id: int) -> None:
    """Take somebody's second factor away, for one who lost the device; the sessions end and the person is
    told. Raises Conflict (no_second_factor).
    """
    by.require(Permission.MANAGE_PEOPLE)
    require_within(by, user(by, user_id).role.code)
    removed, _ = Authenticator.objects.filter(user_id=user_id).delete()
    if not removed:
        raise Conflict("This person has no second factor.", code="no_second_factor")
    drop_sessions([user_id])
    audit.record(by=by, action="remove_second_factor", subject_type="user", subject_id=user_id)
    notifications.notify(
        by=by, user_ids=[user_id], event="second_factor_removed", words={"by": by.name}, link="/me/security"
    )


def wrong_code(*, person: User, ip: str) -> None:
    """Keep in the log that a second factor was wrong: whoever gave it knows the password."""
    audit.record(
        by=system("sign-in"), action="wrong_code", subject_type="user", subject_id=person.pk,
        changes={"ip": ip},
    )  # fmt: skip


@transaction.atomic
def require_second_factor(*, by: Viewer, roles: Sequence[str]) -> None:
    """Say whose role needs a second factor; whoever has none sets one up at the next sign-in."""
    by.require(Permission.MANAGE_PEOPLE)
    unknown = sorted(set(roles) - set(all_roles(by).values_list("code", flat=True)))
    if unknown:
        raise Invalid.at("mfa_roles", "unknown_choice", f"There is no role “{unknown[0]}”.")
    before = reads.mfa_roles()
    CompanySetting.objects.update_or_create(
        pk="security", defaults={"value": {reads.MFA_ROLES: sorted(set(roles))}}
    )
    secured = Authenticator.objects.exclude(type="recovery_codes").values("user_id")
    concerned = User.objects.filter(role_id__in=set(roles) - set(before)).exclude(pk__in=secured)
    drop_sessions(list(concerned.exclude(pk=by.user_id or 0).values_list("pk", flat=True)))
    audit.record(
        by=by, action="update", subject_type="security", changes={"mfa_roles": [before, sorted(set(roles))]}
    )


@transaction.atomic
def person_of_provider(*, email: str, username: str, name: str, provider: str) -> User | None:
    """Whose account a sign-in provider vouches for, by verified e-mail; made if the settings give a role.

    None: nobody here has this address, and unknown people are refused.
    """
    known = User.objects.filter(email__iexact=email).first() if email else None
    if known is not None or not settings.OIDC_ROLE or not email:
        return known
    by = system(f"sign-in {provider}"[:40])
    base = "".join(char for char in username or email.split("@")[0] if char.isalnum() or char in "@.+-_")[:70]
    taken = set(User.objects.filter(username__istartswith=base).values_list("username", flat=True))
    lower = {one.lower() for one in taken}
    free = next(
        one for one in (base, *(f"{base}{n}" for n in range(2, 1_000))) if one and one.lower() not in lower
    )
    person, _ = create_user(by=by, username=free, name=name[:100], email=email, role=settings.OIDC_ROLE)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return person


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Attempts of yesterday no longer count."""
    SignInLock.objects.filter(last_at__lt=now - FORGET_AFTER).delete()
    dead = UserSession.objects.filter(last_seen_at__lt=now - timedelta(days=1))
    dead.exclude(session_key__in=Session.objects.filter(expire_date__gt=now).values("session_key")).delete()
    Session.objects.filter(expire_date__lt=now).delete()
