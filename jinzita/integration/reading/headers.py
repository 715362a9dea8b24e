"""Which of a file's first rows names its columns."""

from collections.abc import Sequence

# Rows that are not blank, looked at from the top.
LOOKED_AT = 20


def header_among(rows: Sequence[Sequence[str]]) -> int | None:
    """The position of the header among a file's first rows; None when all are blank.

    It is the first row that is not blank, unless titles stand above it, as people put them above a sheet:
    rows as wide as the table that fill hardly any of its cells. Then it is the first row that fills half as
    many cells as the fullest, and at least two.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    first = next((number for number, count in enumerate(filled) if count), None)
    if first is None:
        return None
    enough = max(2, -(-max(filled) // 2))
    found = next((number for number, count in enumerate(filled) if count >= enough), first)
    titles = rows[first:found]
    return found if all(len(row) == len(rows[found]) for row in titles) else first
