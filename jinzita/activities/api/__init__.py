"""Doors of activities: interactions, notes, files."""

from ninja import Router

from jinzita.activities.api import files, interactions, notes

router = Router()
for part in (interactions, notes, files):
    router.add_router("", part.router)
