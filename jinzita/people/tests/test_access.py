import pytest
from django.test import Client

from jinzita.kernel.access import Reach, system
from jinzita.people import selectors, services
from jinzita.people.models import User

pytestmark = pytest.mark.django_db
BOSS = system("test")


def test_a_manager_reaches_the_own_department_and_all_below():
    top = services.create_department(by=BOSS, name="Sales")
    north = services.create_department(by=BOSS, name="North", parent_id=top.pk)
    beijing = services.create_department(by=BOSS, name="Beijing", parent_id=north.pk)
    services.create_department(by=BOSS, name="South", parent_id=top.pk)
    user, _ = services.create_user(by=BOSS, username="li", role="manager", department_id=north.pk)

    viewer = selectors.viewer_for(user)

    assert viewer.reach is Reach.DEPARTMENTS
    assert viewer.department_ids == {north.pk, beijing.pk}


def test_moving_a_department_moves_everything_below_it():
    a = services.create_department(by=BOSS, name="A")
    b = services.create_department(by=BOSS, name="B", parent_id=a.pk)
    c = services.create_department(by=BOSS, name="C", parent_id=b.pk)
    other = services.create_department(by=BOSS, name="Other")

    services.update_department(by=BOSS, department_id=b.pk, changes={"parent_id": other.pk})

    assert set(selectors.department_and_below(other.pk)) == {other.pk, b.pk, c.pk}
    assert selectors.department_and_below(a.pk) == [a.pk]


def test_sign_in_and_me(client: Client):
    _, password = services.create_user(by=BOSS, username="zhang", role="salesperson")
    assert client.get("/api/v1/me").status_code == 401

    answer = client.post(
        "/_allauth/browser/v1/auth/login",
        {"username": "zhang", "password": password},
        content_type="application/json",
    )

    assert answer.status_code == 200
    me = client.get("/api/v1/me").json()
    assert me["username"] == "zhang"
    assert "record_facts" in me["can"]
    assert "manage_people" not in me["can"]


def test_text_with_a_nul_character_is_an_error_in_words(client: Client, administrator):
    user = User.objects.get(pk=administrator.user_id)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/api/v1/departments", {"name": "a\x00b"}, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["details"][0]["where"] == "name"
