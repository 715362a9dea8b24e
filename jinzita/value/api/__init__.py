"""Doors of value: models, runs and scores, and grades put above them."""

from ninja import Router

from jinzita.value.api import overrides, value

router = Router(tags=["value"], by_alias=True)
for part in (value, overrides):
    router.add_router("", part.router)
