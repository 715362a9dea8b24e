"""Definitions of attributes: made, changed, archived, deleted while everybody works, without a migration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from graphlib import CycleError
from typing import Any

import pyarrow as pa
from django.db import IntegrityError, transaction

from jinzita.analytics import formulas
from jinzita.analytics.errors import FormulaError
from jinzita.customers.models import AttributeDefinition, AttributeType, IndexState, Kind, Mandatory
from jinzita.customers.selectors import attributes as reads
from jinzita.customers.services.attributes.values import FIXED_NUMBERS
from jinzita.kernel import audit, jobs, outbox, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import Job
from jinzita.kernel.records.parsing import matches

JOB = "attribute"
REFERENCED = ("customers", "users")
MOST_ATTRIBUTES, MOST_CHOICES = 1000, 500
_INDEXABLE = frozenset(AttributeType.values) - {AttributeType.CHOICES}


@dataclass(frozen=True)
class Changed:
    """A definition, and the job that brings the customers' values after it, when there is anything to do."""

    definition: AttributeDefinition
    job: Job | None = None


@transaction.atomic
def define_attribute(*, by: Viewer, code: str, **values: Any) -> Changed:
    """A new attribute, to be used at once. Raises Forbidden, Invalid, Conflict."""
    by.require(Permission.MANAGE_SETUP)
    if AttributeDefinition.objects.count() >= MOST_ATTRIBUTES:
        raise Conflict(f"A company keeps at most {MOST_ATTRIBUTES} attributes.", code="too_many")
    made = AttributeDefinition(code=code, **values)
    if "position" not in values:
        last = AttributeDefinition.objects.order_by("-position").first()
        made.position = last.position + 10 if last else 10
    _check(made)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict(f"There already is an attribute {code}.", code="taken") from None
    _tell(by, "create", made, {**values, "code": code})
    return Changed(made, _compute(by) if made.formula else None)


@transaction.atomic
def change_attribute(
    *, by: Viewer, code: str, changes: Mapping[str, Any], renamed: Mapping[str, str] | None = None
) -> Changed:
    """Change a definition. `renamed` are values of choices that get another name, with the customers'.

    Another type is taken on by a job when customers have values, once all of them convert. Raises NotFound,
    Invalid, Conflict.
    """
    one = reads.definition(by, code)
    one = AttributeDefinition.objects.select_for_update().get(pk=one.pk)
    before = {name: getattr(one, name) for name in changes}
    kind = changes.get("type", one.type)
    job = None
    if kind != one.type and reads.has_values(code):
        _check(_with(one, changes))
        job = jobs.begin(kind=JOB, by=by, message=code)
        wanted = {name: str(value) if name in ("minimum", "maximum") and value is not None else value
                  for name, value in changes.items()}  # fmt: skip
        outbox.defer("customers.convert_attribute", queue="long", job_id=job.pk, code=code, changes=wanted)
        return Changed(one, job)
    _check_renaming(one, changes, renamed or {})
    _with(one, changes)
    _check(one)
    one.save()
    _tell(by, "update", one, audit.difference(before, {name: getattr(one, name) for name in changes}))
    if renamed:
        job = jobs.begin(kind=JOB, by=by, message=code)
        outbox.defer(
            "customers.rename_choices", queue="long", job_id=job.pk, code=code, renamed=dict(renamed)
        )
    elif "formula" in changes and before["formula"] != one.formula:
        job = _compute(by)
    return Changed(one, job)


@transaction.atomic
def archive_attribute(*, by: Viewer, code: str, archived: bool, now: datetime) -> AttributeDefinition:
    """Put an attribute away, or fetch it back; its values stay. Raises NotFound, Conflict."""
    one = reads.definition(by, code)
    if archived:
        _require_unused(one)
    one.archived_at = now if archived else None
    one.save(update_fields=["archived_at"])
    _tell(by, "archive" if archived else "restore", one, {})
    return one


@transaction.atomic
def delete_attribute(*, by: Viewer, code: str) -> None:
    """Delete an attribute that no customer has. Raises NotFound, Conflict."""
    one = reads.definition(by, code)
    _require_unused(one)
    if reads.has_values(code):
        raise Conflict("Customers have this attribute; archive it instead.", code="in_use")
    outbox.defer("customers.index_attribute", queue="long", job_id=None, code=code, wanted=False)
    one.delete()
    _tell(by, "delete", one, {"code": code}, subject_id=None)


@transaction.atomic
def want_index(*, by: Viewer, code: str, wanted: bool) -> Changed:
    """Have an index of the attribute's own built by a worker, or dropped. Raises NotFound, Invalid."""
    one = reads.definition(by, code)
    if wanted and one.type not in _INDEXABLE:
        raise Invalid.at("indexed", "not_indexable", "Several choices are found by the common index already.")
    one.index_state = IndexState.BUILDING if wanted else IndexState.NONE
    one.save(update_fields=["index_state"])
    job = jobs.begin(kind=JOB, by=by, message=code)
    outbox.defer("customers.index_attribute", queue="long", job_id=job.pk, code=code, wanted=wanted)
    _tell(by, "index" if wanted else "drop_index", one, {})
    return Changed(one, job)


def try_formula(
    *, by: Viewer, formula: str, code: str, attributes: Mapping[str, Any], fixed: Mapping[str, Any]
) -> float | None:
    """What a formula gives for these values; nothing is written. Raises Invalid."""
    by.require(Permission.MANAGE_SETUP)
    read = _read_formula(formula, code)
    found = reads.computed([(code, read)], {**attributes}, {**fixed}).get(code)
    return None if found is None else float(found)


def _with(one: AttributeDefinition, changes: Mapping[str, Any]) -> AttributeDefinition:
    for name, value in changes.items():
        setattr(one, name, value)
    return one


def _compute(by: Viewer) -> Job:
    job = jobs.begin(kind=JOB, by=by)
    outbox.defer("customers.compute_formulas", queue="long", job_id=job.pk)
    return job


def _tell(
    by: Viewer, action: str, one: AttributeDefinition, changes: Mapping[str, Any], **subject: Any
) -> None:
    written = {"code": one.code, **changes}
    audit.record(
        by=by, action=action, subject_type="attribute", changes=written, **{"subject_id": one.pk, **subject}
    )
    warehouse.touch("customers")  # whose columns are the attributes


def _check(one: AttributeDefinition) -> None:
    """Raise Invalid for a definition that does not hold together."""
    if one.applies_to not in ("", *Kind.values):
        raise Invalid.at("applies_to", "unknown_choice", "applies_to is organisation, person or empty.")
    if one.type not in AttributeType.values:
        raise Invalid.at("type", "unknown_choice", f"type is one of {', '.join(AttributeType.values)}.")
    if (one.type == AttributeType.REFERENCE) != bool(one.references):
        raise Invalid.at("references", "required", "A reference, and nothing else, names a kind of record.")
    if one.references and one.references not in REFERENCED:
        raise Invalid.at("references", "unknown_choice", f"references is one of {', '.join(REFERENCED)}.")
    _check_choices(one)
    if one.mandatory not in Mandatory.values:
        raise Invalid.at("mandatory", "unknown_choice", f"mandatory is one of {', '.join(Mandatory.values)}.")
    if (one.mandatory == Mandatory.FROM_STAGE) != bool(one.mandatory_stage):
        raise Invalid.at("mandatory_stage", "required", "Say from which stage on the attribute is needed.")
    if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
        message = "The largest value is below the smallest."
        raise Invalid.at("maximum", "too_small", message, minimum=f"{one.minimum.normalize():f}")
    if one.pattern:
        if one.type != AttributeType.TEXT:
            raise Invalid.at("pattern", "not_a_text", "Only a text has a form.")
        try:
            matches(one.pattern, pa.array([""]))
        except pa.ArrowInvalid:
            raise Invalid.at("pattern", "malformed", "This is not a regular expression.") from None
    if one.formula:
        _check_formula(one)


def _check_choices(one: AttributeDefinition) -> None:
    if one.type not in (AttributeType.CHOICE, AttributeType.CHOICES):
        if one.choices:
            raise Invalid.at("choices", "not_a_choice", "Only a choice has choices.")
        return
    values = [each["value"] for each in one.choices]
    if one.type == AttributeType.CHOICES and not values:
        raise Invalid.at("choices", "required", "Several choices need values to choose from.")
    if len(values) > MOST_CHOICES:
        raise Invalid.at("choices", "too_many", f"An attribute has at most {MOST_CHOICES} choices.")
    for place, value in enumerate(values):
        if '"' in value or "\\" in value:
            raise Invalid.at(
                f"choices[{place}].value", "malformed", "A value has no quotation marks and no backslash."
            )
        if value in values[:place]:
            raise Invalid.at(f"choices[{place}].value", "twice", f"The value {value} comes twice.")


def _check_renaming(one: AttributeDefinition, changes: Mapping[str, Any], renamed: Mapping[str, str]) -> None:
    if "choices" not in changes and renamed:
        raise Invalid.at("renamed", "required", "Renamed values come together with all choices.")
    if "choices" not in changes:
        return
    new = {each["value"] for each in changes["choices"]}
    old = {each["value"] for each in one.choices}
    for value, name in renamed.items():
        if value not in old or name not in new:
            raise Invalid.at("renamed", "unknown_choice", f"{value} cannot become {name}.")
    gone = old - new - set(renamed)
    used = [value for value in sorted(gone) if new and reads.has_choice(one, value)]
    if used:
        raise Conflict(f"Customers have the value {used[0]}; rename it instead.", code="choice_in_use")


def _check_formula(one: AttributeDefinition) -> None:
    if not one.numeric:
        raise Invalid.at("formula", "formula_type", "A formula gives a number or an amount of money.")
    read = _read_formula(one.formula, one.code)
    known = {each.code: each for each in AttributeDefinition.objects.filter(archived_at=None)}
    for code in reads.inputs_of(read):
        if code not in known or code == one.code:
            raise Invalid.at(
                "formula", "formula_indicator", f"There is no attribute {code} to compute with.", name=code
            )
        if not (known[code].numeric or known[code].type == AttributeType.YES_NO):
            raise Invalid.at(
                "formula", "formula_indicator", f"The attribute {code} is not a number.", name=code
            )
    try:
        reads.formulas_of([*(each for code, each in known.items() if code != one.code), one])
    except CycleError:
        raise Invalid.at("formula", "formula_circle", "The formula rests on itself.") from None


def _read_formula(text: str, code: str) -> formulas.Formula:
    try:
        read = formulas.parse(text, over="customer")
    except FormulaError as error:
        detail = error.details[0] if error.details else None
        params = dict(detail.params) if detail else {}
        raise Invalid.at("formula", error.code, error.message, **params) from None
    for fixed in reads.fixed_inputs_of(read):
        if fixed not in FIXED_NUMBERS:
            known = ", ".join(FIXED_NUMBERS)
            raise Invalid.at(
                "formula",
                "formula_indicator",
                f"customer.{fixed} is not one of {known}.",
                name=f"customer.{fixed}",
            )
    return read


def _require_unused(one: AttributeDefinition) -> None:
    """Raise Conflict while a formula rests on the attribute."""
    others = AttributeDefinition.objects.exclude(pk=one.pk).exclude(formula="").filter(archived_at=None)
    for code, formula in reads.formulas_of(others):
        if one.code in reads.inputs_of(formula):
            raise Conflict(f"The formula of {code} rests on this attribute.", code="in_formula")
