"""Nobody overwrites what they have not seen: a change made on an older version is compared with what came
since, field by field.
"""

from collections.abc import Collection, Mapping
from typing import Any

from jinzita.customers.selectors import history
from jinzita.customers.selectors.subjects import CUSTOMER, Subject
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Problem


def require_unchanged(
    *, by: Viewer, record_id: int, version: int, current_version: int, mine: Mapping[str, Any],
    current: Mapping[str, Any], fields: Collection[str], of: Subject = CUSTOMER,
) -> None:  # fmt: skip
    """Raise Conflict (changed_meanwhile) for those of `fields` that somebody changed since `version`.

    `mine` and `current` are the record's values as wanted and as they stand. Where it is not known what
    changed (an import keeps no line for each record), every field counts as changed.
    """
    if version >= current_version or not fields:
        return
    since = history.changed_since(record_id, version, of)
    known = since.entries >= current_version - version
    clashing = [name for name in fields if not known or name in since.fields]
    if not clashing:
        return
    values = {name: (mine.get(name), current.get(name), since.first(name)) for name in clashing}
    shown = history.Shown([one for several in values.values() for one in several], values, by)
    problems = []
    for name, (wanted, present, original) in values.items():
        last = since.fields.get(name)
        problems.append(
            Problem(
                name, "changed_meanwhile", f"{name} was changed meanwhile.",
                {
                    "mine": shown(name, wanted), "current": shown(name, present),
                    "original": shown(name, original), "by": last.by if last else "",
                    "at": last.at.isoformat() if last else None,
                },
            )
        )  # fmt: skip
    raise Conflict(
        f"Somebody else changed this {of.word} meanwhile.", code="changed_meanwhile", problems=problems
    )
