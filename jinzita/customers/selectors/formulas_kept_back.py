"""Attributes whose formula rests on what a role does not see: their values would tell of it."""

from collections.abc import Mapping

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.models import AttributeDefinition
from jinzita.customers.selectors.attributes import fixed_inputs_of, formulas_of, inputs_of
from jinzita.kernel.access import FieldAccess


def results_kept_back(role: str, fields: Mapping[str, FieldAccess]) -> dict[str, FieldAccess]:
    """What people of a role do not see as they do not see everything it is computed from; by ``kind.code``.

    Asked once, where a viewer is made: whatever shows, filters, sorts or tells attributes asks the viewer.
    """
    rows = AttributeDefinition.objects.only("code", "formula", "visible_to").exclude(
        formula="", visible_to=[]
    )
    known = list(rows)
    of_kind = f"{CUSTOMERS.code}."
    kept = {name.removeprefix(of_kind) for name, access in fields.items()
            if access.concealed and name.startswith(of_kind)}  # fmt: skip
    kept |= {f"{PREFIX}{one.code}" for one in known if not one.shown_to(role)}
    found: dict[str, FieldAccess] = {}
    # Each after those it rests on, so that what one keeps back goes on to those that name it.
    for code, formula in formulas_of(known) if kept else ():
        if kept & {*(f"{PREFIX}{one}" for one in inputs_of(formula)), *fixed_inputs_of(formula)}:
            kept.add(f"{PREFIX}{code}")
            found[f"{of_kind}{PREFIX}{code}"] = FieldAccess.HIDDEN
    return found
