"""People a demo part brings along."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import IntegrityError, connection, transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.people.models import Department, User
from jinzita.people.services.departments import create_department

# What Django takes for “no password fits”.
UNUSABLE = "!"


@transaction.atomic
def add_demo_people(
    *, by: Viewer, demo: str, departments: Sequence[tuple[str, str | None]],
    people: Sequence[tuple[str, str, str, str]],
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """The departments and people of a demo part, made where missing; nobody can sign in as one of them.

    `departments` are (name, parent's name), parents first; `people` are (username, name, role, department).
    Answers (user id, department id) by username.
    """
    by.require(Permission.MANAGE_PEOPLE)
    made: dict[str, Department] = {}
    for name, parent in departments:
        above = made[parent] if parent else None
        found = Department.objects.filter(name=name, parent=above).first()
        made[name] = found or create_department(by=by, name=name, parent_id=above.pk if above else None)
    known = set(
        User.objects.filter(username__in=[one[0] for one in people]).values_list("username", flat=True)
    )
    fresh = [
        User(
            username=username,
            name=name,
            role_id=role,
            department=made[department],
            demo=demo,
            password=UNUSABLE,
        )
        for username, name, role, department in people
        if username not in known
    ]
    User.objects.bulk_create(fresh)
    audit.record(by=by, action="load_demo", subject_type="user", changes={"demo": demo, "people": len(fresh)})
    users_made = User.objects.filter(demo=demo)
    return {one.username: (one.pk, one.department_id or 0) for one in users_made}


@transaction.atomic
def remove_demo_people(*, by: Viewer, demo: str, departments: Sequence[str]) -> None:
    """Remove a demo part's people and, by their names, its departments; who or what is still needed stays.

    Somebody who owns a customer of the company's own is deactivated instead.
    """
    by.require(Permission.MANAGE_PEOPLE)
    for person in User.objects.filter(demo=demo):
        try:
            with transaction.atomic():
                person.delete()
                connection.check_constraints()
        except IntegrityError:
            User.objects.filter(pk=person.pk).update(is_active=False)
    for name in reversed(departments):
        for one in Department.objects.filter(name=name):
            with suppress(IntegrityError), transaction.atomic():
                one.delete()
                connection.check_constraints()
    audit.record(by=by, action="remove_demo", subject_type="user", changes={"demo": demo})
