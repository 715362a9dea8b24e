"""Doors of integration: uploads, imports, the demo, jobs, webhooks."""

from ninja import Router

from jinzita.integration.api import imports, templates, webhooks

router = Router()
for part in (imports, templates, webhooks):
    router.add_router("", part.router)
