"""Doors of treatment."""

from ninja import Router

from jinzita.treatment.api import duties, policies

router = Router()
for part in (policies, duties):
    router.add_router("", part.router)
