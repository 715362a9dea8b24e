"""The three ways a batch of one table is taken back, each a few statements over all its rows.

`ids` are those of the changed rows; `kept_in` is the change set that keeps what taking back does.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from jinzita.kernel.undo.tables import BOOKKEEPING, Followed, Table

_KEEP = 'INSERT INTO kernel_changedrow (change_set_id, "table", row_id, version, before, after)'
_COUNT = "UPDATE kernel_changeset SET rows = rows + %s WHERE id = %s"


def restore(table: Table, ids: Sequence[int], kept_in: int) -> Followed:
    """Columns go back to what they were, where they are still what the change made of them."""
    keys = _run(
        "SELECT DISTINCT k FROM kernel_changedrow c, jsonb_object_keys(c.before || c.after) k"
        " WHERE c.id = ANY(%s)",
        [list(ids)],
    )
    named = {key for (key,) in keys}
    plain = [one for one in table.all_columns if one in named]
    _lock(table, ids)
    _run(
        "CREATE TEMP TABLE undo_back ON COMMIT DROP AS"
        " SELECT c.id, c.row_id, c.before, c.after, array_agg(k.key) FILTER (WHERE same) AS keys,"
        f" array_agg(CASE WHEN t.\"{table.key}\" IS NULL THEN '@gone' ELSE k.key END)"
        " FILTER (WHERE NOT same AND NOT was) AS conflict"
        f' FROM kernel_changedrow c LEFT JOIN "{table.name}" t ON t."{table.key}" = c.row_id'
        " CROSS JOIN LATERAL jsonb_object_keys(c.before || c.after) k(key)"
        f' CROSS JOIN LATERAL (SELECT CASE WHEN t."{table.key}" IS NOT NULL THEN'
        f" {table.present('t', 'k.key', plain)} END AS now) p"
        " CROSS JOIN LATERAL (SELECT p.now IS NOT DISTINCT FROM c.after -> k.key"
        f' AND t."{table.key}" IS NOT NULL AS same, p.now IS NOT DISTINCT FROM c.before -> k.key'
        f' AND t."{table.key}" IS NOT NULL AS was) s'
        " WHERE c.id = ANY(%s) GROUP BY c.id, c.row_id, c.before, c.after",
        [list(ids)],
    )
    _note_conflicts()
    _run(
        "CREATE TEMP TABLE undo_put ON COMMIT DROP AS SELECT u.row_id,"
        " (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(u.before)"
        " WHERE key = ANY(u.keys)) AS put,"
        " (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(u.after)"
        " WHERE key = ANY(u.keys)) AS drop FROM undo_back u WHERE u.keys IS NOT NULL"
    )
    setters = [f'"{one}" = CASE WHEN u.put ? \'{one}\' THEN r."{one}" ELSE t."{one}" END' for one in plain]
    for one in table.json:
        if any(key.startswith(f"{one}.") for key in named):
            setters = [setter for setter in setters if not setter.startswith(f'"{one}" ')]
            setters.append(f'"{one}" = {_json_back(one)}')
    changed = _ids(
        f'UPDATE "{table.name}" t SET {", ".join(setters)}{table.counted_on("t.")} FROM undo_put u,'
        f' LATERAL jsonb_populate_record(NULL::"{table.name}", u.put) r'
        f' WHERE t."{table.key}" = u.row_id RETURNING t."{table.key}"'
    )
    version = "t.version" if "version" in table.all_columns else "NULL"
    _run(
        f"{_KEEP} SELECT %s, %s, u.row_id, {version}, u.drop, u.put FROM undo_put u"
        f' JOIN "{table.name}" t ON t."{table.key}" = u.row_id',
        [kept_in, table.name],
    )
    _run(_COUNT, [len(changed), kept_in])
    _run("DROP TABLE undo_back, undo_put")
    return Followed(changed=changed, columns=frozenset(named))


def put_back(table: Table, ids: Sequence[int], kept_in: int) -> Followed:
    """Deleted rows stand again under their ids."""
    named = {
        key
        for (key,) in _run(
            "SELECT DISTINCT k FROM kernel_changedrow c, jsonb_object_keys(c.before) k WHERE c.id = ANY(%s)",
            [list(ids)],
        )
    }
    columns = [one for one in table.all_columns if one in named or one in table.json]
    values = [f'r."{one}" + 1' if one == "version" else f'r."{one}"' for one in columns]
    _run(
        f"UPDATE kernel_changedrow c SET conflict = '{{@taken}}' FROM \"{table.name}\" t"
        f' WHERE c.id = ANY(%s) AND t."{table.key}" = c.row_id',
        [list(ids)],
    )
    back = _ids(
        f'INSERT INTO "{table.name}" ({_names(columns)}) SELECT {", ".join(values)}'
        f" FROM kernel_changedrow c,"
        f' LATERAL jsonb_populate_record(NULL::"{table.name}", {table.standing("c.before")}) r'
        f' WHERE c.id = ANY(%s) AND c.conflict IS NULL RETURNING "{table.key}"',
        [list(ids)],
    )
    _run(
        f'{_KEEP} SELECT %s, %s, t."{table.key}", NULL, NULL, {table.image("t")} FROM "{table.name}" t'
        f' WHERE t."{table.key}" = ANY(%s)',
        [kept_in, table.name, back],
    )
    _run(_COUNT, [len(back), kept_in])
    return Followed(back=back)


def remove(table: Table, ids: Sequence[int], kept_in: int) -> Followed:
    """Rows the change made go again, unless they were changed since or others that stay hold on to them."""
    _lock(table, ids)
    bookkeeping = "'{" + ",".join({*BOOKKEEPING, *table.uncompared}) + "}'::text[]"
    holding = [(other, field) for other, field, goes in table.referring() if not goes and _holds(field)]
    own = [field.column for other, field in holding if other == table]
    stays = f'x."{table.key}" NOT IN (SELECT row_id FROM kernel_changedrow WHERE id = ANY(%s))'
    held = [
        f'EXISTS (SELECT FROM "{other.name}" x WHERE x."{field.column}" = t."{table.key}"'
        f"{f' AND {stays}' if other == table else ''})"
        for other, field in holding
    ]
    _run(
        "CREATE TEMP TABLE undo_back ON COMMIT DROP AS SELECT c.id, c.row_id, CASE"
        f" WHEN t.\"{table.key}\" IS NULL THEN '{{@gone}}'::text[]"
        f" WHEN {' OR '.join(held) or 'false'} THEN '{{@referenced}}'::text[]"
        f" ELSE (SELECT array_agg(coalesce(a.key, n.key)) FROM jsonb_each(c.after - {bookkeeping}) a"
        f" FULL JOIN jsonb_each(({table.image('t')}) - {bookkeeping}) n ON n.key = a.key"
        " WHERE a.value IS DISTINCT FROM n.value) END AS conflict"
        f' FROM kernel_changedrow c LEFT JOIN "{table.name}" t ON t."{table.key}" = c.row_id'
        " WHERE c.id = ANY(%s)",
        [list(ids)] * (len(own) + 1),
    )
    _run("DELETE FROM undo_back WHERE conflict = '{@gone}'")  # somebody removed it already
    _stay_with_those_that_stay(table, own)
    _note_conflicts()
    going = [row_id for (row_id,) in _run("SELECT row_id FROM undo_back WHERE conflict IS NULL")]
    for other, field, goes in table.referring():
        if goes:
            _run(f'DELETE FROM "{other.name}" WHERE "{field.column}" = ANY(%s)', [going])
        elif field.remote_field.on_delete is models.SET_NULL:
            column = f'"{field.column}"'
            _run(f'UPDATE "{other.name}" SET {column} = NULL WHERE {column} = ANY(%s)', [going])
    _run(
        f'{_KEEP} SELECT %s, %s, t."{table.key}", NULL, {table.image("t")}, NULL FROM "{table.name}" t'
        f' WHERE t."{table.key}" = ANY(%s)',
        [kept_in, table.name, going],
    )
    _run(f'DELETE FROM "{table.name}" WHERE "{table.key}" = ANY(%s)', [going])
    _run(_COUNT, [len(going), kept_in])
    _run("DROP TABLE undo_back")
    return Followed(gone=going)


def _stay_with_those_that_stay(table: Table, columns: Sequence[str]) -> None:
    """What a row that stays names by these columns, of its own table, stays as well."""
    names = " OR ".join(f'x."{one}" = u.row_id' for one in columns) or "false"
    stays = f'undo_back b JOIN "{table.name}" x ON x."{table.key}" = b.row_id WHERE b.conflict IS NOT NULL'
    while _run(
        "UPDATE undo_back u SET conflict = '{@referenced}' WHERE conflict IS NULL"
        f" AND EXISTS (SELECT FROM {stays} AND ({names})) RETURNING u.id"
    ):
        pass


def _holds(field: models.ForeignKey) -> bool:
    return field.remote_field.on_delete not in (models.DO_NOTHING, models.SET_NULL)


def _json_back(column: str) -> str:
    """A JSON column with the entries it had: those that came go, those that went or changed come back."""
    start = len(column) + 2
    part = f"WHERE starts_with(e.key, '{column}.')"
    return (
        f'(CASE WHEN u.put ? \'{column}\' THEN r."{column}" ELSE t."{column}" END'
        f" - ARRAY(SELECT substr(e.key, {start}) FROM jsonb_each(u.drop) e {part}))"
        f" || (SELECT coalesce(jsonb_object_agg(substr(e.key, {start}), e.value), '{{}}')"
        f" FROM jsonb_each(u.put) e {part})"
    )


def _lock(table: Table, ids: Sequence[int]) -> None:
    _run(
        f'SELECT FROM "{table.name}" WHERE "{table.key}" IN'
        f' (SELECT row_id FROM kernel_changedrow WHERE id = ANY(%s)) ORDER BY "{table.key}" FOR UPDATE',
        [list(ids)],
    )


def _note_conflicts() -> None:
    _run(
        "UPDATE kernel_changedrow c SET conflict = u.conflict FROM undo_back u"
        " WHERE c.id = u.id AND u.conflict IS NOT NULL"
    )


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{one}"' for one in columns)


def _ids(statement: str, parameters: Sequence[Any] | None = None) -> list[int]:
    return [one for (one,) in _run(statement, parameters)]


def _run(statement: str, parameters: Sequence[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []
