"""A merge loses no way to reach anybody: phones and e-mails that were not chosen stay as further channels."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from jinzita.customers.models import Channel
from jinzita.customers.selectors.channels import COLUMNS, Owner, normal_of, ways_of_owners
from jinzita.customers.services.merging.folding import Folding

_TOLD = ("kind", "value", "normal", "label", "validity")


def keep_ways(folding: Folding, owner: Owner, survivor: Any, known: Sequence[Mapping[str, Any]]) -> None:
    """Give the survivor, whose channels are its own by now, the `known` phones and e-mails it lacks."""
    has = {(one.kind, one.normal) for one in ways_of_owners(owner, [survivor])[survivor.pk]}
    of_survivor = {f"{owner}_id": survivor.pk}
    last = Channel.objects.filter(**of_survivor).aggregate(last=Max("position"))["last"]
    rows: list[Channel] = []
    for kind in COLUMNS:
        for value in (str(one.get(kind) or "") for one in known):
            normal = normal_of(kind, value)
            if normal and (kind, normal) not in has:
                has.add((kind, normal))
                place = (-1 if last is None else last) + len(rows) + 1
                rows.append(Channel(kind=kind, value=value, normal=normal, position=place, **of_survivor))
    made = Channel.objects.bulk_create(rows)
    folding.made(Channel._meta.db_table, f"{owner}_id", [one.pk for one in made], told=_TOLD)
