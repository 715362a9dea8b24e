"""A merge comes apart: part by part, the last first.

A row goes back when it is still where the merge put it; a column gets its former value when it still has the
merge's. What was changed or given away since is left and counted. With `dry` nothing is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from jinzita.customers.models import MergePart
from jinzita.customers.selectors.catalog import Catalog
from jinzita.customers.selectors.references import key_json, treatment

Counts = dict[str, int]


@dataclass
class Outcome:
    """Rows by table: gone back, put back whole, not found where the merge put them, refused by the table,
    come after the merge for the other record, come after it and staying.
    """

    back: Counts = field(default_factory=dict)
    restored: Counts = field(default_factory=dict)
    elsewhere: Counts = field(default_factory=dict)
    refused: Counts = field(default_factory=dict)
    followed: Counts = field(default_factory=dict)
    staying: Counts = field(default_factory=dict)

    def as_dict(self) -> dict[str, Counts]:
        return {name: dict(counts) for name, counts in vars(self).items()}


class Unfolding:
    """`table` is that of the merged records, `holder` who has the survivor's rows now (itself, or whom it was
    merged into since).
    """

    def __init__(self, *, table: str, survivor: int, holder: int, members: Sequence[int], dry: bool) -> None:
        self.table, self.members, self.dry = table, list(members), dry
        self.survivor, self.holder = survivor, holder
        self.outcome, self.catalog = Outcome(), Catalog()

    def unfold(self, parts: Iterator[MergePart]) -> None:
        for part in parts:
            if not self.catalog.columns(part.table):
                continue  # its capability is gone
            if part.what == MergePart.What.MOVED:
                self._lead_back(part)
            elif part.what == MergePart.What.ASIDE:
                self._put_back(part)
            elif part.what == MergePart.What.MADE:
                self._take_out(part)
            else:
                self._change_back(part)

    def gather_own(self, since: datetime) -> None:
        """What came after the merge: what named a merged record goes to it, the rest stays and is counted."""
        for one in self.catalog.references_to(self.table):
            if one.table == self.table or treatment(one.table) or not one.single_key:
                continue
            names = {
                "t": sql.Identifier(one.table), "c": sql.Identifier(one.column),
                "k": sql.Identifier(one.key[0]),
            }  # fmt: skip
            found = sql.SQL(
                " FROM {t} AS t JOIN customers_namedas n ON t.{k} = n.row_id"
                ' WHERE n."table" = %s AND n.meant_id = ANY(%s) AND t.{c} = %s'
            ).format(**names)
            with connection.cursor() as cursor:
                parameters: list[Any] = [one.table, self.members, self.holder]
                cursor.execute(sql.SQL("SELECT count(*)") + found, parameters)
                followed: int = cursor.fetchone()[0]
                _add(self.outcome.followed, one.table, followed)
                if followed and not self.dry:
                    cursor.execute(
                        sql.SQL(
                            "UPDATE {t} AS t SET {c} = f.meant_id"
                            " FROM (SELECT t.{k} AS id, n.meant_id{found}) f WHERE t.{k} = f.id"
                        ).format(found=found, **names),
                        parameters,
                    )
                if "created_at" not in self.catalog.columns(one.table):
                    continue
                cursor.execute(
                    sql.SQL("SELECT count(*) FROM {t} WHERE {c} = %s AND created_at > %s").format(**names),
                    [self.holder, since],
                )
                _add(self.outcome.staying, one.table, cursor.fetchone()[0] - (followed if self.dry else 0))
        if not self.dry:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM customers_namedas WHERE meant_id = ANY(%s)", [self.members])

    def _lead_back(self, part: MergePart) -> None:
        holders = [part.into_id, self.holder] if part.into_id == self.survivor else [part.into_id]
        if part.ids:
            key = self.catalog.key_of(part.table)
            rows = sql.SQL("t.{} = ANY(%s)").format(sql.Identifier(key))
            wanted: Any = part.ids
        else:
            rows = sql.SQL("{} IN (SELECT jsonb_array_elements(%s))").format(key_json(part.rows[0]))
            wanted = Jsonb(part.rows)
        where = sql.SQL("{rows} AND t.{c} = ANY(%s)").format(rows=rows, c=sql.Identifier(part.column))
        total = len(part.ids) or len(part.rows)
        done = self._update(part, where, [wanted, holders])
        if treatment(part.table) or part.table == self.table:
            return
        _add(self.outcome.back, part.table, done)
        _add(self.outcome.elsewhere, part.table, total - done)

    def _update(self, part: MergePart, where: sql.Composable, parameters: list[Any]) -> int:
        names = {"t": sql.Identifier(part.table), "c": sql.Identifier(part.column), "where": where}
        with connection.cursor() as cursor:
            if self.dry:
                cursor.execute(
                    sql.SQL("SELECT count(*) FROM {t} AS t WHERE {where}").format(**names), parameters
                )
                return int(cursor.fetchone()[0])
            update = sql.SQL("UPDATE {t} AS t SET {c} = %s WHERE {where}").format(**names)
            try:
                with transaction.atomic():
                    cursor.execute(update, [part.from_id, *parameters])
                    return int(cursor.rowcount)
            except IntegrityError:
                return self._update_singly(part, update, parameters)

    def _update_singly(self, part: MergePart, update: sql.Composed, parameters: list[Any]) -> int:
        done = 0
        for one in part.ids or part.rows:
            wanted: Any = [one] if part.ids else Jsonb([one])
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(update, [part.from_id, wanted, *parameters[1:]])
                    done += cursor.rowcount
            except IntegrityError:
                _add(self.outcome.refused, part.table, 1)
        return done

    def _put_back(self, part: MergePart) -> None:
        names = [name for name in part.rows[0] if name in self.catalog.columns(part.table)]
        columns = sql.SQL(", ").join(map(sql.Identifier, names))
        kept = sql.SQL(", ").join(sql.Identifier("r", name) for name in names)
        insert = sql.SQL(
            "INSERT INTO {t} ({columns}) SELECT {kept} FROM customers_mergepart p,"
            " jsonb_populate_recordset(NULL::{t}, {rows}) AS r WHERE p.id = %s ON CONFLICT DO NOTHING"
        )
        t = sql.Identifier(part.table)
        done = len(part.rows)
        if not self.dry:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(
                        insert.format(t=t, columns=columns, kept=kept, rows=sql.SQL("p.rows")), [part.pk]
                    )
                    done = cursor.rowcount
            except IntegrityError:
                done = 0
                single = insert.format(
                    t=t, columns=columns, kept=kept, rows=sql.SQL("jsonb_build_array(p.rows -> %s)")
                )
                for index in range(len(part.rows)):
                    try:
                        with transaction.atomic(), connection.cursor() as cursor:
                            cursor.execute(single, [index, part.pk])
                            done += cursor.rowcount
                    except IntegrityError:
                        continue
        if treatment(part.table):
            return
        _add(self.outcome.restored, part.table, done)
        _add(self.outcome.refused, part.table, len(part.rows) - done)

    def _take_out(self, part: MergePart) -> None:
        """Rows that the merge added go, as long as nobody changed them; written anew they have other ids."""
        where = sql.SQL(
            " FROM {t} AS t WHERE t.{c} = ANY(%s) AND (t.id = ANY(%s) OR t.{c} = %s)"
            " AND EXISTS (SELECT FROM jsonb_array_elements(%s) r WHERE to_jsonb(t) @> r)"
        ).format(t=sql.Identifier(part.table), c=sql.Identifier(part.column))
        parameters: list[Any] = [[part.into_id, self.holder], part.ids, part.into_id, Jsonb(part.rows)]
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT count(*)" if self.dry else "DELETE") + where, parameters)
            gone = cursor.fetchone()[0] if self.dry else cursor.rowcount
        _add(self.outcome.elsewhere, part.table, len(part.rows) - gone)

    def _change_back(self, part: MergePart) -> None:
        for one in part.rows:
            for column, former in one["before"].items():
                names = {
                    "t": sql.Identifier(part.table), "c": sql.Identifier(column), "key": key_json(one["key"]),
                }  # fmt: skip
                where = sql.SQL("{key} = %s::jsonb AND to_jsonb(t.{c}) IS NOT DISTINCT FROM %s::jsonb")
                after = one["after"][column]
                parameters: list[Any] = [Jsonb(one["key"]), None if after is None else Jsonb(after)]
                if self.dry:
                    continue
                try:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute(
                            sql.SQL("UPDATE {t} AS t SET {c} = %s WHERE ").format(**names)
                            + where.format(**names),
                            [former, *parameters],
                        )
                        if not cursor.rowcount:
                            _add(self.outcome.elsewhere, part.table, 1)
                except IntegrityError:
                    _add(self.outcome.refused, part.table, 1)


def _add(counts: Counts, table: str, rows: int) -> None:
    if rows > 0:
        counts[table] = counts.get(table, 0) + rows
