"""Whatever names merged records is led to the survivor, and each step is written down.

Set by set, never row by row: a record with a million facts is moved by one statement a table. Where the
survivor has a row that may be there only once, the other's row is taken aside, and what names that row
follows in turn. The caller holds the locks and the transaction.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from psycopg import sql
from psycopg.types.json import Jsonb

from jinzita.customers.models import MergePart
from jinzita.customers.selectors.catalog import Catalog, Reference, Unique
from jinzita.customers.selectors.references import key_json, treatment
from jinzita.customers.services.merging.filling import Key, fill


class Folding:
    """One merge at work: moves references and keeps the parts, in order."""

    def __init__(self, merge_id: int, *, after: bool = False) -> None:
        """`after`: the merge has parts already, these follow them."""
        self.merge_id = merge_id
        last = MergePart.objects.filter(merge_id=merge_id).aggregate(Max("position")) if after else {}
        self.position: int = last.get("position__max") or 0
        self.counts: dict[str, int] = {}
        self.catalog = Catalog()

    def fold(self, table: str, homes: Mapping[int, int]) -> None:
        """Lead everything that names a row of `table` among `homes` to the row it maps to."""
        references = self.catalog.references_to(table)
        for one in references:
            as_what = treatment(one.table)
            if as_what == "stays":
                continue
            if as_what == "derived":
                self._set_aside(
                    one, sql.SQL("{} = ANY(%s)").format(sql.Identifier(one.column)), [list(homes)]
                )
            elif one.table == table:
                self._lead_own(one, homes)
            else:
                self._part_pairs(one, references, homes)
                for unique in self.catalog.uniques_of(one):
                    self._make_room(one, unique, homes)
                try:
                    with transaction.atomic():
                        self._lead(one, homes)
                except IntegrityError:
                    self._lead_singly(one, homes)

    def made(self, table: str, column: str, ids: Sequence[int], *, told: Sequence[str]) -> None:
        """Note rows that the merge itself added to the survivor, whom `column` names: they go with it as long
        as their columns `told` are what they were.
        """
        if not ids:
            return
        row = sql.SQL(", ").join(
            sql.SQL("{}, t.{}").format(sql.Literal(name), sql.Identifier(name)) for name in told
        )
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "INSERT INTO customers_mergepart"
                    ' (merge_id, position, what, "table", "column", into_id, ids, rows)'
                    " SELECT %s, %s, 'made', %s, %s, t.{c}, array_agg(t.id),"
                    " jsonb_agg(jsonb_build_object({row}))"
                    " FROM {t} AS t WHERE t.id = ANY(%s) GROUP BY t.{c}"
                ).format(row=row, t=sql.Identifier(table), c=sql.Identifier(column)),
                [self.merge_id, self._next(), table, column, list(ids)],
            )

    def changed(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Note columns of single rows that were changed: {key, before, after} of each."""
        if rows:
            self._keep(MergePart.What.CHANGED, table, rows=list(rows))

    def _lead(self, one: Reference, homes: Mapping[int, int]) -> None:
        names = _names(one)
        statement = sql.SQL(
            "UPDATE {t} AS t SET {c} = m.into_id"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS m (from_id, into_id)"
            " WHERE t.{c} = m.from_id RETURNING m.from_id, m.into_id, {key}"
        )
        with connection.cursor() as cursor:
            if one.single_key:
                # The ids never leave the database.
                cursor.execute(
                    sql.SQL(
                        "WITH moved AS ({}), kept AS (INSERT INTO customers_mergepart"
                        ' (merge_id, position, what, "table", "column", from_id, into_id, ids, rows)'
                        " SELECT %s, %s, 'moved', %s, %s, from_id, into_id, array_agg(id::bigint), '[]'"
                        " FROM moved GROUP BY from_id, into_id) SELECT count(*) FROM moved"
                    ).format(
                        statement.format(
                            **names, key=sql.SQL("t.{} AS id").format(sql.Identifier(one.key[0]))
                        )
                    ),
                    [*_arrays(homes), self.merge_id, self._next(), one.table, one.column],
                )
                count = cursor.fetchone()[0]
            else:
                cursor.execute(statement.format(**names, key=key_json(one.key)), _arrays(homes))
                found: dict[tuple[int, int], list[Key]] = {}
                for from_id, into_id, key in cursor.fetchall():
                    found.setdefault((from_id, into_id), []).append(json.loads(key))
                for (from_id, into_id), keys in found.items():
                    self._keep(MergePart.What.MOVED, one.table, one.column, from_id, into_id, rows=keys)
                count = sum(map(len, found.values()))
        if count:
            self.counts[one.table] = self.counts.get(one.table, 0) + count

    def _lead_singly(self, one: Reference, homes: Mapping[int, int]) -> None:
        """Where a rule of the table that cannot be foreseen refuses a row: that one alone is taken aside."""
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("SELECT {key}, t.{c} FROM {t} AS t WHERE t.{c} = ANY(%s)").format(
                    key=key_json(one.key), **_names(one)
                ),
                [list(homes)],
            )
            rows = cursor.fetchall()
        of_row = sql.SQL("{} = %s::jsonb").format(key_json(one.key))
        for key, former in rows:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(
                        sql.SQL("UPDATE {t} AS t SET {c} = %s WHERE {row} RETURNING {key}").format(
                            row=of_row, key=key_json(one.key), **_names(one)
                        ),
                        [homes[former], key],
                    )
                    now = json.loads(cursor.fetchone()[0])
            except IntegrityError:
                self._set_aside(one, of_row, [key])
                continue
            self._keep(MergePart.What.MOVED, one.table, one.column, former, homes[former], rows=[now])
            self.counts[one.table] = self.counts.get(one.table, 0) + 1

    def _lead_own(self, one: Reference, homes: Mapping[int, int]) -> None:
        """A column of the records' own table: none may come to name itself, directly or in a circle."""
        names = _names(one)
        key = sql.Identifier(one.key[0])
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "UPDATE {t} t SET {c} = m.into_id"
                    " FROM unnest(%s::bigint[], %s::bigint[]) AS m (from_id, into_id)"
                    " WHERE t.{c} = m.from_id AND t.{k} <> m.into_id AND t.{k} <> ALL(%s)"
                    " RETURNING m.from_id, m.into_id, t.{k}"
                ).format(**names, k=key),
                [*_arrays(homes), list(homes)],
            )
            found: dict[tuple[int, int], list[int]] = {}
            for from_id, into_id, row_id in cursor.fetchall():
                found.setdefault((from_id, into_id), []).append(row_id)
            for (from_id, into_id), ids in found.items():
                self._keep(MergePart.What.MOVED, one.table, one.column, from_id, into_id, ids=ids)
            if not one.nullable:
                return
            cursor.execute(
                sql.SQL(
                    "WITH RECURSIVE up AS ("
                    " SELECT {k} AS start, {c} AS above FROM {t} WHERE {k} = ANY(%(homes)s)"
                    " UNION SELECT up.start, t.{c} FROM up JOIN {t} t ON t.{k} = up.above"
                    " WHERE up.above <> up.start)"
                    " UPDATE {t} t SET {c} = NULL FROM {t} old WHERE old.{k} = t.{k} AND (t.{k} IN"
                    " (SELECT start FROM up WHERE above = start)"
                    "  OR t.{k} = ANY(%(homes)s) AND t.{c} = ANY(%(members)s)) RETURNING t.{k}, old.{c}"
                ).format(**names, k=key),
                {"homes": list(set(homes.values())), "members": list(homes)},
            )
            self.changed(
                one.table,
                [
                    {"key": {one.key[0]: row_id}, "before": {one.column: former}, "after": {one.column: None}}
                    for row_id, former in cursor.fetchall()
                ],
            )

    def _part_pairs(self, one: Reference, references: Sequence[Reference], homes: Mapping[int, int]) -> None:
        """Rows that would tie the survivor to itself, where the table forbids it."""
        for other in references:
            if other.table != one.table or other.column == one.column:
                continue
            if not self.catalog.must_differ(one.table, [one.column, other.column]):
                continue
            same = sql.SQL("{a} = ANY(%s) AND {b} = ANY(%s)").format(
                a=sql.Identifier(one.column), b=sql.Identifier(other.column)
            )
            for home in set(homes.values()):
                family = [home, *(member for member, into in homes.items() if into == home)]
                self._set_aside(one, same, [family, family])

    def _make_room(self, one: Reference, unique: Unique, homes: Mapping[int, int]) -> None:
        """Rows that a unique index would refuse: a mark such as `is_primary` is taken off; a row of which
        there may be one only is taken aside, and what names it follows to the row that stays.
        """
        pairs = self._colliding(one, unique, homes)
        if not pairs:
            return
        if mark := re.fullmatch(r"\(?(is_[a-z0-9_]+)\)?", unique.condition):
            self._unmark(one, mark.group(1), [loser for loser, _ in pairs])
            return
        self.changed(one.table, fill(one, pairs))
        if len(one.key) == 1 and one.single_key:
            name = one.key[0]
            self.fold(one.table, {loser[name]: keeper[name] for loser, keeper in pairs})
        where = sql.SQL("{} IN (SELECT jsonb_array_elements(%s))").format(key_json(one.key))
        self._set_aside(one, where, [Jsonb([loser for loser, _ in pairs])])

    def _colliding(self, one: Reference, unique: Unique, homes: Mapping[int, int]) -> list[tuple[Key, Key]]:
        """(key of the row that must go, key of the row that stays)."""
        # Expressions of the index itself, as the database wrote them.
        others: list[sql.Composable] = [sql.SQL(text.replace("%", "%%")) for text in unique.others]
        condition = unique.condition.replace("%", "%%")
        fits: list[sql.Composable] = [sql.SQL("({})").format(sql.SQL(condition))] if condition else []
        if unique.nulls_distinct:
            fits += [sql.SQL("({}) IS NOT NULL").format(other) for other in others]
        columns: list[sql.Composable] = [
            sql.SQL("({}) AS merge_k{}").format(other, sql.SQL(str(i))) for i, other in enumerate(others)
        ]
        parts: list[sql.Composable] = [sql.SQL("coalesce(m.into_id, r.merge_ref)")]
        parts += [sql.SQL("r.merge_k{}").format(sql.SQL(str(i))) for i in range(len(others))]
        statement = sql.SQL(
            "WITH r AS (SELECT {columns} FROM {t} AS t WHERE {fits}), lined AS ("
            " SELECT r.merge_key, first_value(r.merge_key) OVER w AS keeper, row_number() OVER w AS place"
            " FROM r LEFT JOIN"
            " unnest(%s::bigint[], %s::bigint[]) WITH ORDINALITY AS m (from_id, into_id, place)"
            " ON m.from_id = r.merge_ref WINDOW w AS (PARTITION BY {parts} ORDER BY m.place NULLS FIRST))"
            " SELECT merge_key, keeper FROM lined WHERE place > 1"
        ).format(
            columns=sql.SQL(", ").join(
                [
                    sql.SQL("{} AS merge_key").format(key_json(one.key)),
                    sql.SQL("t.{} AS merge_ref").format(sql.Identifier(one.column)),
                    *columns,
                ]
            ),
            t=sql.Identifier(one.table),
            fits=sql.SQL(" AND ").join([sql.SQL("t.{} = ANY(%s)").format(sql.Identifier(one.column)), *fits]),
            parts=sql.SQL(", ").join(parts),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [[*homes, *set(homes.values())], *_arrays(homes)])
            return [(json.loads(loser), json.loads(keeper)) for loser, keeper in cursor.fetchall()]

    def _unmark(self, one: Reference, mark: str, keys: Sequence[Key]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "UPDATE {t} AS t SET {m} = false WHERE {k} IN (SELECT jsonb_array_elements(%s))"
                ).format(t=sql.Identifier(one.table), m=sql.Identifier(mark), k=key_json(one.key)),
                cast(Any, [Jsonb(list(keys))]),
            )
        self.changed(
            one.table, [{"key": key, "before": {mark: True}, "after": {mark: False}} for key in keys]
        )

    def _set_aside(self, one: Reference, where: sql.Composable, parameters: Sequence[Any]) -> None:
        """The rows go out of the table and into a part, inside the database: no figure is rounded."""
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "WITH gone AS (DELETE FROM {t} AS t WHERE {where} RETURNING to_jsonb(t) AS row)"
                    " INSERT INTO customers_mergepart"
                    ' (merge_id, position, what, "table", "column", ids, rows)'
                    " SELECT %s, %s, 'aside', %s, %s, '{{}}', jsonb_agg(row) FROM gone HAVING count(*) > 0"
                ).format(t=sql.Identifier(one.table), where=where),
                [*parameters, self.merge_id, self._next(), one.table, one.column],
            )

    def _keep(
        self, what: MergePart.What, table: str, column: str = "", from_id: int | None = None,
        into_id: int | None = None, ids: Sequence[int] = (), rows: Sequence[Any] = (),
    ) -> None:  # fmt: skip
        MergePart.objects.create(
            merge_id=self.merge_id, position=self._next(), what=what, table=table, column=column,
            from_id=from_id, into_id=into_id, ids=list(ids), rows=list(rows),
        )  # fmt: skip

    def _next(self) -> int:
        self.position += 1
        return self.position


def _names(one: Reference) -> dict[str, sql.Composable]:
    return {"t": sql.Identifier(one.table), "c": sql.Identifier(one.column)}


def _arrays(homes: Mapping[int, int]) -> list[list[int]]:
    return [list(homes), list(homes.values())]
