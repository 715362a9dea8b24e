"""Of two rows of which there may be one only, the row that stays takes over what it lacks."""

import json
from collections.abc import Sequence
from typing import Any, cast

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

from jinzita.customers.selectors.catalog import Reference
from jinzita.customers.selectors.references import filled, key_json

# The key of a row as JSON: {"id": 7}.
Key = dict[str, Any]
# A row that has one of these in a column knows nothing there.
LACKING = (None, "", "unknown")


def fill(one: Reference, pairs: Sequence[tuple[Key, Key]]) -> list[dict[str, Any]]:
    """Fill the rows that stay, as far as the owner of the table declared it; answers {key, before, after} of
    each that changed. `pairs` are the keys of the row that goes and of the row that stays.
    """
    groups = filled(one.table)
    if not groups:
        return []
    rows = _rows(one, [key for pair in pairs for key in pair])
    former: dict[str, dict[str, Any]] = {}
    for goes, stays in pairs:
        gives, takes = rows[_text(goes)], rows[_text(stays)]
        for names in groups:
            if takes[names[0]] in LACKING and gives[names[0]] not in LACKING:
                kept = former.setdefault(_text(stays), {})
                kept |= {name: takes[name] for name in names if name not in kept}
                takes |= {name: gives[name] for name in names}
    changes = []
    for text, before in former.items():
        after = {name: rows[text][name] for name in before}
        changes.append({"key": json.loads(text), "before": before, "after": after})
        _write(one, **changes[-1])
    return changes


def _rows(one: Reference, keys: Sequence[Key]) -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "SELECT {k}, to_jsonb(t) FROM {t} AS t WHERE {k} IN (SELECT jsonb_array_elements(%s))"
            ).format(t=sql.Identifier(one.table), k=key_json(one.key)),
            cast(Any, [Jsonb(list(keys))]),
        )
        return {_text(json.loads(key)): json.loads(row) for key, row in cursor.fetchall()}


def _write(one: Reference, *, key: Key, before: dict[str, Any], after: dict[str, Any]) -> None:
    columns = [sql.SQL("{} = r.{}").format(sql.Identifier(name), sql.Identifier(name)) for name in before]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "UPDATE {t} AS t SET {columns} FROM jsonb_populate_record(NULL::{t}, %s) r WHERE {k} = %s"
            ).format(t=sql.Identifier(one.table), columns=sql.SQL(", ").join(columns), k=key_json(one.key)),
            cast(Any, [Jsonb(after), Jsonb(key)]),
        )


def _text(key: Key) -> str:
    return json.dumps(key, sort_keys=True)
