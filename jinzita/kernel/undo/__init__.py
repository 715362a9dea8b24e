"""Taking work back: what a change did to rows is kept, and put back where nobody changed it since.

A writer opens a change set and writes inside `recording`; `take_back` undoes the whole set, whatever tables
of whatever capability it touched. Owners say with `follow` what else must happen when their rows come and go.
"""

from jinzita.kernel.undo.gathering import attempt, changing, gathering, is_gathering, made
from jinzita.kernel.undo.keeping import (
    change_sets,
    conflicts_of,
    forget,
    forget_deleted,
    forget_rows,
    owners_of,
    require_undoable,
    tidy,
    undoable,
)
from jinzita.kernel.undo.recording import Recording, begin, recording
from jinzita.kernel.undo.tables import Followed, along, follow, guard, ignore, table_of, told
from jinzita.kernel.undo.taking_back import take_back

__all__ = [
    "Followed",
    "Recording",
    "along",
    "attempt",
    "begin",
    "change_sets",
    "changing",
    "conflicts_of",
    "follow",
    "forget",
    "forget_deleted",
    "forget_rows",
    "gathering",
    "guard",
    "ignore",
    "is_gathering",
    "made",
    "owners_of",
    "recording",
    "require_undoable",
    "table_of",
    "take_back",
    "tidy",
    "told",
    "undoable",
]
