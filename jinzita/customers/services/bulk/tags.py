"""Tags put on many records at once, or taken off."""

from collections.abc import Sequence

from django.db import connection, models

from jinzita.customers.services.bulk.kinds import Action, Left, Setter
from jinzita.customers.services.tags import MOST_TAGS, tags_of
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import require_editable

TOO_MANY_TAGS = {
    "en": f"They would have more than {MOST_TAGS} tags.", "zh": f"加上后标签将超过 {MOST_TAGS} 个。"
}  # fmt: skip


def tagging(by: Viewer, kind: str, action: str, raw: Sequence[str]) -> Setter:
    """What putting tags on records of a kind, or taking them off, writes. Raises Invalid, Forbidden."""
    require_editable(by, kind, ["tags"])
    tags = tags_of(list(raw))
    if not tags:
        raise Invalid.at("tags", "required", "Name at least one tag.")
    given, columns, words = [list(tags)], ("tags",), {"tags": list(tags)}
    if action == Action.TAG:
        added = "tags || ARRAY(SELECT t FROM unnest(%s::varchar[]) t WHERE t <> ALL(tags))"
        return Setter(
            f"tags = {added}", given, "NOT tags @> %s::varchar[]", given, columns, words,
            overfull=f"NOT tags @> %s::varchar[] AND cardinality({added}) > {MOST_TAGS}",
            overfull_parameters=[*given, *given],
        )  # fmt: skip
    left = (
        "ARRAY(SELECT t FROM unnest(tags) WITH ORDINALITY u(t, n) WHERE t <> ALL(%s::varchar[]) ORDER BY n)"
    )
    return Setter(f"tags = {left}", given, "tags && %s::varchar[]", given, columns, words)


def too_full(model: type[models.Model], setter: Setter, ids: Sequence[int]) -> dict[int, Left]:
    """Those that cannot hold what would be added, each with why."""
    if not setter.overfull:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {model._meta.db_table} WHERE id = ANY(%s) AND {setter.overfull}",
            [list(ids), *setter.overfull_parameters],
        )
        found = [pk for (pk,) in cursor.fetchall()]
    return {pk: {"id": pk, "why": "too_many_tags", "words": TOO_MANY_TAGS} for pk in found}
