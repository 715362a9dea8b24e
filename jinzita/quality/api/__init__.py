"""Doors of the quality of the data."""

from ninja import Router

from jinzita.quality.api import duplicates

router = Router()
for part in (duplicates,):
    router.add_router("", part.router)
