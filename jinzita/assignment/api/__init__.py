"""Doors of assignment: the public pool, handing over, closing an account."""

from ninja import Router

from jinzita.assignment.api import deactivation, handing_over, pool

router = Router()
for part in (pool, handing_over, deactivation):
    router.add_router("", part.router)
