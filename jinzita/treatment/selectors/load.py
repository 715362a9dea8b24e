"""What a policy would ask of whom: duties a month, beside what was done lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from jinzita.activities.selectors import counts_by_kind
from jinzita.kernel.access import Permission, Viewer
from jinzita.people import selectors as people
from jinzita.treatment.fields import ASKING, KEPT_BY, read
from jinzita.value.selectors.models import customers_of, value_model

DAYS_OF_MONTH, LOOKED_BACK = 30.4375, 91
MOST_PEOPLE = 50


@dataclass(frozen=True)
class GradeLoad:
    """Customers of a grade that somebody looks after, those that nobody does, and duties a month by item."""

    grade: str
    customers: int
    unowned: int
    duties: dict[str, float]


@dataclass(frozen=True)
class PersonLoad:
    id: int
    name: str
    customers: int
    duties: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.duties.values())


@dataclass(frozen=True)
class Load:
    """Duties a month by grade and person (the most burdened first), and what was done a month lately."""

    grades: list[GradeLoad]
    people: list[PersonLoad]
    owners: int
    duties: dict[str, float]
    lately: dict[str, float]


def load(viewer: Viewer, model_id: int, document: Mapping[str, Any], *, now: datetime) -> Load:
    """What these numbers would ask. Raises Forbidden, NotFound, Invalid."""
    viewer.require(Permission.MANAGE_SETUP)
    rules = read(document)
    rows = customers_of(value_model(viewer, model_id), today=now.date())
    counted = rows.order_by().values_list("owner_id", "standing__grade").annotate(n=Count("pk"))
    since = now - timedelta(days=LOOKED_BACK)
    months = LOOKED_BACK / DAYS_OF_MONTH
    kinds = counts_by_kind(rows.values("pk"), since=since, until=now)
    everybody = sum(n for _, _, n in counted)
    asked = sum(kinds.get(kind, 0) for kind in ASKING) / months / everybody if everybody else 0.0
    grades: dict[str, GradeLoad] = {}
    burdens: dict[int, PersonLoad] = {}
    for owner_id, grade, n in counted:
        terms = rules.terms(grade)
        of_grade = grades.setdefault(grade, GradeLoad(grade, 0, 0, {}))
        if owner_id is None:
            grades[grade] = GradeLoad(grade, of_grade.customers, of_grade.unowned + n, of_grade.duties)
            continue
        duties = {
            item: n * (asked if item == "answer" else DAYS_OF_MONTH / span)
            for item, span in terms.duties().items()
            if item != "sponsor"
        }
        grades[grade] = GradeLoad(
            grade, of_grade.customers + n, of_grade.unowned, _plus(of_grade.duties, duties)
        )
        mine = burdens.setdefault(owner_id, PersonLoad(owner_id, "", 0, {}))
        burdens[owner_id] = PersonLoad(owner_id, "", mine.customers + n, _plus(mine.duties, duties))
    heaviest = sorted(burdens.values(), key=lambda one: (-one.total, one.id))[:MOST_PEOPLE]
    names = people.owners({one.id for one in heaviest})
    total: dict[str, float] = {}
    for one in grades.values():
        total = _plus(total, one.duties)
    return Load(
        [grades[grade] for grade in rules.grades if grade in grades],
        [PersonLoad(one.id, names[one.id].shown_name, one.customers, one.duties) for one in heaviest],
        len(burdens), total,
        {item: sum(kinds.get(kind, 0) for kind in KEPT_BY[item]) / months for item in KEPT_BY},
    )  # fmt: skip


def _plus(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {item: one.get(item, 0) + other.get(item, 0) for item in one | other}
