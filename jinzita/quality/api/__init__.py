"""Doors of the quality of the data."""

from ninja import Router

from jinzita.quality.api import duplicates, rules, scores

router = Router()
for part in (duplicates, scores, rules):
    router.add_router("", part.router)
