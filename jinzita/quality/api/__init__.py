"""Doors of the quality of the data."""

from ninja import Router

from jinzita.quality.api import duplicates, policies, rules, scores, weekly

router = Router()
for part in (duplicates, scores, policies, rules, weekly):
    router.add_router("", part.router)
