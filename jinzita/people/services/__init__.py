"""Writes of people: accounts, departments, keys."""

from jinzita.people.services.accounts import (
    change_own_password,
    create_user,
    deactivate_user,
    ensure_administrator,
    make_password,
    recover_administrator,
    reset_password,
    update_self,
    update_user,
)
from jinzita.people.services.demo import add_demo_people, remove_demo_people
from jinzita.people.services.demo_map import add_demo_map, remove_demo_map
from jinzita.people.services.departments import create_department, delete_department, update_department
from jinzita.people.services.keys import create_api_key, revoke_api_key
from jinzita.people.services.roles import create_role, delete_role, update_role

__all__ = [
    "add_demo_map",
    "add_demo_people",
    "change_own_password",
    "create_api_key",
    "create_department",
    "create_role",
    "create_user",
    "deactivate_user",
    "delete_department",
    "delete_role",
    "ensure_administrator",
    "make_password",
    "recover_administrator",
    "remove_demo_map",
    "remove_demo_people",
    "reset_password",
    "revoke_api_key",
    "update_department",
    "update_role",
    "update_self",
    "update_user",
]
