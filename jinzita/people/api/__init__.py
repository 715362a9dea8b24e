"""Doors of people: me, users, departments, API keys, the audit log, the news stream."""

from ninja import Router

from jinzita.people.api import audit, company, departments, keys, me, news, users

router = Router()
for part in (company, me, users, departments, keys, audit, news):
    router.add_router("", part.router)
