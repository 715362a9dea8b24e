"""Where a person's photo lies."""

from collections.abc import Collection
from pathlib import Path

from django.conf import settings

from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.models import PersonCard
from jinzita.people.selectors import cards

TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}


def address(person_id: int, photo: str) -> str:
    """Where a photo is asked for; another photo has another address, so that browsers keep each."""
    return f"/api/v1/people/{person_id}/photo?v={photo[:12]}"


def addresses(person_ids: Collection[int]) -> dict[int, str]:
    """The addresses of the photos of those who have one."""
    rows = PersonCard.objects.filter(person__in=person_ids).exclude(photo="")
    return {person_id: address(person_id, photo) for person_id, photo in rows.values_list("person", "photo")}


def photo_of(viewer: Viewer, person_id: int) -> tuple[Path, str]:
    """The file of a person's photo and its type. Raises NotFound."""
    card = getattr(cards.one(viewer, person_id), "card", None)
    path: Path | None = settings.PHOTO_FOLDER / card.photo if card and card.photo else None
    if path is None or not path.is_file():
        raise NotFound(f"Person {person_id} has no photo.")
    return path, TYPES[path.suffix[1:]]
