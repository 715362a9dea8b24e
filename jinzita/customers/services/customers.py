"""Writes of single customers, by hand or by a program."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q

from jinzita.customers import selectors
from jinzita.customers.events import CustomersChanged
from jinzita.customers.models import Customer, Kind, Reason
from jinzita.customers.selectors.channels import COLUMNS
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.channels import follow_column
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.erased_keys import SOURCE_KEY, require_key_not_erased
from jinzita.customers.services.locking import require_not_erased
from jinzita.customers.services.owners import put_owner
from jinzita.customers.services.ownership import settle_owners
from jinzita.customers.services.tags import tags_of
from jinzita.customers.services.versions import require_unchanged
from jinzita.kernel import audit, events, values, warehouse
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Moved
from jinzita.kernel.field_access import require_editable
from jinzita.people import selectors as people

MANUAL = "manual"


@transaction.atomic
def create_customer(
    *, by: Viewer, name: str, kind: str = Kind.ORGANISATION, phone: str = "", email: str = "",
    attributes: Mapping[str, Any] | None = None, owner_id: int | None = None, source: str | None = None,
    source_key: str | None = None, tags: Sequence[str] = (), accept_warnings: bool = False,
    over_capacity: bool = False,
) -> Customer:  # fmt: skip
    """A new customer. Who sees only the own customers owns it. Raises Forbidden, Invalid, Conflict.

    `accept_warnings`: what the rules of entry only warn of was looked at; `over_capacity`: that its owner may
    not hold as many was looked at.
    """
    by.require(Permission.CREATE_CUSTOMERS)
    given = {"phone": phone, "email": email}
    require_editable(by, "customers", [name for name, value in given.items() if value])
    require_editable(by, "customers", [f"attributes.{code}" for code in attributes or {}])
    if by.reach is not Reach.ALL and owner_id is None:
        owner_id = by.user_id
    made = Customer(source=source or MANUAL, source_key=source_key or uuid.uuid4().hex)
    if source and not source_key:
        raise Invalid.at("source_key", "required", "A customer from a source has its key there.")
    require_key_not_erased(SOURCE_KEY, source, source_key)
    values_given = {"name": name, "kind": kind, "phone": phone, "email": email, "tags": list(tags)}
    set_values(by, made, {**values_given, "attributes": attributes or {}})
    attribute_values.require_mandatory(by, made.kind, made.attributes)
    if owner_id is not None:
        put_owner(by, made, owner_id, over_capacity=over_capacity)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict("There already is a customer with this key at this source.", code="taken") from None
    complete_new([made.pk])
    Judge(by).require_good(made.pk, accept_warnings=accept_warnings)
    if made.owner_id:
        settle_owners(ids=[made.pk], by=by, reason=Reason.GIVEN)
    audit.record(
        by=by, action="create", subject_type="customer", subject_id=made.pk, changes=_as_written(made),
        version=made.version,
    )  # fmt: skip
    warehouse.touch("customers")
    events.publish(CustomersChanged([made.pk], made=True))
    return selectors.customer(by, made.pk)


@transaction.atomic
def update_customer(
    *, by: Viewer, customer_id: int, changes: Mapping[str, Any], version: int | None = None,
    accept_warnings: bool = False, over_capacity: bool = False,
) -> Customer:  # fmt: skip
    """Change name, kind, phone, e-mail, attributes (null removes one), tags, or the owner.

    The department follows the owner. `version` is the one the change was made on: what others changed since
    is kept, and where it is the same field, Conflict (changed_meanwhile) is raised. `accept_warnings`: what
    the rules of entry only warn of was looked at; `over_capacity`: that its owner may not hold as
    many was. Raises NotFound, Forbidden, Invalid.
    """
    by.require(Permission.EDIT_CUSTOMERS)
    selectors.require_visible(by, customer_id)
    require_editable(by, "customers", _codes(changes))
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    before = _as_written(one)
    require_not_erased(one)
    if one.merged_into_id:
        raise Moved("customers", customer_id, one.merged_into_id)
    set_fields(by, one, changes, over_capacity=over_capacity)
    after = _as_written(one)
    difference = audit.difference({**dict.fromkeys(after), **before}, {**dict.fromkeys(before), **after})
    if difference:
        if version is not None:
            require_unchanged(
                by=by, record_id=one.pk, version=version, current_version=one.version, mine=after,
                current=before, fields=difference.keys() - {"department_id"},
            )  # fmt: skip
        one.version += 1
        judge = Judge(by, [one.pk])
        one.save()
        judge.require_good(one.pk, accept_warnings=accept_warnings)
        for column in difference.keys() & set(COLUMNS):
            follow_column("customer", one.pk, column, before=before[column], after=after[column])
        audit.record(
            by=by, action="update", subject_type="customer", subject_id=one.pk, changes=difference,
            version=one.version,
        )  # fmt: skip
        announce(ids=[one.pk], columns=difference.keys(), by=by)
    return selectors.customer(by, one.pk)


@transaction.atomic
def follow_owner(*, by: Viewer, owner_id: int) -> int:
    """Move an owner's customers to the department the owner belongs to now; answers how many moved."""
    department_id = people.user(by, owner_id).department_id
    moved = Customer.objects.filter(owner_id=owner_id).exclude(Q(department_id=department_id))
    count = moved.update(department_id=department_id)
    if count:
        audit.record(
            by=by,
            action="follow_owner",
            subject_type="customer",
            changes={"owner_id": owner_id, "department_id": department_id, "customers": count},
        )
    return count


def _codes(changes: Mapping[str, Any]) -> list[str]:
    """The declared fields that changes name."""
    plain = [name.removesuffix("_id") for name in changes if name != "attributes"]
    return plain + [f"attributes.{code}" for code in changes.get("attributes") or {}]


def set_fields(by: Viewer, one: Customer, changes: Mapping[str, Any], *, over_capacity: bool = False) -> None:
    """Set fields of an unsaved customer as somebody entered them. Raises Invalid, Forbidden, Conflict.

    Another owner is named by those who assign customers; others claim them, or give them back with a reason.
    """
    set_values(by, one, {name: value for name, value in changes.items() if name != "owner_id"})
    if "owner_id" in changes and changes["owner_id"] != one.owner_id:
        by.require(Permission.ASSIGN)
        if one.pk is not None:
            selectors.require_reached(by, one.pk)
        put_owner(by, one, changes["owner_id"], over_capacity=over_capacity)


def set_values(by: Viewer, one: Customer, changes: Mapping[str, Any]) -> None:
    """Put checked values into a customer, which is not saved. Raises Invalid."""
    if "attributes" in changes:
        one.attributes = attribute_values.merged(by, one, changes["attributes"])
    if "name" in changes:
        one.name = values.plain_text(changes["name"], "name", longest=200).strip()
        if not one.name:
            raise Invalid.at("name", "required", "A customer needs a name.")
    if "kind" in changes:
        if changes["kind"] not in Kind.values:
            raise Invalid.at("kind", "unknown_choice", f"kind must be one of {', '.join(Kind.values)}.")
        one.kind = changes["kind"]
    if "phone" in changes:
        one.phone = values.plain_text(changes["phone"], "phone", longest=40).strip()
    if "tags" in changes:
        one.tags = tags_of(changes["tags"], kept=one.tags)
    if "email" in changes:
        one.email = values.plain_text(changes["email"], "email", longest=254).strip()
        try:
            if one.email:
                validate_email(one.email)
        except ValidationError:
            raise Invalid.at("email", "not_an_email", "This is not an e-mail address.") from None


def _as_written(one: Customer) -> dict[str, Any]:
    names: Sequence[str] = (
        "name",
        "kind",
        "phone",
        "email",
        "owner_id",
        "department_id",
        "source",
        "source_key",
    )
    attributes = {f"attributes.{code}": value for code, value in one.attributes.items()}
    return {**{name: getattr(one, name) for name in names}, "tags": list(one.tags), **attributes}
