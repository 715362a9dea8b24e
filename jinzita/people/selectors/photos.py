"""Where a person's photo lies."""

from pathlib import Path

from django.conf import settings

from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.selectors import cards

TYPES = {"jpg": "image/jpeg", "webp": "image/webp"}


def photo_of(viewer: Viewer, person_id: int) -> tuple[Path, str]:
    """The file of a person's photo and its type. Raises NotFound."""
    card = getattr(cards.one(viewer, person_id), "card", None)
    path: Path | None = settings.PHOTO_FOLDER / card.photo if card and card.photo else None
    if path is None or not path.is_file():
        raise NotFound(f"Person {person_id} has no photo.")
    return path, TYPES[path.suffix[1:]]
