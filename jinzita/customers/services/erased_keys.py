"""By what those who were erased were known: enough to refuse them, too little to say who they were."""

import hashlib
import hmac
from collections.abc import Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from jinzita.customers.models import ErasedKey
from jinzita.kernel.errors import Conflict

# Why an import refuses a row of somebody who was erased.
ERASED = "erased customer"
# Keys of customers are called as in `fields.keys`.
SOURCE_KEY, CONTACTS = "source_key", "contacts"
_OF_SOURCE = {SOURCE_KEY, CONTACTS, "external"}


def of_contacts(kind: str) -> str:
    """What a key of contacts is called that customers have too: phone, email."""
    return f"{CONTACTS}.{kind}"


def remember(of: str, rows: Iterable[tuple[int, str, str]]) -> None:
    """Keep the digests of (id, source, key)."""
    ErasedKey.objects.bulk_create(
        [
            ErasedKey(of=of, source=source, digest=_digest(of, source, key), record_id=record_id)
            for record_id, source, key in rows
            if key
        ],
        ignore_conflicts=True,
    )


def erased_among(of: str, source: str, keys: Iterable[str]) -> set[str]:
    """Which of these keys, in their normal form, were those of somebody who was erased."""
    at = source if of in _OF_SOURCE else ""
    if not ErasedKey.objects.filter(of=of, source=at).exists():
        return set()
    by_digest = {_digest(of, at, key): key for key in keys}
    found = ErasedKey.objects.filter(of=of, source=at, digest__in=list(by_digest))
    return {by_digest[one] for one in found.values_list("digest", flat=True)}


def without_erased(
    of: str, source: str, rows: pa.Table, keys: Sequence[str | None]
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The rows whose keys are not of somebody erased, and the others: (number, why)."""
    gone = erased_among(of, source, {key for key in keys if key})
    if not gone:
        return rows, []
    out = pa.array([key in gone for key in keys], pa.bool_())
    numbers = rows.filter(out)["number"].to_pylist()
    return rows.filter(pc.invert(out)), [(number, ERASED) for number in numbers]


def require_key_not_erased(of: str, source: str | None, key: str | None) -> None:
    """Raise Conflict when a new record would be somebody who asked to be forgotten."""
    if source and key and erased_among(of, source, [key]):
        raise Conflict(
            "The personal data behind this key was erased; it is not taken in again.", code="erased"
        )


def _digest(of: str, source: str, key: str) -> str:
    secret = hashlib.sha256(b"erased keys " + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{of}\0{source}\0{key}".encode(), hashlib.sha256).hexdigest()
