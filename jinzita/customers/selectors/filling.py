"""How well the customers' records are filled in: one statement, over one customer or a million."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection

from jinzita.customers.fields import GRADES
from jinzita.customers.models import AttributeDefinition, AttributeType, Dimension
from jinzita.customers.selectors import nonsense
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Reach, Viewer

# What stands in a column or beside the customer, and how SQL knows that it is there.
FIXED = {
    "phone": "c.phone <> ''",
    "email": "c.email <> ''",
    "owner": "c.owner_id IS NOT NULL",
    "address": "EXISTS (SELECT FROM customers_address x WHERE x.customer_id = c.id)",
    "contact": "EXISTS (SELECT FROM customers_position x WHERE x.customer_id = c.id)",
    "credit_code": "EXISTS (SELECT FROM customers_identifier x WHERE x.customer_id = c.id"
    " AND x.kind = 'credit_code')",
}
# Of those in which nonsense counts as nothing: the text, and how SQL knows one of their own kind.
_TEXTS = {"phone": "c.phone", "email": "c.email"}
_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILE = r"^(86)?1[3-9][0-9]{9}$"
_CHECK = (
    "EXISTS (SELECT FROM customers_identifier x WHERE x.customer_id = c.id AND x.kind = 'credit_code'"
    f" AND (length(x.value) <> 18 OR (SELECT sum((strpos('{_SYMBOLS}', substr(x.value, n, 1)) - 1)"
    " * (ARRAY[1,3,9,27,19,26,16,17,20,29,25,13,8,24,10,30,28])[n]) FROM generate_series(1, 17) n)"
    f" %% 31 <> (31 - (strpos('{_SYMBOLS}', substr(x.value, 18, 1)) - 1)) %% 31))"
)
_DEAD = (
    "EXISTS (SELECT FROM customers_channel x WHERE x.customer_id = c.id AND x.kind = '{code}'"
    " AND x.value = c.{code} AND x.validity = 'invalid')"
)
_DIGITS = "regexp_replace(c.phone, '[^0-9]', '', 'g')"
_PHONE_WRONG = (
    f"(c.phone <> '' AND (length({_DIGITS}) NOT BETWEEN 7 AND 20 OR c.phone ~ '[A-WYZa-df-su-wyz@]'"
    f" OR ({_DIGITS} ~ '^1[0-9]{{10}}$' AND {_DIGITS} !~ '{_MOBILE}')))"
)
_PHONE_FAKE = f"regexp_replace({_DIGITS}, '^(00)?86(?=1[0-9]{{10}}$)', '') ~ '{nonsense.PHONE}'"
_EMAIL_WRONG = r"(c.email <> '' AND c.email !~ '^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$')"
_EMAIL_FAKE = f"lower(btrim(c.email)) ~ '{nonsense.EMAIL}'"
_NAME = "lower(btrim(c.name))"
_FAKE = {"phone": _PHONE_FAKE, "email": _EMAIL_FAKE}
# A day nobody at the customer was born on: one that stands for none, one to come, or one too long ago. The
# OFFSET has each customer's contacts looked up by the index, instead of all contacts read for each part.
_BIRTHDAY = (
    "EXISTS (SELECT FROM customers_position x JOIN customers_contact t ON t.id = x.contact_id"
    " WHERE x.customer_id = c.id AND x.until IS NULL AND t.trashed_at IS NULL"
    " AND (t.birthday = ANY(%s::date[]) OR t.birthday > %s::date"
    " OR t.birthday < %s::date - interval '130 years') OFFSET 0)"
)
# What is wrong with what is there.
FAULTS = {
    "name": f"(length(btrim(c.name)) < 2 OR {_NAME} ~ %s OR {_NAME} ~ '{nonsense.NAME}')",
    "phone": _PHONE_WRONG,
    "phone_fake": f"(NOT {_PHONE_WRONG} AND {_PHONE_FAKE})",
    "email": _EMAIL_WRONG,
    "email_fake": f"(NOT {_EMAIL_WRONG} AND {_EMAIL_FAKE})",
    "credit_code": f"(c.kind = 'organisation' AND {_CHECK})",
    "phone_dead": _DEAD.format(code="phone"),
    "email_dead": _DEAD.format(code="email"),
    "kind": "(c.kind = 'person' AND EXISTS (SELECT FROM customers_identifier x WHERE x.customer_id = c.id"
    " AND x.kind = 'credit_code'))",
}


@dataclass(frozen=True)
class Wanted:
    """A field that a record should have: how much it weighs; of which kind, at which grades and stages."""

    code: str
    weight: int
    kind: str = ""
    grades: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()


def known_codes() -> frozenset[str]:
    """Codes of everything a record can be asked for."""
    attributes = AttributeDefinition.objects.filter(archived_at=None, formula="").values_list(
        "code", flat=True
    )
    dimensions = Dimension.objects.values_list("code", flat=True)
    return frozenset(
        [*FIXED, *(f"attributes.{one}" for one in attributes), *(f"class.{one}" for one in dimensions)]
    )


def statement(
    wanted: Sequence[Wanted], *, empty: str, where: str, given: Sequence[Any], today: date
) -> tuple[str, list[Any]]:
    """SQL of what is known of the records, and its parameters.

    `where` is a condition on the customer `c`. Columns: id, owner_id, department_id, kind, grade, stage,
    changed_on, missing (codes), lacking and due (weights), faults (codes), odd_days (codes of attributes
    whose day is none, told as the fault `days`). Those in the trash or merged are left out, and so is what is
    wanted of a field that is no more.
    """
    columns, parameters = [], []
    dimensions = dict(Dimension.objects.values_list("code", "pk"))
    types = dict(AttributeDefinition.objects.filter(archived_at=None).values_list("code", "type"))
    used: list[Wanted] = []
    for one in wanted:
        found = _filled(one.code, empty, dimensions, types)
        if found is None:
            continue
        applies = "TRUE"
        own: list[Any] = []
        if one.kind:
            applies, own = "c.kind = %s", [one.kind]
        if one.grades:
            applies, own = f"{applies} AND s.grade = ANY(%s)", [*own, list(one.grades)]
        if one.stages:
            applies, own = f"{applies} AND y.stage = ANY(%s)", [*own, list(one.stages)]
        columns.append(f"CASE WHEN {applies} THEN NOT ({found[0]}) END AS m{len(used)}")
        parameters += [*own, *found[1]]
        used.append(one)
    odd = ", ".join(
        f"CASE WHEN c.attributes ->> '{code}' = ANY(%s) THEN 'attributes.{code}' END"
        for code, type_ in types.items()
        if type_ == AttributeType.DATE
    )
    parameters += [list(nonsense.DAYS)] * odd.count("%s")
    faults = ", ".join(f"CASE WHEN {sql} THEN '{code}' END" for code, sql in FAULTS.items())
    faults += f", CASE WHEN {_BIRTHDAY} THEN 'contact_birthday' END"
    parameters += [empty, list(nonsense.DAYS), today, today]
    missing = ", ".join(f"CASE WHEN m{n} THEN '{one.code}' END" for n, one in enumerate(used))
    lacking = " + ".join(f"CASE WHEN m{n} THEN {int(one.weight)} ELSE 0 END" for n, one in enumerate(used))
    due = " + ".join(
        f"CASE WHEN m{n} IS NULL THEN 0 ELSE {int(one.weight)} END" for n, one in enumerate(used)
    )
    sql = (
        "SELECT id, owner_id, department_id, kind, grade, stage, changed_on,"
        f" array_remove(ARRAY[{missing}]::varchar[], NULL) AS missing, {lacking or 0} AS lacking,"
        f" {due or 0} AS due, odd_days,"
        " CASE WHEN odd_days = '{}' THEN faults ELSE array_append(faults, 'days'::varchar) END AS faults"
        " FROM (SELECT c.id, c.owner_id, c.department_id, c.kind, s.grade, y.stage,"
        " (c.updated_at AT TIME ZONE %s)::date AS changed_on,"
        f" {''.join(f'{one}, ' for one in columns)}array_remove(ARRAY[{odd}]::varchar[], NULL) AS odd_days,"
        f" array_remove(ARRAY[{faults}]::varchar[], NULL) AS faults"
        " FROM customers_customer c JOIN customers_standing s ON s.customer_id = c.id"
        " LEFT JOIN customers_lifecycle y ON y.customer_id = c.id"
        f" WHERE c.merged_into_id IS NULL AND c.trashed_at IS NULL AND {where} OFFSET 0) known"
    )
    return sql, [settings.COMPANY_TIME_ZONE.key, *parameters, *given]


def _filled(
    code: str, empty: str, dimensions: dict[str, int], types: dict[str, str]
) -> tuple[str, list[Any]] | None:
    if code in FIXED:
        if code in _TEXTS:
            return f"{FIXED[code]} AND lower(btrim({_TEXTS[code]})) !~ %s AND NOT {_FAKE[code]}", [empty]
        return FIXED[code], []
    group, _, own = code.partition(".")
    if group == "class" and own in dimensions:
        place = dimensions[own]
        return (
            "EXISTS (SELECT FROM customers_classified x WHERE x.customer_id = c.id"
            f" AND x.dimension_id = {int(place)})"
        ), []
    if group != "attributes" or own not in types:
        return None
    value = f"c.attributes ->> '{own}'"
    if types[own] == AttributeType.TEXT:
        return f"c.attributes ? '{own}' AND lower(btrim({value})) !~ %s", [empty]
    return f"c.attributes ? '{own}'", []


def worth() -> str:
    """SQL of what the customers whose records can be filled in are worth: customer_id, rank (of the grade, 0
    the highest) and score.
    """
    rank = " ".join(f"WHEN '{one.value}' THEN {place}" for place, one in enumerate(GRADES))
    return (
        f"SELECT s.customer_id, CASE s.grade {rank} END AS rank, s.score FROM customers_standing s"
        " JOIN customers_customer c ON c.id = s.customer_id"
        " WHERE c.merged_into_id IS NULL AND c.trashed_at IS NULL AND c.erased_at IS NULL"
    )


def sample(viewer: Viewer, size: int, *, of: int) -> list[int]:
    """Ids of about `size` of the viewer's `of` customers; all when they are no more."""
    rows = visible_to(viewer).order_by()
    if of <= size:
        return list(rows.values_list("pk", flat=True))
    if viewer.reach is not Reach.ALL:
        return list(rows.order_by("?").values_list("pk", flat=True)[:size])
    with connection.cursor() as cursor:
        # The same blocks each time, so that two sets of numbers are tried on the same customers.
        cursor.execute(
            "SELECT id FROM customers_customer TABLESAMPLE SYSTEM (%s) REPEATABLE (1)", [100 * size / of]
        )
        drawn = [pk for (pk,) in cursor.fetchall()]
    return list(rows.filter(pk__in=drawn).values_list("pk", flat=True))


def last_of_part(after: int, size: int) -> int | None:
    """The id at which a part of `size` customers after this id ends; None when there are none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM (SELECT id FROM customers_customer WHERE id > %s ORDER BY id LIMIT %s) part",
            [after, size],
        )
        found = cursor.fetchone()[0]
    return None if found is None else int(found)
