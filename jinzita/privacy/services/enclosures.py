"""Files that are given out with somebody's personal data, each found by the capability that keeps them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps

Row = Mapping[str, Any]
# Where the file of a row lies.
Place = Callable[[Row], Path]
_places: dict[str, Place] = {}


def add(label: str, place: Place) -> None:
    """Let the files of a model's rows be given out, named by the rows' ids and names.

    Called by the model's owner when Django is ready.
    """
    _places[apps.get_model(label)._meta.db_table] = place


def enclosed(parts: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[Path, str]]:
    """The files of the rows that are given out, as far as they are there, and what each is called."""
    for table, place in _places.items():
        for row in parts.get(table, ()):
            path = place(row)
            if path.exists():
                yield path, f"{row['id']} {row['name']}"
