"""Webhooks: who is told of what, written down with the change itself, delivered by a worker in order."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from jinzita.integration.models import Webhook, WebhookDelivery
from jinzita.integration.notices import FAILURES
from jinzita.integration.selectors import webhooks as reads
from jinzita.kernel import audit, outbox, outgoing
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people.selectors import holders_of
from jinzita.people.services.notifications import notify

State = WebhookDelivery.State
Clock = Callable[[], datetime]
QUEUE = "outgoing"
# Waits before the second, third, … attempt: 31 hours in all; then the webhook is stopped.
WAITS = (1, 5, 30, 120, 600, 3_600, 21_600, 86_400)
# A worker that was killed holds its webhook no longer than this.
CLAIM = timedelta(seconds=60)
KEPT = timedelta(days=30)
GONE = 410
LONGEST_ANSWER = 2_000
# It failed, and its next attempt is still to come.
_WAITS_AGAIN = Q(state=State.WAITING, attempts__gt=0, due_at__isnull=False)
MOST_REPLAYED = 10_000
MOST_WEBHOOKS = 100


@transaction.atomic
def create_webhook(*, by: Viewer, name: str, url: str, events: Sequence[str]) -> tuple[Webhook, str]:
    """Register an address; its secret is shown once."""
    by.require(Permission.MANAGE_WEBHOOKS)
    if Webhook.objects.count() >= MOST_WEBHOOKS:
        raise Conflict(f"There are {MOST_WEBHOOKS} webhooks already.", code="too_many")
    secret = _secret()
    one = Webhook(secret=secret, created_by_id=by.user_id)
    _set(one, {"name": name, "url": url, "events": events})
    one.save()
    audit.record(
        by=by, action="create", subject_type="webhook", subject_id=one.pk,
        changes={"name": one.name, "url": one.url, "events": one.events},
    )  # fmt: skip
    return one, secret


@transaction.atomic
def update_webhook(*, by: Viewer, webhook_id: int, changes: dict[str, Any]) -> Webhook:
    """Change name, address, events, or whether it is active."""
    one = reads.webhook(by, webhook_id)
    before = {name: getattr(one, name) for name in changes}
    _set(one, changes)
    if changes.get("active"):
        one.stopped = ""
    one.save()
    audit.record(
        by=by, action="update", subject_type="webhook", subject_id=webhook_id,
        changes=audit.difference(before, {name: getattr(one, name) for name in changes}),
    )  # fmt: skip
    if one.active:
        _wake(one.pk)
    return one


@transaction.atomic
def renew_secret(*, by: Viewer, webhook_id: int) -> str:
    """A new secret; from now on deliveries are signed with it."""
    one = reads.webhook(by, webhook_id)
    one.secret = _secret()
    one.save(update_fields=["secret"])
    audit.record(by=by, action="renew_secret", subject_type="webhook", subject_id=webhook_id)
    return one.secret


@transaction.atomic
def delete_webhook(*, by: Viewer, webhook_id: int) -> None:
    one = reads.webhook(by, webhook_id)
    audit.record(
        by=by, action="delete", subject_type="webhook", subject_id=webhook_id,
        changes={"name": one.name, "url": one.url},
    )  # fmt: skip
    one.delete()


@transaction.atomic
def send_test(*, by: Viewer, webhook_id: int) -> WebhookDelivery:
    """Deliver a piece of news that means nothing, to see whether it arrives."""
    one = reads.webhook(by, webhook_id)
    if not one.active:
        raise Conflict("The webhook is not active.", code="inactive_webhook")
    made = WebhookDelivery.objects.create(
        webhook=one, event=reads.PING, data={"message": "Hello from Jinzita"}
    )
    _wake(webhook_id)
    return made


@transaction.atomic
def replay(
    *, by: Viewer, webhook_id: int, delivery_id: int | None = None, since: datetime | None = None
) -> int:
    """Send one delivery again, or all that failed (since a moment), now; answers how many.

    One that failed and waits for its next attempt counts as failed.
    """
    one = reads.webhook(by, webhook_id)
    if not one.active:
        raise Conflict("The webhook is not active.", code="inactive_webhook")
    if delivery_id is not None:
        chosen = [reads.delivery(by, webhook_id, delivery_id).pk]
    else:
        failed = reads.deliveries(by, webhook_id).filter(Q(state=State.FAILED) | _WAITS_AGAIN)
        failed = failed.filter(at__gte=since) if since else failed
        chosen = list(failed.order_by("id").values_list("pk", flat=True)[:MOST_REPLAYED])
    again = WebhookDelivery.objects.filter(~Q(state=State.WAITING) | _WAITS_AGAIN, pk__in=chosen)
    count = again.update(state=State.WAITING, attempts=0, due_at=None)
    audit.record(
        by=by, action="replay", subject_type="webhook", subject_id=webhook_id, changes={"count": count}
    )
    _wake(webhook_id)
    return count


def announce(*, event: str, data: dict[str, Any]) -> None:
    """Write news down for the webhooks that want it, in the transaction of the change it tells."""
    wanted = list(Webhook.objects.filter(active=True, events__contains=[event]).values_list("pk", flat=True))
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(webhook_id=one, event=event, data=data) for one in wanted
    )
    for one in wanted:
        _wake(one)


def deliver(webhook_id: int, *, clock: Clock) -> None:
    """Deliver what waits for one webhook, oldest first, until nothing is due."""
    while _claim(webhook_id, clock()):
        try:
            while _deliver_next(webhook_id, clock):
                pass
        finally:
            Webhook.objects.filter(pk=webhook_id).update(busy_until=None)
        # What came while this worker was leaving found the webhook taken.
        if not _due(webhook_id, clock()):
            return


def take_up(*, now: datetime) -> None:
    """Webhooks with something due whose job was lost; and what is too old to show goes."""
    due = WebhookDelivery.objects.filter(state=State.WAITING, webhook__active=True).exclude(due_at__gt=now)
    for webhook_id in due.order_by().values_list("webhook_id", flat=True).distinct():
        outbox.defer("integration.webhook", queue=QUEUE, once=f"webhook {webhook_id}", webhook_id=webhook_id)
    WebhookDelivery.objects.filter(at__lt=now - KEPT).delete()


def signature(secret: str, body: bytes, now: datetime) -> str:
    """What the receiver checks: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>">`."""
    stamp = int(now.timestamp())
    mark = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={mark}"


def body_of(one: WebhookDelivery) -> bytes:
    """The request's body; the same at every attempt and replay."""
    content = {"id": str(one.payload_id), "event": one.event, "at": one.at.isoformat(), "data": one.data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _claim(webhook_id: int, now: datetime) -> bool:
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    found = Webhook.objects.filter(free, pk=webhook_id, active=True)
    return bool(found.update(busy_until=now + CLAIM))


def _due(webhook_id: int, now: datetime) -> WebhookDelivery | None:
    """The oldest waiting delivery, when its time has come; later ones wait behind it."""
    waiting = WebhookDelivery.objects.select_related("webhook").filter(
        webhook_id=webhook_id, state=State.WAITING
    )
    first = waiting.order_by("id").first()
    if first is None or not first.webhook.active or (first.due_at is not None and first.due_at > now):
        return None
    return first


def _deliver_next(webhook_id: int, clock: Clock) -> bool:
    """Send the oldest one; whether the next may follow at once."""
    one = _due(webhook_id, clock())
    if one is None:
        return False
    now = clock()
    Webhook.objects.filter(pk=webhook_id).update(busy_until=now + CLAIM)
    status, said, seconds, failure = _send(one, now)
    result: dict[str, Any] = {
        "attempts": F("attempts") + 1, "tried_at": now, "status": status, "answer": said, "seconds": seconds,
        "failure": failure,
    }  # fmt: skip
    rows = WebhookDelivery.objects.filter(pk=one.pk)
    if status is not None and 200 <= status < 300:
        rows.update(**result, state=State.DONE, due_at=None)
        return True
    if status == GONE or one.attempts >= len(WAITS):
        rows.update(**result)
        _stop(one.webhook, failure or f"{status} {said}".strip())
        return False
    wait = WAITS[one.attempts]
    with transaction.atomic():
        rows.update(**result, due_at=clock() + timedelta(seconds=wait))
        outbox.defer("integration.webhook", queue=QUEUE, in_seconds=wait, webhook_id=webhook_id)
    return False


def _send(one: WebhookDelivery, now: datetime) -> tuple[int | None, str, float | None, str]:
    body = body_of(one)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Jinzita-Webhook/1",
        "Jinzita-Event": one.event,
        "Jinzita-Delivery": str(one.payload_id),
        "Jinzita-Signature": signature(one.webhook.secret, body, now),
    }
    try:
        answer = outgoing.post(one.webhook.url, body, headers, allow_private=settings.WEBHOOK_ALLOW_PRIVATE)
    except outgoing.NotReached as error:
        return None, str(error)[:LONGEST_ANSWER], None, error.code
    return answer.status, answer.body[:LONGEST_ANSWER], answer.seconds, ""


@transaction.atomic
def _stop(one: Webhook, reason: str) -> None:
    """Give up after a day and more: what waits has failed, and those who manage webhooks are told.

    `reason` is the code of why nothing answered, or what was answered.
    """
    Webhook.objects.filter(pk=one.pk).update(active=False, stopped=reason[:500] or "–")
    WebhookDelivery.objects.filter(webhook=one, state=State.WAITING).update(state=State.FAILED, due_at=None)
    notify(
        by=system("worker"), user_ids=holders_of(Permission.MANAGE_WEBHOOKS), event="webhook_stopped",
        words={"name": one.name, "error": FAILURES.get(reason, reason[:200])}, link="/admin/webhooks",
    )  # fmt: skip
    audit.record(by=system("worker"), action="stop", subject_type="webhook", subject_id=one.pk)


def _wake(webhook_id: int) -> None:
    outbox.defer("integration.webhook", queue=QUEUE, webhook_id=webhook_id)


def _secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _set(one: Webhook, changes: dict[str, Any]) -> None:
    if "name" in changes:
        one.name = changes["name"].strip()[:100]
        if not one.name:
            raise Invalid.at("name", "required", "Give the webhook a name that says who listens.")
    if "url" in changes:
        outgoing.check_url(changes["url"], "url", allow_private=settings.WEBHOOK_ALLOW_PRIVATE)
        one.url = changes["url"]
    if "events" in changes:
        unknown = sorted(set(changes["events"]) - reads.CODES)
        if unknown or not changes["events"]:
            raise Invalid.at(
                "events", "unknown_choice", f"Choose events among {', '.join(sorted(reads.CODES))}."
            )
        one.events = sorted(set(changes["events"]))
    if "active" in changes:
        one.active = changes["active"]
