"""Links by which people set their own password: single use, for some days."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, NotFound
from jinzita.people.models import Invitation, User
from jinzita.people.selectors import user, viewer_for
from jinzita.people.services import letters, mails
from jinzita.people.services.roles import require_within
from jinzita.people.services.sessions import drop_sessions

VALID = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """`link` is given once, when the invitation could not be sent by mail."""

    mailed: bool
    link: str | None
    expires_at: datetime


@transaction.atomic
def invite(*, by: Viewer, user_id: int, now: datetime) -> Invited:
    """Send a person a link to set a password; earlier links of that person stop working.

    Whoever holds the link has the account: nobody makes one for somebody who may more. Raises Forbidden,
    Conflict (inactive_account).
    """
    by.require(Permission.MANAGE_PEOPLE)
    person = user(by, user_id)
    require_within(by, person.role.code)
    if not person.is_active:
        raise Conflict("The account is not active.", code="inactive_account")
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(user_id=user_id, used_at=None).delete()
    Invitation.objects.create(
        user_id=user_id, digest=_digest(token), made_by_id=by.user_id, expires_at=now + VALID
    )
    # Behind the hash, so that the token reaches no server's log.
    link = f"{settings.PUBLIC_URL}/invitation#{token}"
    mailed = bool(person.email and settings.SMTP_URL)
    if person.email:  # without a mail server it is kept, like every mail
        letter = letters.invitation(person, by.name, link, days=VALID.days)
        mails.send_mail(
            to=person.email, subject=letter.subject, text=letter.text, html=letter.html, kind="invitation"
        )
    audit.record(by=by, action="invite", subject_type="user", subject_id=user_id, changes={"mailed": mailed})
    return Invited(mailed, None if mailed else link, now + VALID)


def invited(*, token: str, now: datetime) -> User:
    """Whose invitation this is. NotFound, in the same words, when it is unknown, used or expired."""
    return _valid(token, now).user


@transaction.atomic
def accept(*, token: str, password: str, now: datetime) -> User:
    """Set the own password with an invitation, which is used up by it."""
    found = _valid(token, now, lock=True)
    person = found.user
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid.at("password", "weak_password", " ".join(error.messages)) from None
    person.set_password(password)
    person.save(update_fields=["password"])
    Invitation.objects.filter(pk=found.pk).update(used_at=now)
    drop_sessions([person.pk])
    audit.record(by=viewer_for(person), action="accept_invitation", subject_type="user", subject_id=person.pk)
    return person


def _valid(token: str, now: datetime, *, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_related("user")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(digest=_digest(token), used_at=None, expires_at__gt=now, user__is_active=True).first()
    if found is None:
        raise NotFound(
            "The invitation is unknown, used or expired. Ask for a new one.", code="invitation_invalid"
        )
    return found


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
