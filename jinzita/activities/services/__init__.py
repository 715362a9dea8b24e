"""Writes of activities."""

from jinzita.activities.services.files.keeping import add_file, clean_files, purge_files
from jinzita.activities.services.interactions import load_interactions, record_interactions
from jinzita.activities.services.notes import purge_notes, write_note

__all__ = [
    "add_file",
    "clean_files",
    "load_interactions",
    "purge_files",
    "purge_notes",
    "record_interactions",
    "write_note",
]
