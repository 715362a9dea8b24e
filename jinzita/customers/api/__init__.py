"""Doors of customers: the list, one customer, its timeline, search, declared fields."""

from ninja import Router

from jinzita.customers.api import (
    access,
    attributes,
    bulk,
    channels,
    classification,
    contacts,
    customers,
    erasure,
    fields,
    lifecycle,
    merging,
    owners,
    profile,
    sheets,
    team,
    timeline,
)

router = Router()
for part in (
    fields,
    attributes,
    classification,
    merging,
    erasure,
    bulk,
    owners,
    customers,
    access,
    channels,
    lifecycle,
    contacts,
    profile,
    sheets,
    team,
    timeline,
):
    router.add_router("", part.router)
