"""What the records are called that the log tells of: each owner says how its own are named."""

from collections.abc import Callable, Collection, Mapping

from jinzita.kernel.access import Viewer

# The names of those of the records, by id, that a viewer may know of.
Names = Callable[[Viewer, Collection[int]], Mapping[int, str]]
_names: dict[str, Names] = {}


def register_names(word: str, names: Names) -> None:
    """Say how the records are named that the log calls by this word, as customer; called by their owner."""
    _names[word] = names


def names_of(viewer: Viewer, subjects: Mapping[str, Collection[int]]) -> dict[tuple[str, int], str]:
    """The names by (word, id), as far as the viewer may know them; one question for each kind of record."""
    return {
        (word, pk): name
        for word, ids in subjects.items()
        if word in _names and ids
        for pk, name in _names[word](viewer, ids).items()
    }
