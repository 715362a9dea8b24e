"""Lists that people arrange to their liking and keep as views."""

from jinzita.kernel.records.fields import RecordKind

_lists: dict[str, RecordKind] = {}


def arranged(one: RecordKind) -> RecordKind:
    """Make a list known; called once by its owner's `fields`. Raises ValueError when the code is taken."""
    if _lists.get(one.code, one) != one:
        raise ValueError(f"the list {one.code!r} is declared twice")
    _lists[one.code] = one
    return one


def arranged_list(code: str) -> RecordKind | None:
    """The list of this code, or None."""
    return _lists.get(code)
