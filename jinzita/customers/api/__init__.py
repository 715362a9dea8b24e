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
    deactivation,
    erasure,
    fields,
    files,
    handing_over,
    lifecycle,
    merging,
    notes,
    pool,
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
    pool,
    customers,
    access,
    channels,
    lifecycle,
    contacts,
    deactivation,
    profile,
    notes,
    files,
    handing_over,
    sheets,
    team,
    timeline,
):
    router.add_router("", part.router)
