"""What else is kept back from a role, since it would tell of what is: told by the owners of the fields, which
stand above.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from jinzita.kernel.access import FieldAccess, Viewer

# Of a role and what it keeps back, by ``kind.code``: the further fields.
Source = Callable[[str, Mapping[str, FieldAccess]], Mapping[str, FieldAccess]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask this what follows; called when Django is ready."""
    if source not in _sources:
        _sources.append(source)


def with_what_follows(viewer: Viewer) -> Viewer:
    """The viewer, from whom that is kept back too."""
    more = {name: access for one in _sources for name, access in one(viewer.role, viewer.fields).items()}
    return replace(viewer, fields={**viewer.fields, **more}) if more else viewer
