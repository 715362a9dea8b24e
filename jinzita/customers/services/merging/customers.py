"""Merging customers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.db import models
from psycopg import sql

from jinzita.customers import selectors
from jinzita.customers.events import CustomersChanged, CustomersMerged, CustomersParted, OwnersChanged
from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.models import Customer, Reason
from jinzita.customers.selectors.visible import reached
from jinzita.customers.services.attributes.values import recompute
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.customers import set_fields
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.merging.folding import Folding
from jinzita.customers.services.merging.mergeable import Mergeable
from jinzita.customers.services.merging.ways import keep_ways
from jinzita.customers.services.ownership import settle_owners
from jinzita.customers.services.touching import touch_facts
from jinzita.kernel import events, warehouse
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field


class Customers(Mergeable):
    """Customers: their facts follow, their value is computed anew."""

    code = "customer"
    model = Customer

    def visible(self, viewer: Viewer) -> models.QuerySet[Any]:
        # A merge throws records away: to be in the team of one is not enough.
        return selectors.visible_to(viewer.by_reach()).filter(erased_at=None)

    def reached(self, viewer: Viewer, ids: Sequence[int]) -> set[int]:
        rows = reached(viewer.by_reach()).filter(pk__in=set(ids))
        return set(rows.values_list("pk", flat=True))

    def fields(self, viewer: Viewer) -> Sequence[Field]:
        return [one for one in CUSTOMERS.read_fields(viewer) if one.editable and self.columns(one)]

    def name(self, row: Any) -> str:
        return str(row.name)

    def columns(self, field: Field) -> tuple[str, ...]:
        if field.in_attributes:
            return (field.orm.replace("__", ".", 1),)
        if field.code == "owner":
            return ("owner_id", "department_id")
        return (field.column,) if field.column else ()

    def write(self, by: Viewer, row: Any, entered: Mapping[str, Any], *, over_capacity: bool) -> None:
        changes: dict[str, Any] = {"attributes": {}}
        for code, value in entered.items():
            name, _, key = code.partition(".")
            if key:
                changes["attributes"][key] = value
            else:
                changes["owner_id" if name == "owner" else name] = value
        set_fields(by, row, changes, over_capacity=over_capacity)

    def before(self, ids: Sequence[int]) -> None:
        touch_facts(sql.SQL(", ").join(map(sql.Literal, ids)))

    def keep(self, folding: Folding, survivor: Any, known: Sequence[Mapping[str, Any]]) -> None:
        keep_ways(folding, "customer", survivor, known)

    def judge(self, by: Viewer, survivor_id: int, fields: Collection[str]) -> Callable[[bool], None]:
        judge = Judge(by, [survivor_id], fields=fields)
        return lambda accept: judge.require_good(survivor_id, accept_warnings=accept)

    def merged(self, by: Viewer, survivor_id: int, member_ids: Sequence[int], changed: set[str]) -> None:
        recompute([survivor_id])
        complete_new([survivor_id])
        warehouse.touch("customers")
        if member_ids:
            events.publish(CustomersMerged(survivor_id, list(member_ids)))
        events.publish(CustomersChanged([survivor_id]))
        self._tell_owner(by, survivor_id, changed)

    def parted(self, by: Viewer, holder_id: int, member_ids: Sequence[int], changed: set[str]) -> None:
        concerned = [holder_id, *member_ids]
        recompute(concerned)
        complete_new(concerned)
        touch_facts(sql.SQL(", ").join(map(sql.Literal, concerned)))
        warehouse.touch("customers")
        events.publish(CustomersParted(holder_id, list(member_ids)))
        events.publish(CustomersChanged(concerned))
        self._tell_owner(by, holder_id, changed)

    def _tell_owner(self, by: Viewer, customer_id: int, changed: set[str]) -> None:
        if "owner_id" in changed:
            owner_id = Customer.objects.values_list("owner_id", flat=True).get(pk=customer_id)
            settle_owners(ids=[customer_id], by=by, reason=Reason.MERGED)
            events.publish(OwnersChanged([customer_id], owner_id))
