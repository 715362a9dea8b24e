"""Writes of identifiers: the list of a customer as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from jinzita.customers.events import CustomersChanged
from jinzita.customers.fields.numbers import READ
from jinzita.customers.models import Identifier
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.selectors.identifiers import Known, known_of
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services.channels import require_unchanged
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events, values
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem

MOST_IDENTIFIERS = 50
# Of these a customer has one.
_ONE = ("credit_code",)


@transaction.atomic
def replace_identifiers(
    *, by: Viewer, customer_id: int, items: Sequence[Mapping[str, Any]], version: str | None
) -> None:
    """Make these the customer's identifiers, in this order. One that another customer has is refused.

    Raises NotFound, Forbidden, Invalid, Conflict.
    """
    one = locked(by, customer_id)
    before = known_of(one.pk)
    require_unchanged(version, fingerprint(before))
    after = _checked(items)
    if after == before:
        return
    _refuse_taken(by, one.pk, after)
    Identifier.objects.filter(customer=one).delete()
    try:
        with transaction.atomic():
            Identifier.objects.bulk_create(
                Identifier(customer=one, position=place, **vars(each)) for place, each in enumerate(after)
            )
    except IntegrityError:
        raise Conflict("Another customer was just given one of these numbers.", code="taken") from None
    complete_new([one.pk])
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk,
        changes={"identifiers": [[_told(each) for each in before], [_told(each) for each in after]]},
    )  # fmt: skip
    events.publish(CustomersChanged([one.pk]))


def _checked(items: Sequence[Mapping[str, Any]]) -> list[Known]:
    if len(items) > MOST_IDENTIFIERS:
        raise Invalid.at("identifiers", "too_many", f"There are at most {MOST_IDENTIFIERS} identifiers.")
    problems: list[Problem] = []
    found: list[Known] = []
    for number, item in enumerate(items):
        place = f"identifiers[{number}]"
        try:
            known = _known(item, place)
        except Invalid as wrong:
            problems += wrong.problems
            continue
        if known in found or (known.kind in _ONE and any(known.kind == each.kind for each in found)):
            problems.append(Problem(f"{place}.value", "twice", f"“{known.value}” is one too many."))
        found.append(known)
    if problems:
        raise Invalid(problems[0].message, problems=problems)
    return found


def _known(item: Mapping[str, Any], place: str) -> Known:
    kind = item.get("kind", "")
    if kind not in READ:
        raise Invalid.at(f"{place}.kind", "unknown_choice", "This is not a kind of identifier.")
    source = ""
    if kind == "external":
        source = values.plain_text(item.get("source") or "", f"{place}.source", longest=50).strip()
        if not source:
            raise Invalid.at(f"{place}.source", "required", "An external id says of which system.")
    raw = values.plain_text(item.get("value") or "", f"{place}.value", longest=120)
    if not raw.strip():
        raise Invalid.at(f"{place}.value", "required", "A number is needed.")
    return Known(kind, source, READ[kind](raw, f"{place}.value"))


def _refuse_taken(by: Viewer, customer_id: int, wanted: Sequence[Known]) -> None:
    taken = {
        Known(kind, source, value): owner
        for kind, source, value, owner in Identifier.objects.filter(value__in=[each.value for each in wanted])
        .exclude(customer_id=customer_id)
        .values_list("kind", "source", "value", "customer_id")
    }
    seen = dict(visible_to(by).filter(pk__in=taken.values()).values_list("pk", "name"))
    problems = [
        Problem(
            f"identifiers[{place}].value",
            "taken_by" if taken[each] in seen else "taken",
            f"{seen.get(taken[each], 'Another customer')} has this number already.",
            {"customer": seen[taken[each]], "customer_id": taken[each]} if taken[each] in seen else {},
        )
        for place, each in enumerate(wanted) if each in taken
    ]  # fmt: skip
    if problems:
        raise Invalid(problems[0].message, problems=problems)


def _told(one: Known) -> str:
    return f"{one.kind}{' ' + one.source if one.source else ''}: {one.value}"
