import pytest
from django.contrib.auth import authenticate

from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.kernel.models import AuditEntry
from jinzita.people import selectors, services

BOSS = system("test")


def test_a_new_user_signs_in_with_the_password_shown_once(administrator):
    user, password = services.create_user(by=administrator, username="wang.li", name="王丽")

    assert authenticate(username="wang.li", password=password) == user
    assert password not in user.password
    line = AuditEntry.objects.get(action="create", subject_type="user", subject_id=user.pk)
    assert line.actor_id == administrator.user_id
    assert password not in str(line.changes)


@pytest.mark.parametrize(
    ("fields", "where", "code"),
    [
        ({"username": ""}, "username", "required"),
        ({"username": "two words"}, "username", "invalid"),
        ({"username": "ROOT"}, "username", "taken"),
        ({"username": "x", "role": "king"}, "role", "unknown_choice"),
        ({"username": "x", "email": "nobody"}, "email", "not_an_email"),
    ],
)
def test_wrong_input_names_the_field(administrator, fields, where, code):
    with pytest.raises(Invalid) as caught:
        services.create_user(by=administrator, **fields)
    assert (caught.value.problems[0].where, caught.value.problems[0].code) == (where, code)


def test_two_users_cannot_share_an_address(administrator):
    services.create_user(by=administrator, username="a", email="a@example.com")
    with pytest.raises(Invalid, match="email"):
        services.create_user(by=administrator, username="b", email="A@example.com")


def test_an_unknown_department_is_refused(administrator):
    with pytest.raises(NotFound):
        services.create_user(by=administrator, username="a", department_id=4711)


def test_only_those_who_manage_people_do(administrator):
    user, _ = services.create_user(by=administrator, username="m", role="manager")
    manager = selectors.viewer_for(user)
    for attempt in (
        lambda: services.create_user(by=manager, username="x"),
        lambda: services.update_user(by=manager, user_id=user.pk, changes={"role": "administrator"}),
        lambda: services.reset_password(by=manager, user_id=administrator.user_id or 0),
        lambda: services.create_department(by=manager, name="x"),
        lambda: services.create_api_key(by=manager, name="x", scopes=["read"], expires_at=None, now=None),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_administrators_cannot_lock_themselves_out(administrator):
    for changes in ({"role": "reader"}, {"is_active": False}):
        with pytest.raises(Conflict):
            services.update_user(by=administrator, user_id=administrator.user_id, changes=changes)


def test_the_last_administrator_stays(administrator):
    with pytest.raises(Conflict):
        services.update_user(by=BOSS, user_id=administrator.user_id, changes={"is_active": False})
    assert selectors.user(BOSS, administrator.user_id).is_active


def test_an_inactive_user_cannot_sign_in(administrator):
    user, password = services.create_user(by=administrator, username="gone")
    services.update_user(by=administrator, user_id=user.pk, changes={"is_active": False})
    assert authenticate(username="gone", password=password) is None


def test_changing_the_own_password_needs_the_old_one(administrator):
    user, password = services.create_user(by=administrator, username="me")
    me = selectors.viewer_for(user)
    with pytest.raises(Invalid) as wrong:
        services.change_own_password(by=me, current="guess", new="quite-long-and-odd-1")
    assert wrong.value.problems[0].where == "current"
    with pytest.raises(Invalid) as weak:
        services.change_own_password(by=me, current=password, new="1234")
    assert weak.value.problems[0].where == "new"

    services.change_own_password(by=me, current=password, new="quite-long-and-odd-1")

    assert authenticate(username="me", password="quite-long-and-odd-1") == user


def test_the_first_administrator_is_made_once(db):
    made = services.ensure_administrator(by=BOSS)
    assert made is not None
    assert services.ensure_administrator(by=BOSS) is None


def test_a_lost_administrator_gets_back_in(administrator):
    password = services.recover_administrator(by=BOSS, username="root")
    assert authenticate(username="root", password=password) is not None
    with pytest.raises(NotFound):
        services.recover_administrator(by=BOSS, username="nobody")
