"""Notes and files of a customer that lie in the trash, for who may take them out again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Literal

from django.conf import settings
from django.db.models import Q, QuerySet

from jinzita.activities.models import File, Note
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Permission, Viewer

MOST_SHOWN = 100


@dataclass(frozen=True)
class Removed:
    """A note or a file in the trash; `title` is the note's text or the file's name."""

    kind: Literal["note", "file"]
    id: int
    title: str
    by: str
    trashed_at: datetime

    @property
    def gone_at(self) -> datetime:
        """From then on it may be removed for good."""
        return self.trashed_at + timedelta(days=settings.TRASH_DAYS)


def removed(viewer: Viewer, customer_id: int) -> list[Removed]:
    """What the viewer may take out of a customer's trash, what went last first; a hundred at most.

    A file that went with its note comes back with it and is not named. Raises NotFound, Forbidden.
    """
    viewer.require(Permission.RECORD_FACTS)
    require_visible(viewer, customer_id)
    whose = Q() if viewer.may(Permission.DELETE) else Q(by_id=viewer.user_id)
    there = Q(customer_id=customer_id, trashed_at__isnull=False) & whose
    notes = _latest("note", Note.objects.filter(there), title="text")
    files = _latest("file", File.objects.filter(there, Q(note=None) | Q(note__trashed_at=None)), title="name")
    both = merge(notes, files, key=lambda one: one.trashed_at, reverse=True)
    return list(islice(both, MOST_SHOWN))


def _latest(kind: Literal["note", "file"], rows: QuerySet, *, title: str) -> Iterator[Removed]:
    some = rows.order_by("-trashed_at", "-id").values_list("id", title, "by_name", "trashed_at")[:MOST_SHOWN]
    return (Removed(kind, *one) for one in some)
