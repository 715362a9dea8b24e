"""The field by which customers are found in whose team a colleague is."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q

from jinzita.customers.models import TeamMember
from jinzita.kernel.records import Field, FieldType


def _with(user_ids: Sequence[int] | None) -> Q:
    rows = TeamMember.objects.filter(customer=OuterRef("pk"))
    return Q(Exists(rows if user_ids is None else rows.filter(user__in=user_ids)))


TEAM = Field(
    "team",
    FieldType.REFERENCE,
    "Team",
    "客户团队",
    path="team_names",
    references="users",
    belongs=_with,
    kept=True,
    importable=False,
    listed=False,
)
