"""The policy in force, what somebody works on, and what other numbers would mean."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from jinzita.customers import selectors as customers
from jinzita.customers.fields import CUSTOMERS
from jinzita.customers.selectors import filling
from jinzita.kernel.access import Permission, Viewer
from jinzita.people import selectors as people
from jinzita.quality.fields import MANDATORY_WEIGHT, READY, Asked, Terms, read
from jinzita.quality.models import PolicyDraft, PolicyVersion
from jinzita.quality.selectors.rating import rating

# So many records are judged both ways; their mean is true to about a fifth of a point.
SAMPLE = 10_000
_COMPARED = """
WITH b AS MATERIALIZED ({before}), a AS MATERIALIZED ({after})
SELECT b.department_id, count(*), avg(b.score), avg(a.score),
  count(*) FILTER (WHERE b.score < %s), count(*) FILTER (WHERE a.score < %s)
FROM b JOIN a USING (customer_id) GROUP BY 1"""


@dataclass(frozen=True)
class Policy:
    """`document` is the draft, else what is in force, else what the product proposes."""

    current: PolicyVersion | None
    draft: PolicyDraft | None
    document: dict[str, Any]


def published() -> Terms:
    """The policy itself: the last version, or what the product proposes."""
    last = PolicyVersion.objects.first()
    return read(last.document) if last else READY


def in_force() -> Terms:
    """What records are judged by now: the policy, and what the company made mandatory."""
    return with_mandatory(published())


def with_mandatory(terms: Terms) -> Terms:
    """The same with the mandatory attributes."""
    return terms.asking(
        [
            Asked(one.code, MANDATORY_WEIGHT, one.applies_to)
            for one in CUSTOMERS.read_fields()
            if one.mandatory and one.in_attributes and not one.formula
        ]
    )


def policy(viewer: Viewer) -> Policy:
    """How records are judged, for anybody who works here."""
    viewer.require(Permission.READ)
    current = PolicyVersion.objects.select_related("published_by").first()
    draft = PolicyDraft.objects.select_related("drafted_by").first()
    document = draft.document if draft else current.document if current else READY.document()
    return Policy(current, draft, document)


def versions(viewer: Viewer) -> list[PolicyVersion]:
    """The published versions, newest first."""
    viewer.require(Permission.READ)
    return list(PolicyVersion.objects.select_related("published_by")[:200])


def codes(viewer: Viewer) -> list[str]:
    """Everything a record can be asked for."""
    viewer.require(Permission.MANAGE_SETUP)
    return sorted(filling.known_codes())


def what_if(viewer: Viewer, document: dict[str, Any], *, bound: int, today: date) -> dict[str, Any]:
    """The mean scores by the policy in force and by another one, and how many records fall below a bound,
    over all and by department; of very many customers, as a sample says. Raises Invalid.
    """
    viewer.require(Permission.MANAGE_SETUP)
    tried = with_mandatory(read(document, known=filling.known_codes()))
    total = customers.count(viewer)
    ids = filling.sample(viewer, SAMPLE, of=total)
    before, given = rating(in_force(), "c.id = ANY(%s)", [ids], today=today)
    after, more = rating(tried, "c.id = ANY(%s)", [ids], today=today)
    with connection.cursor() as cursor:
        cursor.execute(_COMPARED.format(before=before, after=after), [*given, *more, bound, bound])
        rows = cursor.fetchall()
    names = people.departments_named({row[0] for row in rows if row[0]})
    times = total / max(sum(row[1] for row in rows), 1)
    found = [
        {"id": place, "name": names.get(place, ""), **_line(count, was, will, low_was, low_will, times)}
        for place, count, was, will, low_was, low_will in rows
    ]
    return {
        "customers": total, "sampled": len(ids) if total > len(ids) else None, "bound": bound,
        "total": _total(rows, times),
        "departments": sorted(found, key=lambda one: (one["after"] - one["before"], one["name"])),
    }  # fmt: skip


def _line(count: int, was: Any, will: Any, low_was: int, low_will: int, times: float) -> dict[str, Any]:
    return {
        "customers": round(count * times), "before": round(float(was), 1), "after": round(float(will), 1),
        "below_before": round(low_was * times), "below_after": round(low_will * times),
    }  # fmt: skip


def _total(rows: list[tuple[Any, ...]], times: float) -> dict[str, Any] | None:
    count = sum(row[1] for row in rows)
    if not count:
        return None
    was, will = (float(sum(row[1] * row[at] for row in rows)) / count for at in (2, 3))
    return _line(count, was, will, sum(row[4] for row in rows), sum(row[5] for row in rows), times)
