"""Merging contacts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.models import Contact
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.services.completion import complete_contacts
from jinzita.customers.services.contacts import set_fields, tell
from jinzita.customers.services.merging.folding import Folding
from jinzita.customers.services.merging.mergeable import Mergeable
from jinzita.customers.services.merging.ways import keep_ways
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field


class Contacts(Mergeable):
    """Contacts: their places at customers follow; of two at one customer the survivor's stays."""

    code = "contact"
    model = Contact

    def visible(self, viewer: Viewer) -> models.QuerySet[Any]:
        return visible_contacts(viewer).filter(erased_at=None)

    def fields(self, viewer: Viewer) -> Sequence[Field]:
        return [one for one in CONTACTS.read_fields(viewer) if one.editable and one.column]

    def name(self, row: Any) -> str:
        return str(row.name)

    def columns(self, field: Field) -> tuple[str, ...]:
        return (field.column,)

    def write(self, by: Viewer, row: Any, entered: Mapping[str, Any], *, over_capacity: bool) -> None:
        set_fields(row, entered)

    def keep(self, folding: Folding, survivor: Any, known: Sequence[Mapping[str, Any]]) -> None:
        keep_ways(folding, "contact", survivor, known)

    def merged(self, by: Viewer, survivor_id: int, member_ids: Sequence[int], changed: set[str]) -> None:
        self._follow([survivor_id])

    def parted(self, by: Viewer, holder_id: int, member_ids: Sequence[int], changed: set[str]) -> None:
        self._follow([holder_id, *member_ids])

    def _follow(self, ids: list[int]) -> None:
        complete_contacts(ids)
        tell(ids)
