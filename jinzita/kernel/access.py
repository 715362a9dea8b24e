"""Who is acting, and what that actor may do and see.

`people` builds a Viewer from a signed-in user or an API key; selectors narrow by it, services and doors
ask it. Access is decided from a Viewer and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from jinzita.kernel.errors import Forbidden
from jinzita.kernel.reads import Reads


class Permission(StrEnum):
    """An action that a role may or may not take."""

    READ = "read"
    CREATE_CUSTOMERS = "create_customers"
    EDIT_CUSTOMERS = "edit_customers"
    RECORD_FACTS = "record_facts"
    IMPORT = "import"
    EXPORT = "export"
    DELETE = "delete"
    MERGE = "merge"
    ASSIGN = "assign"
    APPROVE = "approve"
    SHARE_VIEWS = "share_views"
    REVEAL = "reveal"
    HANDLE_PRIVACY = "handle_privacy"
    MANAGE_SETUP = "manage_setup"
    EDIT_MODEL = "edit_model"
    RUN_SCORING = "run_scoring"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KEYS = "manage_keys"
    MANAGE_WEBHOOKS = "manage_webhooks"
    MANAGE_DEMO = "manage_demo"
    READ_AUDIT = "read_audit"


class Reach(StrEnum):
    """Whose records an actor sees, the narrowest first."""

    OWN = "own"
    TEAM = "team"
    DEPARTMENTS = "departments"
    ALL = "all"

    def within(self, other: "Reach") -> bool:
        """Whether this reach goes no further than the other."""
        order = list(Reach)
        return order.index(self) <= order.index(other)


class FieldAccess(StrEnum):
    """What an actor may do with one field, the most first."""

    EDIT = "edit"
    SEE = "see"
    MASKED = "masked"
    HIDDEN = "hidden"

    @property
    def concealed(self) -> bool:
        """Whether the value is kept from the actor, in part or whole."""
        return self in (FieldAccess.MASKED, FieldAccess.HIDDEN)

    def within(self, other: "FieldAccess") -> bool:
        """Whether this access shows and allows no more than the other."""
        order = list(FieldAccess)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True)
class Viewer:
    """An actor: a person, an API key acting for one, or the system itself (user_id None, everything allowed).

    `reach` says whose customers are seen; `reaches` narrows it for single kinds of record. `department_ids`
    are the departments seen with Reach.DEPARTMENTS (the own one and all below it), `team_ids` the people
    whose customers are seen with Reach.TEAM, `joined_ids` the customers seen whatever the reach, since the
    person works in their team. `role` is the code of the role, empty for the system; `fields`
    is what the role keeps back, by ``kind.code``, `sensitive` what any role does. `reads` gathers what a
    request shows of these; None where other lines of the audit log say it.
    """

    user_id: int | None
    name: str
    reach: Reach
    permissions: frozenset[Permission]
    department_ids: frozenset[int] = field(default_factory=frozenset)
    via: str = "browser"
    role: str = ""
    team_ids: frozenset[int] = field(default_factory=frozenset)
    joined_ids: frozenset[int] = field(default_factory=frozenset)
    reaches: Mapping[str, Reach] = field(default_factory=dict, hash=False)
    fields: Mapping[str, FieldAccess] = field(default_factory=dict, hash=False)
    sensitive: frozenset[str] = field(default_factory=frozenset, compare=False, repr=False)
    reads: Reads | None = field(default=None, compare=False, repr=False)

    def reach_of(self, kind: str) -> Reach:
        """Whose records of this kind are seen; never further than whose customers."""
        narrowed = self.reaches.get(kind, self.reach)
        return narrowed if narrowed.within(self.reach) else self.reach

    def access(self, kind: str, code: str) -> FieldAccess:
        """What may be done with a field of a kind of record."""
        return self.fields.get(f"{kind}.{code}", FieldAccess.EDIT)

    def watched(self) -> "Viewer":
        """The same, whose reads of sensitive fields are gathered."""
        return replace(self, reads=Reads(self.sensitive))

    def unwatched(self) -> "Viewer":
        """The same, for reading what the answer does not show."""
        return replace(self, reads=None)

    def saw(self, kind: str, record_id: int, values: Mapping[str, Any]) -> None:
        """Note that the answer shows these values of a record: the sensitive ones that are not kept back."""
        if self.reads is None:
            return
        guarded = self.reads.guarded(kind)
        codes = [
            code
            for code, value in values.items()
            if code in guarded and value not in (None, "", [], {}) and not self.access(kind, code).concealed
        ]
        if codes:
            self.reads.note(kind, record_id, codes)

    def by_reach(self) -> "Viewer":
        """The same without the customers whose team the person is in: those may be worked on, not given away
        or thrown away.
        """
        return replace(self, joined_ids=frozenset())

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise Forbidden unless the permission is held."""
        if not self.may(permission):
            raise Forbidden(
                f"Your role does not include “{permission.value}”; an administrator can grant it.",
                code="forbidden",
            )


def narrowed(one: Viewer, other: Viewer) -> Viewer:
    """`one`, who may and sees no more than `other` does; for a key that acts as a role."""
    kinds = {*one.reaches, *other.reaches}
    codes = {*one.fields, *other.fields}
    return replace(
        one,
        reach=one.reach if one.reach.within(other.reach) else other.reach,
        permissions=one.permissions & other.permissions,
        reaches={
            kind: mine if (mine := one.reach_of(kind)).within(theirs := other.reach_of(kind)) else theirs
            for kind in kinds
        },
        fields={
            name: max((one.fields.get(name), other.fields.get(name)), key=_strictness) or FieldAccess.EDIT
            for name in codes
        },
    )


def _strictness(access: FieldAccess | None) -> int:
    return list(FieldAccess).index(access or FieldAccess.EDIT)


def system(via: str) -> Viewer:
    """The actor of jobs and commands: sees and may do everything; `via` names the door it came by."""
    return Viewer(user_id=None, name="system", reach=Reach.ALL, permissions=frozenset(Permission), via=via)
