"""SQL that reads customers, moments and amounts out of a file's columns, however they are written."""

from __future__ import annotations

import duckdb

from jinzita.analytics.errors import FileError
from jinzita.analytics.ledger.opening import RawFile, text_literal

_SAMPLE = 2000
_NO_CUSTOMER = ("", "null", "nan", "none", "n/a", "#n/a", "<na>", "-")
# Each with the pattern a value must match first: strptime alone would take 2/3/11 for the year 2.
_DATE_FORMATS = (
    ("%Y-%m-%d", r"\d{4}-\d{1,2}-\d{1,2}"),
    ("%Y/%m/%d", r"\d{4}/\d{1,2}/\d{1,2}"),
    ("%Y.%m.%d", r"\d{4}\.\d{1,2}\.\d{1,2}"),
    ("%Y年%m月%d日", r"\d{4}年\d{1,2}月\d{1,2}日"),
    ("%Y%m%d", r"\d{8}"),
    ("%m/%d/%Y", r"\d{1,2}/\d{1,2}/\d{4}"),
    ("%d/%m/%Y", r"\d{1,2}/\d{1,2}/\d{4}"),
    ("%d.%m.%Y", r"\d{1,2}\.\d{1,2}\.\d{4}"),
    ("%d-%m-%Y", r"\d{1,2}-\d{1,2}-\d{4}"),
    ("%m/%d/%y", r"\d{1,2}/\d{1,2}/\d{2}"),
    ("%d/%m/%y", r"\d{1,2}/\d{1,2}/\d{2}"),
    ("%d-%b-%Y", r"\d{1,2}-[A-Za-z]{3}-\d{4}"),
    ("%d %b %Y", r"\d{1,2} [A-Za-z]{3} \d{4}"),
    ("%b %d, %Y", r"[A-Za-z]{3} \d{1,2}, \d{4}"),
)
_CLOCK = r"\d{1,2}:\d{2}(:\d{2})?"
_TIME = rf"([ T]+{_CLOCK}(\.\d+)?( ?[AaPp][Mm])?(Z|[+-]\d{{2}}:?\d{{2}})?)?"


def name_sql(column: str) -> str:
    """A column's name as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'


def customer_sql(column: str, kind: str) -> str:
    """A customer's key as text; 17850.0 is what programs make of 17850 when some are missing."""
    name = name_sql(column)
    if kind in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN {name} = floor({name}) THEN {name}::BIGINT::VARCHAR ELSE {name}::VARCHAR END"
    if "INT" in kind:
        return f"{name}::VARCHAR"
    text = f"regexp_replace(trim({name}::VARCHAR), '^([0-9]+)\\.0+$', '\\1')"
    nobody = ", ".join(text_literal(word) for word in _NO_CUSTOMER)
    return f"CASE WHEN lower({text}) NOT IN ({nobody}) THEN {text} END"


def moment_sql(
    connection: duckdb.DuckDBPyConnection, raw: RawFile, column: str, kind: str, time_zone: str
) -> tuple[str, list[str]]:
    """SQL of the moment (null when unreadable), and notes on what was assumed.

    Raises FileError when the column's type can hold no dates.
    """
    name = name_sql(column)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"({name} AT TIME ZONE {text_literal(time_zone)})", []
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        return f"try_cast({name} AS TIMESTAMP)", []
    if "INT" in kind:  # 20111209
        return f"try_strptime({name}::VARCHAR, '%Y%m%d')", []
    if kind == "VARCHAR":
        return _text_moment(connection, raw, name)
    raise FileError(f"the column {column} holds no dates ({kind})", code="not_a_date", where=str(raw.path))


def _text_moment(connection: duckdb.DuckDBPyConnection, raw: RawFile, name: str) -> tuple[str, list[str]]:
    """The format that reads most of a sample; day and month are told apart by values above 12."""
    sample = f'SELECT DISTINCT trim({name}) AS v FROM "{raw.table}" WHERE {name} IS NOT NULL LIMIT {_SAMPLE}'
    counts = ", ".join(f"count({_parsed('v', *one)})" for one in _DATE_FORMATS)
    row = connection.execute(f"SELECT {counts} FROM ({sample})").fetchone() or ()
    read = dict(zip((form for form, _ in _DATE_FORMATS), row, strict=False))
    best = max(_DATE_FORMATS, key=lambda one: read.get(one[0], 0))  # the first of equals
    other = best[0].replace("%m/%d", "%d/%m")
    notes = []
    if best[0].startswith("%m/%d") and read.get(best[0], 0) == read.get(other, 0) > 0:
        notes.append(f"{raw.path.name}: dates such as 2/3/2011 are read as month/day/year")
    return _parsed(f"trim({name})", *best), notes


def _parsed(value: str, form: str, pattern: str) -> str:
    """SQL that reads the day by its format and adds the time of day where one is written."""
    day = f"try_strptime(regexp_extract({value}, '^{pattern}'), '{form}')"
    clock = f"regexp_extract({value}, '^{pattern}[ T]+({_CLOCK})', 1)"
    clock = f"try_cast(CASE WHEN length({clock}) IN (4, 7) THEN '0' || {clock} ELSE {clock} END AS TIME)"
    whole = f"regexp_full_match({value}, '{pattern}{_TIME}')"
    return f"CASE WHEN {whole} THEN coalesce({day}::DATE + {clock}, {day}) END"


def amount_sql(
    connection: duckdb.DuckDBPyConnection, raw: RawFile, factors: tuple[str, ...], types: dict[str, str]
) -> str:
    """SQL of an amount or a product as decimal(18,4); null when unreadable or too large."""
    parts = [f[1:] if f.startswith("#") else _number(connection, raw, f, types[f]) for f in factors]
    if len(parts) == 1:
        return f"try_cast({parts[0]} AS DECIMAL(18,4))"
    product = " * ".join(f"try_cast({part} AS DOUBLE)" for part in parts)
    return f"try_cast({product} AS DECIMAL(18,4))"


def _number(connection: duckdb.DuckDBPyConnection, raw: RawFile, column: str, kind: str) -> str:
    """SQL of a number; text loses currency signs, full-width forms and separators, (5.00) becomes -5.00."""
    name = name_sql(column)
    if kind != "VARCHAR":
        return name
    wide, narrow = "０１２３４５６７８９．，－￥¥$€£元 _\u00a0", "0123456789.,-"
    text = f"translate(trim({name}), '{wide}', '{narrow}')"
    if _decimal_comma(connection, raw, text):
        text = f"replace(replace({text}, '.', ''), ',', '.')"
    else:
        text = f"replace({text}, ',', '')"
    text = f"regexp_replace({text}, '^\\((.*)\\)$', '-\\1')"
    shape = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
    return f"CASE WHEN regexp_full_match({text}, '{shape}') THEN {text} END"


def _decimal_comma(connection: duckdb.DuckDBPyConnection, raw: RawFile, text: str) -> bool:
    """Whether amounts look like 1.234,56: a comma before the last one or two digits, no point after it."""
    row = connection.execute(
        "SELECT count(*) FILTER (regexp_full_match(v, '-?[0-9.]*,[0-9]{1,2}')), "
        "count(*) FILTER (regexp_matches(v, '\\.[0-9]{1,2}$')) "
        f'FROM (SELECT {text} AS v FROM "{raw.table}" LIMIT {_SAMPLE})'
    ).fetchone()
    return bool(row and row[0] > 0 and row[1] == 0)
