"""Doors of people: me, users, roles, departments, API keys, the audit log, the news stream."""

from ninja import Router

from jinzita.people.api import (
    audit,
    company,
    departments,
    keys,
    mails,
    me,
    news,
    notifications,
    roles,
    signin,
    users,
    views,
)

router = Router()
for part in (company, me, users, roles, departments, keys, audit, news, notifications, mails, signin, views):
    router.add_router("", part.router)
