"""Why a viewer sees a customer, and who else does; and what a role keeps back, shown for a reason."""

from dataclasses import dataclass, field
from typing import Any

from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.models import Customer
from jinzita.customers.selectors.members import members_of
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Reach, Viewer
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


def stored_value(viewer: Viewer, customer_id: int, code: str) -> Any:
    """A visible customer's value of a declared field as it is stored, whatever the role keeps back."""
    require_visible(viewer, customer_id)
    one = Customer.objects.get(pk=customer_id)
    declared = CUSTOMERS.field(code)
    assert declared is not None
    return one.attributes.get(declared.key) if declared.in_attributes else getattr(one, declared.orm)
