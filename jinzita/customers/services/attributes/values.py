"""Values of attributes: checked as they are entered, and computed where a formula says so."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from psycopg.types.json import Jsonb

from jinzita.customers.fields import FIXED, attribute_field
from jinzita.customers.fields.attributes import role_of
from jinzita.customers.models import AttributeDefinition, Customer, Lifecycle, Mandatory, Stage
from jinzita.customers.selectors.attributes import computed, fixed_inputs_of, formulas_of
from jinzita.customers.selectors.visible import visible_ids
from jinzita.kernel import outbox
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import FieldType
from jinzita.kernel.records.parsing import json_value, parse_entry
from jinzita.people import selectors as people

STEP = 5_000
# Numbers every customer has, which formulas may name as ``customer.CODE``.
FIXED_NUMBERS = {one.code: one.orm for one in FIXED if one.type in (FieldType.NUMBER, FieldType.MONEY)}


def parsed(by: Viewer, changes: Mapping[str, Any], stage: str = "") -> dict[str, Any]:
    """What somebody enters, as it is kept; None removes. Raises Invalid naming ``attributes.CODE``.

    `stage` is the customer's: what is needed from an earlier one on cannot be removed.
    """
    if not changes:
        return {}
    role = role_of(by)
    known = {one.code: one for one in AttributeDefinition.objects.filter(archived_at=None)}
    found: dict[str, Any] = {}
    for code, raw in changes.items():
        place = f"attributes.{code}"[:200]
        definition = known.get(code)
        if definition is None or not definition.shown_to(role):
            raise Invalid.at(place, "unknown_attribute", "The company keeps no attribute of this code.")
        if not definition.edited_by(role):
            raise Invalid.at(place, "read_only", f"{place} is computed, or not yours to enter.")
        if raw is None or raw == "" or raw == []:
            if role is not None and _needed(definition, stage):
                raise Invalid.at(place, "required", f"{place} cannot be left empty.")
            found[code] = None
            continue
        if isinstance(raw, Mapping) and "id" in raw:
            raw = raw["id"]  # a reference as it was given out
        value = parse_entry(attribute_field(definition), raw, place)
        if definition.references:
            _require_known(by, definition.references, value, place)
        found[code] = json_value(value)
    return found


def merged(by: Viewer, one: Customer, changes: Mapping[str, Any]) -> dict[str, Any]:
    """A customer's attributes after these changes, formulas included."""
    result = dict(one.attributes)
    for code, value in parsed(by, changes, stage_of(one.pk)).items():
        if value is None:
            result.pop(code, None)
        else:
            result[code] = value
    formulas = formulas_of(_with_formula())
    fixed = _fixed_of([one.pk]).get(one.pk, {}) if formulas and one.pk else {}
    return computed(formulas, result, fixed)


def stage_of(customer_id: int | None) -> str:
    """The stage of a customer's life; a new one is at the first."""
    found = Lifecycle.objects.filter(pk=customer_id).values_list("stage", flat=True).first()
    return found or Stage.SUSPECT


def _needed(definition: AttributeDefinition, stage: str) -> bool:
    """Whether a customer at this stage (empty: at any) needs the attribute."""
    if definition.mandatory == Mandatory.FROM_STAGE and stage:
        order = Stage.values
        since = definition.mandatory_stage
        return since in order and order.index(stage) >= order.index(since)
    return definition.mandatory == Mandatory.ALWAYS


def missing(
    by: Viewer, kind: str, attributes: Mapping[str, Any], stage: str = Stage.SUSPECT
) -> list[str]:  # fmt: skip
    """Codes of the attributes that a customer of this kind at this stage needs and lacks; the system may
    lack any.
    """
    role = role_of(by)
    if role is None:
        return []
    needed = AttributeDefinition.objects.filter(
        archived_at=None, mandatory__in=(Mandatory.ALWAYS, Mandatory.FROM_STAGE), applies_to__in=("", kind)
    )
    return [
        one.code
        for one in needed
        if _needed(one, stage) and one.edited_by(role) and one.code not in attributes
    ]


def kept_from_emptying(
    by: Viewer, customer_ids: Sequence[int], codes: Sequence[str]
) -> dict[int, AttributeDefinition]:
    """Of customers whose attributes of these codes shall be emptied, those whose stage of life needs one they
    have. The system may empty any.
    """
    if role_of(by) is None or not codes:
        return {}
    found: dict[int, AttributeDefinition] = {}
    for one in AttributeDefinition.objects.filter(code__in=codes, mandatory=Mandatory.FROM_STAGE):
        stages = [stage for stage in Stage.values if _needed(one, stage)]
        rows = Customer.objects.filter(
            pk__in=RawSQL("SELECT unnest(%s::bigint[])", [list(customer_ids)]), attributes__has_key=one.code,
            lifecycle__stage__in=stages, **({"kind": one.applies_to} if one.applies_to else {}),
        )  # fmt: skip
        found |= dict.fromkeys(rows.values_list("pk", flat=True), one)
    return found


def require_mandatory(by: Viewer, kind: str, attributes: Mapping[str, Any]) -> None:
    """Raise Invalid when a new customer lacks a mandatory attribute."""
    for code in missing(by, kind, attributes):
        raise Invalid.at(f"attributes.{code}", "required", f"attributes.{code} is needed.")


def recompute(
    customer_ids: Sequence[int] | None = None, *, progress: Callable[[int], object] = lambda done: None
) -> int:
    """Compute the formulas of these customers (None: of all) anew; answers how many changed."""
    formulas = formulas_of(_with_formula())
    if not formulas:
        return 0
    changed, done = 0, 0
    for ids in _parts(customer_ids):
        fixed = _fixed_of(ids)
        rows = Customer.objects.filter(pk__in=ids).values_list("pk", "attributes")
        new = [
            (pk, after)
            for pk, before in rows
            if (after := computed(formulas, before, fixed.get(pk, {}))) != before
        ]
        changed += _write(new, [code for code, _ in formulas])
        done += len(ids)
        progress(done)
    return changed


def follow_scores() -> None:
    """Scores changed in bulk: the formulas that rest on them are computed anew by a worker."""
    if any(fixed_inputs_of(one) for _, one in formulas_of(_with_formula())):
        outbox.defer("customers.compute_formulas", queue="long", once="compute_formulas", job_id=None)


def _with_formula() -> list[AttributeDefinition]:
    return list(AttributeDefinition.objects.exclude(formula="").filter(archived_at=None))


def _require_known(by: Viewer, kind: str, pk: int, place: str) -> None:
    found = people.owners({pk}) if kind == "users" else visible_ids(by, [pk])
    if not found:
        raise Invalid.at(place, "unknown_record", f"{place} names a record that is not there.")


def _parts(customer_ids: Sequence[int] | None) -> Any:
    if customer_ids is not None:
        for start in range(0, len(customer_ids), STEP):
            yield list(customer_ids[start : start + STEP])
        return
    last = 0
    while ids := list(
        Customer.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:STEP]
    ):
        yield ids
        last = ids[-1]


def _fixed_of(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = Customer.objects.filter(pk__in=ids).values_list("pk", *FIXED_NUMBERS.values())
    return {pk: dict(zip(FIXED_NUMBERS, several, strict=True)) for pk, *several in rows}


@transaction.atomic
def _write(rows: Sequence[tuple[int, Mapping[str, Any]]], codes: Sequence[str]) -> int:
    """Write the computed attributes alone, so that what somebody enters at this moment stays."""
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.computed")
        cursor.execute("CREATE TEMP TABLE computed (id bigint, found jsonb) ON COMMIT DROP")
        with cursor.copy("COPY computed FROM STDIN") as copy:
            for pk, attributes in rows:
                copy.write_row((pk, Jsonb({code: attributes[code] for code in codes if code in attributes})))
        cursor.execute(
            "UPDATE customers_customer c SET attributes = (c.attributes - %s::text[]) || n.found"
            " FROM computed n WHERE c.id = n.id",
            [list(codes)],
        )
        return int(cursor.rowcount)
