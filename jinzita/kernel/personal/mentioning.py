"""Names and numbers of people, found in texts that were written about something else."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

SHORTEST = 2
INSTEAD = "▇▇"
# Fewer texts than this are looked for by the database, more by one walk over every text.
FEW = 50
AT_ONCE = 5_000
_looked_in: dict[type[models.Model], tuple[tuple[str, ...], str]] = {}


class Named:
    """What some people are called and reached by; finds it in other texts, however many people they are."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = frozenset(one for text in texts if len(one := text.strip()) >= SHORTEST)
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self.texts, key=len, reverse=True):
            self._beginning[one[:SHORTEST]].append(one)
        # Most texts name nobody: whether one may is seen without a look at each of its characters.
        self._begins = re.compile("|".join(map(re.escape, self._beginning)) or "(?!)")

    def without(self, text: str) -> str:
        """The text with each name in it blacked out. Part of a longer Latin word or number is no name."""
        parts: list[str] = []
        done = place = 0
        while begin := self._begins.search(text, place):
            place = begin.start()
            found = next(
                (
                    one
                    for one in self._beginning.get(text[place : place + SHORTEST], ())
                    if text.startswith(one, place) and _stands_alone(text, place, place + len(one))
                ),
                None,
            )
            if found is None:
                place += 1
                continue
            parts += [text[done:place], INSTEAD]
            done = place = place + len(found)
        return "".join([*parts, text[done:]])

    def out_of(self, value: Any) -> Any:
        """The same of every text in a JSON value."""
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, list):
            return [self.out_of(one) for one in value]
        if isinstance(value, dict):
            return {self.without(key): self.out_of(one) for key, one in value.items()}
        return value


def look_in(model: type[models.Model], columns: Sequence[str], where: str) -> None:
    """Let these columns of a model be searched when somebody is erased."""
    _looked_in[model] = (tuple(columns), where)


def scrub(named: Named) -> dict[str, int]:
    """Black out names in every text that may hold them; answers how many rows changed, by table."""
    changed = {}
    for model, (columns, where) in _looked_in.items():
        if named.texts and (count := _scrub_table(model, columns, where, named)):
            changed[model._meta.db_table] = count
    return changed


def _scrub_table(model: type[models.Model], columns: Sequence[str], where: str, named: Named) -> int:
    table, key = model._meta.db_table, str(model._meta.pk.column)
    json_columns = {
        str(one.column) for one in model._meta.concrete_fields if isinstance(one, models.JSONField)
    }
    texts = " || ' ' || ".join(f"coalesce(\"{one}\"::text, '')" for one in columns)
    patterns = [_patterns(named)] if len(named.texts) <= FEW else []
    fits = f"AND {where or 'true'}" + (f" AND {texts} LIKE ANY(%s)" if patterns else "")
    shown = ", ".join(f'"{one}"::text' for one in columns)
    count, last = 0, 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f'SELECT "{key}", {shown} FROM "{table}" WHERE "{key}" > %s {fits}'
                f' ORDER BY "{key}" LIMIT {AT_ONCE}',
                [last, *patterns],
            )
            rows = cursor.fetchall()
            changed: list[tuple[Any, ...]] = []
            for last, *before in rows:
                after = [
                    _cleaned(text, named, as_json=column in json_columns)
                    for column, text in zip(columns, before, strict=True)
                ]
                if after != before:
                    changed.append((last, *after))
            if changed:
                _write(table, key, columns, json_columns, changed)
            count += len(changed)
            if len(rows) < AT_ONCE:
                return count


def _write(
    table: str, key: str, columns: Sequence[str], json_columns: set[str], changed: list[tuple[Any, ...]]
) -> None:
    setters = ", ".join(f'"{one}" = v."{one}"{"::jsonb" if one in json_columns else ""}' for one in columns)
    names = ", ".join(f'"{one}"' for one in columns)
    arrays = ", ".join(["%s::bigint[]", *["%s::text[]"] * len(columns)])
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" t SET {setters} FROM unnest({arrays}) AS v (id, {names})'
            f' WHERE t."{key}" = v.id',
            [list(one) for one in zip(*changed, strict=True)],
        )


def _cleaned(text: str | None, named: Named, *, as_json: bool) -> str | None:
    if not text:
        return text
    if not as_json:
        return named.without(text)
    value = json.loads(text)
    cleaned = named.out_of(value)
    return text if cleaned == value else json.dumps(cleaned, ensure_ascii=False)


def _patterns(named: Named) -> list[str]:
    plain = {*named.texts, *(json.dumps(one, ensure_ascii=False)[1:-1] for one in named.texts)}
    escaped = (one.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for one in plain)
    return [f"%{one}%" for one in escaped]


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, first, last, after = text[start - 1 : start], text[start], text[end - 1], text[end : end + 1]
    return not (_joins(before) and _joins(first)) and not (_joins(last) and _joins(after))


def _joins(char: str) -> bool:
    return char.isascii() and char.isalnum()
