"""Doors of people: me, users, roles, departments, the people map, API keys, the audit log, the news."""

from ninja import Router

from jinzita.people.api import (
    audit,
    cards,
    company,
    departments,
    duties,
    keys,
    mails,
    me,
    news,
    notifications,
    ratings,
    roles,
    signin,
    users,
    views,
)

router = Router()
for part in (
    company, me, users, roles, departments, keys, audit, news, notifications, mails, signin, views, duties,
    ratings, cards,
):  # fmt: skip
    router.add_router("", part.router)
