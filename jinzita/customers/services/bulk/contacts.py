"""Many contacts at once: what they share, the part they take in decisions, tags, the trash."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.models import Contact, DecisionRole, Position
from jinzita.customers.selectors import contacts as reading
from jinzita.customers.services.bulk.kinds import Action, BulkKind, Left, Setter, Written
from jinzita.customers.services.bulk.tags import tagging, too_full
from jinzita.customers.services.contacts import set_fields, tell
from jinzita.kernel import undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.models import ChangeSet

ERASED = {"en": "Their personal data was erased.", "zh": "个人信息已清除。"}


class Contacts(BulkKind):
    code = "contacts"
    model = Contact
    declared = CONTACTS
    needs = {
        Action.EDIT: Permission.EDIT_CUSTOMERS,
        Action.TAG: Permission.EDIT_CUSTOMERS,
        Action.UNTAG: Permission.EDIT_CUSTOMERS,
        Action.DELETE: Permission.DELETE,
        Action.RESTORE: Permission.DELETE,
    }

    def setter(
        self, *, by: Viewer, action: str, changes: Mapping[str, Any], owner_id: int | None = None,
        over_capacity: bool = False, tags: Sequence[str] = (), now: datetime | None = None,
    ) -> Setter:  # fmt: skip
        if action in (Action.TAG, Action.UNTAG):
            return tagging(by, self.code, action, tags)
        return super().setter(by=by, action=action, changes=changes, now=now)

    def edit(self, by: Viewer, changes: Mapping[str, Any]) -> Setter:
        if not changes:
            raise Invalid.at("changes", "required", "Say what to change.")
        self.require_shared(by, changes)
        # A contact that is never saved finds out what the values become.
        sample = Contact(name="-")
        set_fields(sample, {code: "" if value is None else value for code, value in changes.items()})
        values = {code: getattr(sample, code) for code in changes if code != "role"}
        beside = partial(_seat, by, _role(changes["role"])) if "role" in changes else None
        return Setter(
            ", ".join(f"{code} = %s" for code in values), list(values.values()),
            " OR ".join(f"{code} IS DISTINCT FROM %s" for code in values), list(values.values()),
            tuple(values), dict(changes), beside=beside,
        )  # fmt: skip

    def matching(self, by: Viewer, *, filter: str | None, q: str | None) -> QuerySet[Contact]:
        return reading.matching(by, filter=filter, q=q)

    def reachable(self, by: Viewer, action: str) -> QuerySet[Contact]:
        return reading.visible_contacts(by, trashed=action == Action.RESTORE)

    def announce(self, ids: Sequence[int], columns: Sequence[str], by: Viewer) -> None:
        tell(ids)

    def write(
        self, by: Viewer, action: str, change_set: ChangeSet, setter: Setter, ids: list[int]
    ) -> Written:
        """Left as they are: those of whom nothing personal is known any more, and those that hold no more
        tags.
        """
        if action == Action.RESTORE:
            return super().write(by, action, change_set, setter, ids)
        erased = set(Contact.objects.filter(pk__in=ids, erased_at__isnull=False).values_list("pk", flat=True))
        overfull = too_full(self.model, setter, [pk for pk in ids if pk not in erased])
        left: list[Left] = [{"id": pk, "why": "erased", "words": ERASED} for pk in sorted(erased)]
        kept = [pk for pk in ids if pk not in erased and pk not in overfull]
        return Written(self.put(change_set, setter, kept), [*left, *overfull.values()])


def _role(value: Any) -> str:
    role = value or ""
    if role not in ("", *DecisionRole.values):
        raise Invalid.at("role", "unknown_choice", f"role is one of {', '.join(DecisionRole.values)}.")
    return str(role)


def _seat(by: Viewer, role: str, change_set: ChangeSet, contact_ids: Sequence[int]) -> list[int]:
    """The part in decisions is taken where lists show it: at the first customer of those the actor sees."""
    first = (
        reading.positions_seen(by)
        .filter(contact__in=contact_ids)
        .order_by("contact_id", "-is_primary", "pk")
        .distinct("contact_id")
    )
    seats = dict(first.values_list("pk", "contact_id"))
    differing = Position.objects.filter(pk__in=seats).exclude(role=role)
    ids = list(differing.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    with undo.recording(change_set, Position, ids, columns=["role"]):
        Position.objects.filter(pk__in=ids).update(role=role)
    return [seats[pk] for pk in ids]
