"""Doors of integration: uploads, imports, the demo, jobs, webhooks."""

from ninja import Router

from jinzita.integration.api import imports, webhooks

router = Router()
for part in (imports, webhooks):
    router.add_router("", part.router)
