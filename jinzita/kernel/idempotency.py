"""A request repeated with the same key is done once.

The row of the key is written in the transaction of the work itself: when the work is rolled back, the key
is free again; when it is committed, the answer is there for whoever repeats the request. A second request
with the same key at the same moment waits for the first.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, transaction

from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import IdempotencyKey

KEPT_FOR = timedelta(days=7)
LONGEST_KEY = 200
# A request waits at most this long for an equal one that is still being done.
WAIT = "10s"


def once(
    viewer: Viewer, key: str | None, endpoint: str, body_hash: str, work: Callable[[], Mapping[str, Any]]
) -> dict[str, Any]:
    """Do `work` once for this actor and key, and answer every repetition with the first answer.

    `endpoint` names the door (such as "POST /transactions"), `body_hash` is `hash_of` the body. Without a
    key the work is simply done, in one transaction; a program (API key) must send one. Raises Invalid for a
    missing or malformed key, Conflict when the key came before with another body or door, or is still being
    worked on.
    """
    if key is None:
        if viewer.via == "key":
            raise Invalid.at(
                "Idempotency-Key", "required", "Requests with an API key need the header Idempotency-Key."
            )
        with transaction.atomic():
            return _plain(work())
    _check(key)
    with transaction.atomic():
        if not _claim(viewer, key, endpoint, body_hash):
            return _former_answer(viewer, key, endpoint, body_hash)
        answer = _plain(work())
        IdempotencyKey.objects.filter(actor_id=viewer.user_id, key=key).update(answer=answer)
        return answer


def hash_of(body: bytes | str | Mapping[str, Any]) -> str:
    """SHA-256 of a request's body, in hexadecimal."""
    if isinstance(body, Mapping):
        body = json.dumps(body, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()


def forget(*, now: datetime) -> int:
    """Delete keys older than a week; answers how many."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return deleted


def _check(key: str) -> None:
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid.at(
            "Idempotency-Key", "malformed", f"An Idempotency-Key has 1 to {LONGEST_KEY} printable characters."
        )


def _claim(viewer: Viewer, key: str, endpoint: str, body_hash: str) -> bool:
    """Write the key's row; False when a committed one is there. Waits for one that is being written."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
            cursor.execute(
                "INSERT INTO kernel_idempotencykey (actor_id, key, endpoint, body_hash)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                [viewer.user_id, key, endpoint, body_hash],
            )
            claimed = cursor.rowcount == 1
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
            return claimed
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "55P03":  # lock_not_available
            raise
        raise Conflict(
            "A request with this Idempotency-Key is still being worked on.", code="in_progress"
        ) from None


def _former_answer(viewer: Viewer, key: str, endpoint: str, body_hash: str) -> dict[str, Any]:
    row = IdempotencyKey.objects.filter(actor_id=viewer.user_id, key=key).first()
    if row is None:  # forgotten between the two statements
        raise Conflict("The Idempotency-Key has just expired; send the request again.", code="in_progress")
    if (row.endpoint, row.body_hash) != (endpoint, body_hash):
        raise Conflict("This Idempotency-Key came before with a different request.", code="key_reused")
    return dict(row.answer)


def _plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    # The first answer and a repeated one must be the same, down to how a date is written.
    plain: dict[str, Any] = json.loads(json.dumps(dict(answer), cls=DjangoJSONEncoder))
    return plain
