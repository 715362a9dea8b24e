"""News of customers."""

from dataclasses import dataclass, field

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class CustomersChanged(Event):
    """Customers were made, or something changed that their value may rest on (name, kind, attributes) or that
    they are reached by (phone, e-mail).

    `made`: they are new.
    """

    customer_ids: list[int]
    made: bool = False


@dataclass(frozen=True)
class CustomersEdited(Event):
    """Something of customers was changed on which their value does not rest, such as a phone or the owner."""

    customer_ids: list[int]


@dataclass(frozen=True)
class CustomersTrashed(Event):
    """Customers went into the trash. Those that come back are told of as changed."""

    customer_ids: list[int]


@dataclass(frozen=True)
class CustomersMerged(Event):
    """Customers became part of another one."""

    survivor_id: int
    customer_ids: list[int]


@dataclass(frozen=True)
class CustomersParted(Event):
    """Customers that had been merged are themselves again; what came meanwhile may be with `survivor_id`."""

    survivor_id: int
    customer_ids: list[int]


@dataclass(frozen=True)
class OwnersChanged(Event):
    """Customers were given to another person, or to none."""

    customer_ids: list[int]
    owner_id: int | None


@dataclass(frozen=True)
class ChangesUndone(Event):
    """Work of many rows (a bulk action, an import, a merge) was taken back.

    `customer_ids` are those whose facts came or went with it; `many`: they are too many to name.
    """

    change_set_id: int
    kind: str
    undone: int
    conflicts: int
    customer_ids: list[int] = field(default_factory=list)
    many: bool = False


@dataclass(frozen=True)
class ClassificationChanged(Event):
    """The rules of a dimension were changed."""

    dimension_id: int


@dataclass(frozen=True)
class ClassesChanged(Event):
    """Customers came into other categories, by hand or by rule.

    `many`: they are too many to name.
    """

    customer_ids: list[int]
    many: bool = False


@dataclass(frozen=True)
class ContactsChanged(Event):
    """Contacts were made, changed, moved to the trash or back; `customer_ids` are those they are at."""

    contact_ids: list[int]
    customer_ids: list[int]


@dataclass(frozen=True)
class StageChanged(Event):
    """Customers came to another stage of their life; `customer_ids` are named when at most 2,000."""

    stage: str
    customer_ids: list[int]
    count: int


@dataclass(frozen=True)
class StageRulesChanged(Event):
    """The rules of the lifecycle were changed."""

    rules: int


@dataclass(frozen=True)
class CustomersErased(Event):
    """What was personal of customers was erased for good; their facts are there."""

    customer_ids: list[int]
