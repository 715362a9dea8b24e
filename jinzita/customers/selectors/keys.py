"""Which customers the rows of a file mean, when they name them by a key: all rows of a batch in one query."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from django.db import connection

from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.fields.keys import BETWEEN, normal_key
from jinzita.customers.fields.search_text import SORT_LENGTH, normal, readings
from jinzita.customers.models import AttributeDefinition, IndexState
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Reach, Viewer
from jinzita.kernel.records import FieldType

# The same expressions stand in the indexes.
PHONE_END = "right(regexp_replace(normalize({}, NFKC), '[^0-9]', '', 'g'), 8)"
EMAIL_FOLDED = "lower(normalize({}, NFKC))"
# Of those that a key may mean, so many are named.
MOST_NAMED = 5
# By these a tax number may stand at the customer: of Chinese companies it is the credit code.
_AS = {"tax": ["tax", "credit_code"]}
Pairs = Iterable[tuple[str, int]]


@dataclass
class Meant:
    """Whom normal keys mean: one customer, several, one that lies in the trash, or one out of sight."""

    one: dict[str, int] = field(default_factory=dict)
    several: dict[str, list[int]] = field(default_factory=dict)
    trashed: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)

    def knows(self, key: str) -> bool:
        """Whether the key means anybody."""
        return key in self.one or key in self.several or key in self.trashed or key in self.hidden

    def candidates(self, by: Viewer, keys: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
        """Id and name of those that keys of several customers may mean, as far as the viewer sees them."""
        wanted = {key: self.several[key] for key in keys}
        ids = {one for some in wanted.values() for one in some}
        names = dict(visible_to(by).filter(pk__in=ids).values_list("pk", "name"))
        return {
            key: [(one, names[one]) for one in some if one in names][:MOST_NAMED]
            for key, some in wanted.items()
        }


def meant(
    by: Viewer, key: str, values: Sequence[str], *, source: str = "", formerly: bool = False
) -> Meant:  # fmt: skip
    """Whom these normal keys mean; merged customers lead to their survivor.

    `source` is the system of keys that only mean something there (source_key, external). `formerly`: a name
    that nobody has at present means who had it before a merge.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for value, customer_id in _pairs(key, values, source):
        found[value].add(customer_id)
    if formerly and key == "name":
        for value, customer_id in _by_former_name([one for one in values if one not in found]):
            found[value].add(customer_id)
    ids = {one for some in found.values() for one in some}
    # What a source says of its own customers goes on to those in the trash: they may be restored.
    trashed = set() if key == "source_key" else _trashed(ids)
    seen = (
        ids if by.reach is Reach.ALL else set(visible_to(by).filter(pk__in=ids).values_list("pk", flat=True))
    )
    answer = Meant()
    for value, several in found.items():
        standing = sorted(several - trashed)
        if not standing:
            answer.trashed.add(value)
        elif len(standing) > 1:
            answer.several[value] = standing
        elif standing[0] in seen:
            answer.one[value] = standing[0]
        else:
            answer.hidden.add(value)
    return answer


def _trashed(ids: Iterable[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM customers_customer WHERE id = ANY(%s) AND trashed_at IS NOT NULL", [list(ids)]
        )
        return {one for (one,) in cursor.fetchall()}


def _pairs(key: str, values: Sequence[str], source: str) -> Pairs:
    if key.startswith(PREFIX):
        return _by_attribute(key.removeprefix(PREFIX), values)
    if key in _BY:
        return _BY[key](values)
    if key == "source_key":
        return _by_source(values, source)
    return _by_number(key, values, source if key == "external" else "")


def _asked(query: str, parameters: Sequence[list[str] | str]) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(parameters))
        return cursor.fetchall()


def _by_source(values: Sequence[str], source: str) -> Pairs:
    """By the key at the source itself, or, of those made by somebody else, by their id there."""
    found = _asked(
        "SELECT v.k, coalesce(c.merged_into_id, c.id) FROM unnest(%s::text[]) v(k)"
        " JOIN customers_customer c ON c.source = %s AND c.source_key = v.k",
        [list(values), source],
    )
    known = {value for value, _ in found}
    rest = [value for value in values if value not in known]
    return [*found, *_by_number("external", rest, source)] if rest else found


def _by_number(kind: str, values: Sequence[str], source: str) -> Pairs:
    return _asked(
        "SELECT v.k, coalesce(c.merged_into_id, c.id) FROM unnest(%s::text[]) v(k)"
        " JOIN customers_identifier i ON i.value = v.k AND i.kind = ANY(%s) AND i.source = %s"
        " JOIN customers_customer c ON c.id = i.customer_id",
        [list(values), _AS.get(kind, [kind]), source],
    )


def _by_way(kind: str, folded: str, ends: Mapping[str, list[str]]) -> Pairs:
    """By a way to reach it: among its channels, and in its own column, whose normal form is checked here."""
    values = [value for some in ends.values() for value in some]
    found = _asked(
        "SELECT v.k, coalesce(c.merged_into_id, c.id) FROM unnest(%s::text[]) v(k)"
        " JOIN customers_channel h ON h.normal = v.k AND h.kind = %s"
        " JOIN customers_customer c ON c.id = h.customer_id",
        [values, kind],
    )
    rows = _asked(
        f"SELECT c.{kind}, coalesce(c.merged_into_id, c.id) FROM unnest(%s::text[]) v(k)"
        f" JOIN customers_customer c ON {folded.format(f'c.{kind}')} = v.k AND c.{kind} <> ''",
        [list(ends)],
    )
    wanted = set(values)
    read = ((normal_key(kind, text), customer_id) for text, customer_id in rows)
    return [*found, *((value, customer_id) for value, customer_id in read if value in wanted)]  # type: ignore[misc]


def _by_record(values: Sequence[str]) -> Pairs:
    return _asked(
        "SELECT v.k, coalesce(c.merged_into_id, c.id) FROM unnest(%s::text[]) v(k)"
        " JOIN customers_customer c ON c.id = v.k::bigint",
        [list(values)],
    )


def _by_phone(values: Sequence[str]) -> Pairs:
    ends: dict[str, list[str]] = defaultdict(list)
    for value in values:
        ends["".join(filter(str.isdigit, value))[-8:]].append(value)
    return _by_way("phone", PHONE_END, ends)


def _by_email(values: Sequence[str]) -> Pairs:
    return _by_way("email", EMAIL_FOLDED, {value: [value] for value in values})


def _by_name(values: Sequence[str]) -> Pairs:
    return ((value, customer_id) for value, customer_id, _ in _named(values, lambda value: value))


def _by_former_name(values: Sequence[str]) -> Pairs:
    if not values:
        return []
    return _asked(
        "SELECT f.name, s.customer_id FROM customers_searchkey s CROSS JOIN LATERAL unnest(s.former) f(name)"
        " WHERE s.former && %s::text[] AND s.former <> '{}' AND f.name = ANY(%s)",
        [list(values), list(values)],
    )


def _by_name_and_region(values: Sequence[str]) -> Pairs:
    for value, customer_id, region in _named(values, lambda value: value.partition(BETWEEN)[0]):
        if value.partition(BETWEEN)[2] == (region or ""):
            yield value, customer_id


def _named(values: Sequence[str], name_of: Callable[[str], str]) -> Iterable[tuple[str, int, str | None]]:
    """Keys and the customers called so, each with its region: found as said, compared as written."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for value in values:
        by_name[name_of(value)].append(value)
    said = {
        "".join(readings(name, person=person))[:SORT_LENGTH] for name in by_name for person in (False, True)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.name, c.id, c.attributes ->> 'region' FROM unnest(%s::text[]) v(k)"
            " JOIN customers_searchkey s ON s.sort = v.k JOIN customers_customer c ON c.id = s.customer_id",
            [list(said)],
        )
        for name, customer_id, region in cursor.fetchall():
            for value in by_name.get(normal(name), ()):
                yield value, customer_id, region


def _by_attribute(code: str, values: Sequence[str]) -> Pairs:
    definition = AttributeDefinition.objects.get(code=code)
    json_of = {text: value for value in values if (text := json.dumps(_as_kept(definition, value)))}
    if definition.index_state == IndexState.READY:
        # A code is a plain identifier by constraint.
        fits = f"c.attributes -> '{code}' = v.k::jsonb"
    else:
        fits = f"c.attributes @> jsonb_build_object('{code}', v.k::jsonb)"
    found = _asked(
        "SELECT v.k, coalesce(c.merged_into_id, c.id) FROM unnest(%s::text[]) v(k)"
        f" JOIN customers_customer c ON {fits}",
        [list(json_of)],
    )
    return [(json_of[value], customer_id) for value, customer_id in found]


def attribute_key(code: str, value: str) -> str | int | float | None:
    """A key that is an attribute, as the attribute keeps it; None when it cannot be one."""
    return _as_kept(AttributeDefinition.objects.get(code=code), value)


def _as_kept(definition: AttributeDefinition, value: str) -> str | int | float | None:
    if definition.type != FieldType.NUMBER:
        return value
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number if isfinite(number) else None


_BY: Mapping[str, Callable[[Sequence[str]], Pairs]] = {
    "record": _by_record,
    "phone": _by_phone,
    "email": _by_email,
    "name": _by_name,
    "name_region": _by_name_and_region,
}
