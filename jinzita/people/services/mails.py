"""Mails: written down in the transaction that causes them, sent by a worker, tried again when it fails."""

import smtplib
import ssl
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.db import transaction

from jinzita.kernel import audit, outbox
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Conflict
from jinzita.people.models import Mail
from jinzita.people.selectors import holders_of, mails
from jinzita.people.services import notifications

# Waits before the second, third, … attempt; after the last one the mail has failed.
WAITS = (60, 300, 1_800, 7_200, 21_600, 86_400)
SECONDS = 20
LONGEST_SUBJECT = 300
# One that is being sent is not taken up again by somebody else before this.
GRACE = timedelta(minutes=5)


@transaction.atomic
def send_mail(*, to: str, subject: str, text: str, kind: str, html: str = "") -> Mail:
    """Put a mail on its way as part of the caller's transaction. Without a mail server it is kept."""
    state = Mail.State.WAITING if settings.SMTP_URL else Mail.State.KEPT
    subject = " ".join(subject.split())[:LONGEST_SUBJECT]
    mail = Mail.objects.create(to=to, subject=subject, text=text, html=html, kind=kind, state=state)
    if state == Mail.State.WAITING:
        outbox.defer("people.send_mail", queue="default", mail_id=mail.pk)
    return mail


@transaction.atomic
def send_again(*, by: Viewer, mail_id: int) -> Mail:
    """Try a mail that failed or was kept once more, now."""
    mail = mails.get_mail(by, mail_id)
    if mail.state == Mail.State.SENT:
        raise Conflict("This mail has been sent.", code="already_sent")
    if not settings.SMTP_URL:
        raise Conflict("No mail server is set up (JINZITA_SMTP_URL).", code="no_mail_server")
    Mail.objects.filter(pk=mail_id).update(state=Mail.State.WAITING, attempts=0, error="", due_at=None)
    audit.record(by=by, action="send_again", subject_type="mail", subject_id=mail_id)
    outbox.defer("people.send_mail", queue="default", mail_id=mail_id)
    return mails.get_mail(by, mail_id)


def deliver(mail_id: int, *, now: datetime) -> None:
    """Send one waiting mail, or note when to try again."""
    mail = _take(mail_id, now)
    if mail is None:
        return
    try:
        transmit(mail, now=now)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        _failed(mail, _words_of(error), now, final=_is_final(error))
    else:
        Mail.objects.filter(pk=mail.pk).update(state=Mail.State.SENT, sent_at=now, error="", due_at=None)


@transaction.atomic
def take_up(*, now: datetime) -> None:
    """Mails that are due and whose job was lost."""
    due = Mail.objects.filter(state=Mail.State.WAITING, due_at__lt=now).values_list("pk", flat=True)[:500]
    for mail_id in due:
        outbox.defer("people.send_mail", queue="default", once=f"mail {mail_id}", mail_id=mail_id)


@transaction.atomic
def forget(*, now: datetime) -> None:
    """Mails are shown for ninety days."""
    Mail.objects.filter(created_at__lt=now - timedelta(days=90)).delete()


def _take(mail_id: int, now: datetime) -> Mail | None:
    """The mail, claimed for this worker."""
    claimed = Mail.objects.filter(pk=mail_id, state=Mail.State.WAITING)
    claimed = claimed.exclude(due_at__gt=now)
    if not claimed.update(due_at=now + GRACE):
        return None
    return Mail.objects.get(pk=mail_id)


def transmit(mail: Mail, *, now: datetime) -> None:
    """Hand the mail to the company's server. Raises OSError or SMTPException."""
    parts = urlsplit(settings.SMTP_URL)
    host, options = parts.hostname or "localhost", parse_qs(parts.query)
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
    else:
        line = smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
    with line:
        line.ehlo()
        secure = parts.scheme == "smtps"
        if not secure and line.has_extn("starttls"):
            line.starttls(context=context)
            line.ehlo()
            secure = True
        if not secure and options.get("tls") == ["required"]:
            raise smtplib.SMTPException("the mail server offers no STARTTLS, which is required")
        if parts.username:
            line.login(unquote(parts.username), unquote(parts.password or ""))
        line.send_message(_message(mail, now))


def _message(mail: Mail, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = sender()
    message["To"] = mail.to
    message["Date"] = formatdate(now.timestamp())
    # The same mail sent twice after a crash is recognised by this.
    message["Message-ID"] = make_msgid(
        idstring=f"mail{mail.pk}", domain=parseaddr(sender())[1].split("@")[-1]
    )
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def sender() -> str:
    """Who mails come from: as set, else the mail server's user, else a name at the host."""
    if settings.MAIL_FROM:
        return settings.MAIL_FROM
    parts = urlsplit(settings.SMTP_URL)
    user = unquote(parts.username or "")
    address = user if "@" in user else f"jinzita@{parts.hostname or 'localhost'}"
    return formataddr((settings.COMPANY_NAME, address))


@transaction.atomic
def _failed(mail: Mail, error: str, now: datetime, *, final: bool) -> None:
    attempts = mail.attempts + 1
    if final or attempts > len(WAITS):
        Mail.objects.filter(pk=mail.pk).update(
            state=Mail.State.FAILED, attempts=attempts, error=error, due_at=None
        )
        notifications.notify(
            by=system("worker"), user_ids=holders_of(Permission.MANAGE_PEOPLE), event="mail_failed",
            link="/admin/mails",
            words={"to": mail.to, "subject": mail.subject, "error": error},
        )  # fmt: skip
        return
    wait = WAITS[attempts - 1]
    due = now + timedelta(seconds=wait)
    Mail.objects.filter(pk=mail.pk).update(attempts=attempts, error=error, due_at=due)
    outbox.defer("people.send_mail", queue="default", in_seconds=wait + 1, mail_id=mail.pk)


def _is_final(error: Exception) -> bool:
    """Whether trying again is of no use: there is no such recipient, or the mail cannot be written."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, ValueError)


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {said.decode(errors='replace')}"[:500]
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        return f"{error.smtp_code} {text}"[:500]
    return f"{error or type(error).__name__}"[:500]
