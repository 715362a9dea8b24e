"""By what sources knew those who were erased: enough to refuse them, too little to say who they were."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence

from django.conf import settings

from jinzita.customers.models import ErasedKey
from jinzita.kernel.errors import Conflict

# Why an import refuses a row of somebody who was erased.
ERASED = "erased customer"
CUSTOMERS, CONTACTS = "customers", "contacts"


def remember(of: str, rows: Iterable[tuple[int, str, str]]) -> None:
    """Keep the digests of (id, source, key)."""
    ErasedKey.objects.bulk_create(
        [
            ErasedKey(of=of, source=source, digest=_digest(of, source, key), record_id=record_id)
            for record_id, source, key in rows
        ],
        ignore_conflicts=True,
    )


def erased_among(of: str, source: str, keys: Sequence[str]) -> set[str]:
    """Which of these keys of a source are of somebody who was erased."""
    if not keys or not ErasedKey.objects.filter(of=of, source=source).exists():
        return set()
    by_digest = {_digest(of, source, key): key for key in keys}
    found = ErasedKey.objects.filter(of=of, source=source, digest__in=list(by_digest))
    return {by_digest[one] for one in found.values_list("digest", flat=True)}


def require_key_not_erased(of: str, source: str | None, key: str | None) -> None:
    """Raise Conflict when a new record would be somebody who asked to be forgotten."""
    if source and key and erased_among(of, source, [key]):
        raise Conflict(
            "The personal data behind this key was erased; it is not taken in again.", code="erased"
        )


def _digest(of: str, source: str, key: str) -> str:
    secret = hashlib.sha256(b"erased keys " + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{of}\0{source}\0{key}".encode(), hashlib.sha256).hexdigest()
