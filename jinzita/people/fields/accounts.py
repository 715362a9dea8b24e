"""The fields of the list of accounts."""

from collections.abc import Sequence

from django.db.models import Q

from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind
from jinzita.people.models import Department, Role

T = FieldType


def _in_departments(wanted: Sequence[int] | None) -> Q:
    """In one of these departments or below; in any at all for None."""
    if wanted is None:
        return Q(department__isnull=False)
    found = Q(pk__in=[])
    for path in Department.objects.filter(pk__in=wanted).values_list("path", flat=True):
        found |= Q(department__path__startswith=path)
    return found


def _of_users(viewer: Viewer | None) -> Sequence[Field]:
    """Those of users; which roles there are is data."""
    roles = tuple(Choice(one.code, one.label_en, one.label_zh) for one in Role.objects.all())
    return (
        Field("name", T.TEXT, "Name", "姓名", max_length=100, own=True, sortable=True),
        Field("username", T.TEXT, "User name", "用户名", max_length=80, own=True, sortable=True),
        Field("role", T.CHOICE, "Role", "角色", path="role_id", choices=roles),
        Field(
            "department", T.REFERENCE, "Department", "部门", references="departments",
            belongs=_in_departments, kept=True,
        ),
        Field("title", T.TEXT, "Job title", "职务", max_length=100, listed=False),
        Field("manager", T.REFERENCE, "Manager", "上级", references="users", listed=False),
        Field("email", T.TEXT, "E-mail", "邮箱", max_length=254, own=True),
        Field("phone", T.TEXT, "Telephone", "电话", max_length=40, own=True, listed=False),
        Field("last_login", T.DATETIME, "Last sign-in", "上次登录"),
        Field("active", T.YES_NO, "Active", "启用", path="is_active", listed=False),
    )  # fmt: skip


USERS = RecordKind("users", "people.User", "Users", "用户", _of_users, default_sort=("username",))
