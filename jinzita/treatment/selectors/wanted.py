"""What is owed to whom by the policies in force, as a table aside: one statement for each value model."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from jinzita.customers.selectors.owners import owned_since
from jinzita.kernel.access import system
from jinzita.treatment.fields import Rules
from jinzita.treatment.models import Sponsor
from jinzita.treatment.selectors.policies import in_force, rules_of
from jinzita.value.selectors.models import customers_of, value_models

_TABLE = """
CREATE TEMP TABLE treatment_wanted (
  customer_id bigint, item text, span integer, version_id bigint, owner_id bigint, department_id bigint,
  grade text, kept boolean, since timestamptz, asked_since timestamptz
) ON COMMIT DROP"""
_FILL = """
INSERT INTO treatment_wanted
SELECT m.id, l.item, l.span, %s, m.owner_id, m.department_id, m.grade,
  l.item = 'sponsor' AND (m.role = ANY(l.roles) OR coalesce(m.sponsor = ANY(l.roles), false)), m.since,
  greatest(m.since, %s)
FROM ({rows}) m (id, owner_id, department_id, grade, role, since, sponsor)
JOIN jsonb_to_recordset(%s::jsonb) AS l (grade text, item text, span integer, roles text[])
  ON l.grade = m.grade"""


def fill_wanted(cursor: Any, whose: Mapping[str, Any], *, today: date) -> None:
    """Make the table treatment_wanted for these customers (`ids`, or from `first` to `last`)."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.treatment_wanted")
    cursor.execute(_TABLE)
    versions = in_force()
    for model in value_models(system("treatment")) if versions else []:
        version = versions.get(model.pk)
        lines = _lines(rules_of(version)) if version else []
        if version and lines:
            rows = _owned(customers_of(model, today=today), whose, {one["grade"] for one in lines})
            sql, given = rows.query.sql_with_params()
            cursor.execute(
                _FILL.format(rows=sql), [version.pk, version.published_at, *given, json.dumps(lines)]
            )
    cursor.execute("CREATE INDEX ON treatment_wanted (customer_id, item)")
    cursor.execute("ANALYZE treatment_wanted")


def _owned(rows: QuerySet[Any], whose: Mapping[str, Any], grades: set[str]) -> QuerySet[Any]:
    """Those of the customers of a model that somebody looks after and whose grade is owed something."""
    if "ids" in whose:
        rows = rows.filter(pk__in=whose["ids"])
    else:
        rows = rows.filter(pk__gte=whose["first"], pk__lte=whose["last"])
    sponsor = Sponsor.objects.filter(customer_id=OuterRef("pk"), user__is_active=True)
    rows = rows.filter(owner__is_active=True, erased_at=None, standing__grade__in=sorted(grades))
    return rows.order_by().values_list(
        "pk", "owner_id", "department_id", "standing__grade", "owner__role_id", owned_since(),
        Subquery(sponsor.values("user__role_id")[:1]),
    )  # fmt: skip


def _lines(rules: Rules) -> list[dict[str, Any]]:
    return [
        {"grade": grade, "item": item, "span": span, "roles": list(terms.sponsor_roles)}
        for grade, terms in rules.grades.items()
        for item, span in terms.duties().items()
    ]
