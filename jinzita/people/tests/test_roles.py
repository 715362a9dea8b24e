from datetime import UTC, datetime

import pytest

from jinzita.kernel.access import FieldAccess, Permission, Reach, narrowed, system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid
from jinzita.kernel.field_access import masked
from jinzita.people import selectors, services
from jinzita.people.models import Role, User
from jinzita.people.roles import READY
from jinzita.people.selectors.roles import administrators
from jinzita.people.services import invitations, sessions

BOSS = system("test")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def role_of(administrator, **given):
    return services.create_role(
        by=administrator, given={"label_en": "Telesales", **given}, copy_of="marketer"
    )


def test_the_ready_roles_are_there_with_what_they_give(db):
    kept = {one.code: one for one in Role.objects.all()}
    assert list(kept) == [one.code for one in READY]
    for one in READY:
        given = selectors.as_viewer(kept[one.code])
        assert (given.permissions, given.reach) == (one.permissions, one.reach)
        assert dict(given.fields) == dict(one.fields)


def test_a_copy_begins_like_its_original_and_then_goes_its_own_way(administrator):
    made = role_of(administrator, permissions=["edit_customers"])
    assert made.code == "telesales"
    assert made.permissions == ["edit_customers", "read"]
    assert made.fields["customers.phone"] == "masked"

    services.update_role(by=administrator, code=made.code, changes={"fields": {"customers.phone": "edit"}})

    user, _ = services.create_user(by=administrator, username="t", role=made.code)
    viewer = selectors.viewer_for(User.objects.get(pk=user.pk))
    assert viewer.access("customers", "phone") is FieldAccess.EDIT
    assert viewer.permissions == {Permission.READ, Permission.EDIT_CUSTOMERS}


@pytest.mark.parametrize(
    "given",
    [
        {"permissions": ["fly"]}, {"reach": "moon"}, {"reaches": {"customers": "own"}},
        {"reaches": {"stars": "own"}}, {"fields": {"customers.name": "hidden"}},
        {"fields": {"customers.phone": "blue"}}, {"label_en": "", "label_zh": " "},
    ],
)  # fmt: skip
def test_wrong_input_is_refused(administrator, given):
    with pytest.raises(Invalid):
        role_of(administrator, **given)


def test_the_administrators_role_is_everything_for_good(administrator):
    with pytest.raises(Conflict):
        services.update_role(by=BOSS, code="administrator", changes={"permissions": ["read"]})
    Role.objects.filter(code="administrator").update(permissions=[], reach="own")
    viewer = selectors.viewer_for(User.objects.get(pk=administrator.user_id))
    assert viewer.permissions == frozenset(Permission)
    assert viewer.reach is Reach.ALL


def test_nobody_grants_more_than_they_have(administrator):
    hr = services.create_role(
        by=administrator, given={"label_en": "HR", "permissions": ["manage_people"], "reach": "own"}
    )
    person, _ = services.create_user(by=administrator, username="hr", role=hr.code)
    by = selectors.viewer_for(person)
    for attempt in (
        lambda: services.create_user(by=by, username="x", role="administrator"),
        lambda: services.update_user(by=by, user_id=administrator.user_id, changes={"name": "x"}),
        lambda: services.reset_password(by=by, user_id=administrator.user_id),
        lambda: invitations.invite(by=by, user_id=administrator.user_id, now=NOW),
        lambda: sessions.end_sessions(by=by, user_id=administrator.user_id),
        lambda: sessions.end_session(by=by, user_id=administrator.user_id, session_id=1),
        lambda: services.create_role(by=by, given={"label_en": "More", "permissions": ["export"]}),
        lambda: services.update_role(by=by, code="manager", changes={"permissions": ["read"]}),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(Conflict):
        services.update_role(by=by, code=hr.code, changes={"permissions": ["read"]})
    assert [one.pk for one in administrators(by)] == [administrator.user_id], "nobody is sent to themselves"


def test_two_roles_do_not_have_one_name(administrator):
    role_of(administrator)
    for attempt in (
        lambda: role_of(administrator, label_en="TELESALES"),
        lambda: services.update_role(by=administrator, code="reader", changes={"label_zh": "经理"}),
    ):
        with pytest.raises(Invalid) as caught:
            attempt()
        assert caught.value.problems[0].code == "taken"
    services.update_role(by=administrator, code="telesales", changes={"label_en": "Telesales"})


def test_a_role_somebody_has_and_a_ready_role_stay(administrator):
    made = role_of(administrator)
    services.create_user(by=administrator, username="x", role=made.code)
    for code in (made.code, "reader"):
        with pytest.raises(Conflict):
            services.delete_role(by=administrator, code=code)


def test_a_key_acts_as_a_role(administrator):
    _, text = services.create_api_key(
        by=administrator, name="k", scopes=["read", "export"], expires_at=None, now=NOW, role="marketer"
    )
    viewer = selectors.viewer_for_key(text, now=NOW)
    assert viewer.permissions == {Permission.READ, Permission.EXPORT}
    assert viewer.access("customers", "phone") is FieldAccess.MASKED


def test_a_key_of_a_team_reaches_no_further_than_its_makers_departments(administrator):
    north, south = (services.create_department(by=administrator, name=name) for name in ("North", "South"))
    boss, _ = services.create_user(by=administrator, username="boss")
    keeper = services.create_role(
        by=administrator, given={"label_en": "Keeper", "permissions": ["manage_keys"], "reach": "departments"}
    )
    maker, near, far = (
        services.create_user(
            by=administrator, username=name, role=keeper.code, department_id=place, manager_id=boss.pk
        )[0]
        for name, place in (("maker", north.pk), ("near", north.pk), ("far", south.pk))
    )
    _, text = services.create_api_key(
        by=selectors.viewer_for(maker), name="k", scopes=["read"], expires_at=None, now=NOW,
        role="sales_assistant",
    )  # fmt: skip
    assert selectors.viewer_for_key(text, now=NOW).team_ids == {maker.pk, near.pk}
    assert far.pk in selectors.team_of(maker)


def test_the_narrower_of_two_wins(administrator):
    wide = selectors.viewer_for(User.objects.get(pk=administrator.user_id))
    seller = selectors.as_viewer(Role.objects.get(code="salesperson"))
    both = narrowed(wide, seller)
    assert (both.reach, both.permissions) == (Reach.OWN, seller.permissions)


def test_a_team_is_the_department_exactly_or_the_same_manager(administrator):
    north = services.create_department(by=administrator, name="North")
    below = services.create_department(by=administrator, name="Beijing", parent_id=north.pk)
    made = {}
    for name, department, manager in (
        ("head", north.pk, None), ("a", north.pk, None), ("b", below.pk, None), ("c", None, "head"),
        ("d", below.pk, "head"),
    ):  # fmt: skip
        manager_id = made[manager].pk if manager else None
        made[name], _ = services.create_user(
            by=administrator, username=name, department_id=department, manager_id=manager_id
        )
    ids = {one.pk: name for name, one in made.items()}

    def team(name: str) -> set[str]:
        return {ids[pk] for pk in selectors.team_of(made[name])}

    assert team("a") == {"head", "a"}
    assert team("d") == {"b", "c", "d"}
    assert team("head") == {"head", "a", "c", "d"}


def test_the_head_of_a_department_manages_who_has_no_manager(administrator):
    north = services.create_department(by=administrator, name="North")
    below = services.create_department(by=administrator, name="Beijing", parent_id=north.pk)
    head, _ = services.create_user(by=administrator, username="head", department_id=north.pk)
    member, _ = services.create_user(by=administrator, username="m", department_id=below.pk)
    assert selectors.manager_of(member) is None

    services.update_department(by=administrator, department_id=north.pk, changes={"head_id": head.pk})

    assert selectors.manager_of(member) == head
    assert selectors.manager_of(head) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("13812345678", "138****5678"), ("+86 138 1234 5678", "138****5678"), ("010-65551234", "010****1234"),
        ("6555123", "65****23"), ("zhang@x.com", "z***@x.com"), ("朝阳区 8 号", "***"), ("12345", "***"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_masked_text(text, left):
    assert masked(text) == left
