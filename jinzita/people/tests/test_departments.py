import pytest

from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people import services


def test_a_department_cannot_hang_below_itself(administrator):
    top = services.create_department(by=administrator, name="Top")
    below = services.create_department(by=administrator, name="Below", parent_id=top.pk)
    for parent in (top.pk, below.pk):
        with pytest.raises(Invalid) as caught:
            services.update_department(by=administrator, department_id=top.pk, changes={"parent_id": parent})
        assert caught.value.problems[0].code == "circle"


def test_names_are_unique_among_siblings_only(administrator):
    north = services.create_department(by=administrator, name="North")
    south = services.create_department(by=administrator, name="South")
    services.create_department(by=administrator, name="Key accounts", parent_id=north.pk)
    services.create_department(by=administrator, name="Key accounts", parent_id=south.pk)
    with pytest.raises(Invalid):
        services.create_department(by=administrator, name="North")


def test_only_an_empty_department_is_deleted(administrator):
    top = services.create_department(by=administrator, name="Top")
    below = services.create_department(by=administrator, name="Below", parent_id=top.pk)
    services.create_user(by=administrator, username="x", department_id=below.pk)
    for department in (top, below):
        with pytest.raises(Conflict):
            services.delete_department(by=administrator, department_id=department.pk)


@pytest.mark.parametrize("name", ["", "   ", "n" * 101])
def test_a_name_is_needed_and_bounded(administrator, name):
    with pytest.raises(Invalid):
        services.create_department(by=administrator, name=name)
