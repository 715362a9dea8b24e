"""Why a viewer sees a customer, and who else does; and what a role keeps back, shown for a reason."""

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors.channels import COLUMNS, Owner, Way, field_of, ways_of_owners
from jinzita.customers.selectors.members import members_of
from jinzita.customers.selectors.subjects import Subject
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Reach, Viewer
from jinzita.kernel.records import Field
from jinzita.people import selectors as people


@dataclass(frozen=True)
class Reason:
    """Why somebody sees it: a code to translate by, and what the sentence mentions."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """The viewer's own reasons, who else sees it by which reason, and which fields the role keeps back."""

    reasons: list[Reason]
    others: list[Reason]
    kept_back: list[str]


def why_seen(viewer: Viewer, customer_id: int) -> Seen:
    """Why the viewer sees this customer. Raises NotFound."""
    require_visible(viewer, customer_id)
    one = Customer.objects.select_related("owner", "department").get(pk=customer_id)
    department = one.department.name if one.department else ""
    owner = one.owner.shown_name if one.owner else ""
    role = people.role_words(viewer)
    reasons: list[Reason] = []
    if one.owner_id is not None and one.owner_id == viewer.user_id:
        reasons.append(Reason("owner"))
    if viewer.reach is Reach.ALL:
        reasons.append(Reason("sees_all", {"role": role}))
    elif viewer.reach is Reach.DEPARTMENTS and one.department_id in viewer.department_ids:
        reasons.append(Reason("department", {"role": role, "department": department}))
    elif viewer.reach is Reach.TEAM and one.owner_id in viewer.team_ids and not reasons:
        reasons.append(Reason("team", {"role": role, "owner": owner}))
    members = {each.user_id for each in members_of(customer_id)}
    if viewer.user_id in members:
        reasons.append(Reason("in_team"))
    found = people.who_reaches(
        viewer, owner_id=one.owner_id, department_id=one.department_id, member_ids=members
    )
    words = {"owner": owner, "department": department}
    others = [Reason(code, {"count": count, **words}) for code, count in found.items() if count]
    prefix = f"{CUSTOMERS.code}."
    kept = sorted(
        name.removeprefix(prefix)
        for name, access in viewer.fields.items()
        if access.concealed and name.startswith(prefix)
    )
    return Seen(reasons, others, kept)


def stored_value(of: Subject, record_id: int, field: Field) -> tuple[Any, list[Way]]:
    """What is stored in a field of a record, whatever a role keeps back, and the channels kept back with it.
    The caller made sure that the record is visible.
    """
    which: Owner = "contact" if of.word == "contact" else "customer"
    one: Any = (Contact if which == "contact" else Customer)._default_manager.get(pk=record_id)
    ways = ways_of_owners(which, [one])[record_id] if field.code in COLUMNS else []
    told = [way for way in ways if field_of(way) == field.code]
    if field.in_attributes:
        return one.attributes.get(field.key), told
    return reduce(getattr, field.orm.split("__"), one), told
