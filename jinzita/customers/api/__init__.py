"""Doors of customers: the list, one customer, its timeline, search, declared fields."""

from ninja import Router

from jinzita.customers.api import (
    access,
    attributes,
    bulk,
    channels,
    classification,
    consent,
    contacts,
    customers,
    fields,
    lifecycle,
    merging,
    profile,
    timeline,
)

router = Router()
for part in (
    fields,
    attributes,
    classification,
    merging,
    bulk,
    customers,
    access,
    channels,
    consent,
    lifecycle,
    contacts,
    profile,
    timeline,
):
    router.add_router("", part.router)
