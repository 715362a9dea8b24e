"""Doors of activities: interactions, notes, files, the trash of both."""

from ninja import Router

from jinzita.activities.api import files, interactions, notes, trash

router = Router()
for part in (interactions, notes, files, trash):
    router.add_router("", part.router)
