"""Activities: what was done with a customer, and what was written and kept about it."""

from jinzita.activities.models.files import File, FileContent
from jinzita.activities.models.interactions import Interaction, Kind
from jinzita.activities.models.notes import Note

__all__ = ["File", "FileContent", "Interaction", "Kind", "Note"]
