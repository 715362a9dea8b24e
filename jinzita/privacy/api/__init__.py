"""Doors of privacy: what people allowed, how long they are kept, what is held about them."""

from ninja import Router

from jinzita.privacy.api import consent, personal_data, retention

router = Router()
for part in (consent, retention, personal_data):
    router.add_router("", part.router)
