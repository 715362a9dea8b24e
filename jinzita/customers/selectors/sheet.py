"""What stands on a customer's sheet of paper, in words, as far as the viewer's role shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.conf import settings

from jinzita.customers.fields import CUSTOMERS, GRADES
from jinzita.customers.fields.added import added_values
from jinzita.customers.fields.contacts import ROLES
from jinzita.customers.models import Contact, Customer, Position, Validity
from jinzita.customers.selectors import contacts, timeline
from jinzita.customers.selectors.channels import Way
from jinzita.customers.selectors.customers import customer, ordered, reader_of
from jinzita.kernel import records
from jinzita.kernel.access import Viewer
from jinzita.kernel.export import worded
from jinzita.kernel.field_access import shown
from jinzita.kernel.records import Field, FieldType

Language = Literal["en", "zh"]
LATEST, MOST_PEOPLE, LONGEST = 20, 50, 300
# What was entered by hand came from nowhere else, and has no key there.
_BY_HAND = "manual"
# Said in the heading already.
_ABOVE = ("name", "grade", "score", "score_as_of", "owner", "department", "computed_grade")


@dataclass(frozen=True)
class Sheet:
    """A sheet's parts: single lines, then fields with their values, people, and what happened last."""

    name: str
    standing: str
    keeper: str
    fields: list[tuple[str, str]]
    people: list[tuple[str, str, str]]
    further_people: int
    entries: list[tuple[str, str, str, str]]
    field_codes: list[str]


def sheet(viewer: Viewer, customer_id: int, language: Language) -> Sheet:
    """The sheet of one customer. Raises NotFound."""
    one = customer(viewer, customer_id)
    zh = language == "zh"
    fields = [
        field
        for field in CUSTOMERS.read_fields(viewer)
        if field.exportable and field.code not in _ABOVE and field.applies_to in ("", one.kind)
    ]
    (row,) = ordered(viewer, filter=None, q=None, sort=None, shown=fields, ids=[one.pk])
    known, added = [], added_values()
    for field in fields:
        if one.source == _BY_HAND and field.code in ("source", "source_key"):
            continue
        value = one.attributes.get(field.key) if field.in_attributes else reader_of(field)(row)
        if value is False and field.code in added:  # such as that it may be contacted: said when it is not so
            continue
        if isinstance(value, dict):  # a reference, with its name
            value = value.get("name")
        text = _text(field, worded(field, language)(shown(field.access, value)))
        if text:
            known.append((field.zh if zh else field.en, f"{text} {field.unit}".strip()))
    people = _people(viewer, customer_id, zh)
    return Sheet(
        one.name, _standing(one, zh), _keeper(one, zh), known,
        people[:MOST_PEOPLE], len(people[MOST_PEOPLE:]),
        _entries(viewer, customer_id, zh), [field.code for field in fields],
    )  # fmt: skip


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not number or field.type is FieldType.TEXT:
        return str(value)  # also a number that the role shows masked, or that is a name, not a figure
    if field.type is FieldType.MONEY:
        return f"{Decimal(str(value)):,.2f} {settings.COMPANY_CURRENCY}"
    if field.in_attributes:  # as it was entered
        return f"{Decimal(str(value)).normalize():,f}"
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"


def _standing(one: Customer, zh: bool) -> str:
    grade = next((each.zh if zh else each.en for each in GRADES if each.value == one.standing.grade), "")
    if one.standing.score is None:
        return grade
    score = f"{one.standing.score:.1f}"
    day = f" ({one.standing.as_of})" if one.standing.as_of else ""
    return f"{grade} · {score} 分{day}" if zh else f"{grade} · score {score}{day}"


def _keeper(one: Customer, zh: bool) -> str:
    owner = one.owner.shown_name if one.owner else ("无负责人" if zh else "no owner")
    before = "负责人：" if zh else "Owner: "
    return before + " · ".join([owner, *([one.department.name] if one.department else [])])


def _people(viewer: Viewer, customer_id: int, zh: bool) -> list[tuple[str, str, str]]:
    """Who is to be spoken to; not who left, or was erased."""
    found = []
    for person, ways in contacts.contacts_of(viewer, customer_id):
        seats: list[Position] = person.seen_positions  # type: ignore[attr-defined]
        seat = next(one for one in seats if one.customer_id == customer_id)
        if seat.until is None and person.erased_at is None:
            found.append(_person(person, seat, ways, zh))
    return found


def _person(person: Contact, seat: Position, ways: Sequence[Way], zh: bool) -> tuple[str, str, str]:
    role = next((one.zh if zh else one.en for one in ROLES if one.value == seat.role), "")
    reached = [way.value for way in ways if way.validity != Validity.INVALID]
    return person.name, " · ".join(filter(None, [seat.title, role])), " · ".join(reached)


def _entries(viewer: Viewer, customer_id: int, zh: bool) -> list[tuple[str, str, str, str]]:
    kinds = {code: kind for code, kind in timeline.kinds().items() if not kind.of_record}
    found, _ = timeline.entries(viewer, customer_id, kinds=list(kinds), limit=LATEST)
    return [
        (
            f"{one.at.astimezone(settings.COMPANY_TIME_ZONE):%Y-%m-%d}",
            kinds[one.kind].called[1 if zh else 0],
            _what(one, kinds[one.kind].plural, zh),
            one.by,
        )
        for one in found
    ]


def _what(one: timeline.Entry, plural: str, zh: bool) -> str:
    """The words of an entry: its kind where its owner declared one, its text, its money."""
    grades = {each.value: each.zh if zh else each.en for each in GRADES}
    parts = [_choice(one, plural, zh), _short(one.title.strip())]
    if "from" in one.detail:
        parts.append(f"{grades.get(one.detail['from'], '')} → {grades.get(one.detail['to'], '')}")
    elif "grade" in one.detail:
        parts.append(grades.get(one.detail["grade"], ""))
    if one.amount is not None:
        parts.append(f"{one.amount:,.2f} {settings.COMPANY_CURRENCY}")
    return " · ".join(part for part in parts if part)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _choice(one: timeline.Entry, plural: str, zh: bool) -> str:
    declared = records.kinds().get(plural)
    fields = {field.code: field for field in declared.read_fields()} if declared else {}
    for code in ("kind", "status"):
        for choice in fields[code].choices if code in fields and code in one.detail else ():
            if choice.value == one.detail[code]:
                return choice.zh if zh else choice.en
    return ""
