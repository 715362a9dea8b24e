"""Doors of value: models, runs and scores, and grades put above them."""

from ninja import Router

from jinzita.value.api import analysis, customers, models, overrides, pyramid, runs

router = Router(tags=["value"], by_alias=True)
for part in (models, pyramid, customers, analysis, runs, overrides):
    router.add_router("", part.router)
