"""A small company for tests: two departments, a person of each role, customers of two sellers."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from jinzita.customers import services
from jinzita.kernel.access import Viewer, system
from jinzita.people import selectors as people_selectors
from jinzita.people import services as people

BOSS = system("test")


@dataclass
class Company:
    """Signed-in clients by role, and the customers they look after."""

    administrator: Client
    manager: Client
    seller: Client
    other_seller: Client
    reader: Client
    users: dict[str, Any]
    mine: int
    theirs: int

    def viewer(self, name: str) -> Viewer:
        return people_selectors.viewer_for(self.users[name])


def make_company() -> Company:
    north = people.create_department(by=BOSS, name="North")
    south = people.create_department(by=BOSS, name="South")
    roles = {
        "administrator": ("administrator", None),
        "manager": ("manager", north.pk),
        "seller": ("salesperson", north.pk),
        "other_seller": ("salesperson", south.pk),
        "reader": ("reader", None),
    }
    users = {
        name: people.create_user(by=BOSS, username=name, role=role, department_id=department)[0]
        for name, (role, department) in roles.items()
    }
    clients = {}
    for name, user in users.items():
        clients[name] = Client()
        clients[name].force_login(user)
    return Company(
        **clients,
        users=users,
        mine=made("North Light Ltd", owner_id=users["seller"].pk),
        theirs=made("South Sea Ltd", owner_id=users["other_seller"].pk),
    )


def made(name: str, *, score: float | None = None, grade: str = "prospect", **values: Any) -> int:
    """A customer, standing where it is told to."""
    one = services.create_customer(by=BOSS, name=name, **values)
    if score is not None or grade != "prospect":
        services.record_standing(customer_id=one.pk, score=score, grade=grade, as_of=date(2024, 6, 1))
    return int(one.pk)


def key_client(user: Any, scopes: list[str]) -> dict[str, str]:
    """The header of an API key of this user with these scopes."""
    _, text = people.create_api_key(
        by=people_selectors.viewer_for(user),
        name="test",
        scopes=scopes,
        expires_at=None,
        now=datetime.now(UTC),
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}


def post(client: Client, path: str, body: Any, **headers: Any) -> Any:
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", **headers)


def patch(client: Client, path: str, body: Any) -> Any:
    return client.patch(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def get(client: Client, path: str, **query: Any) -> Any:
    return client.get(f"/api/v1{path}", query)
