"""The weekly lists on the wire."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from jinzita.customers.fields import GRADES
from jinzita.customers.selectors.grades import graded
from jinzita.kernel.records import Field as Column
from jinzita.kernel.records import FieldType
from jinzita.quality.schemas.scores import QualityWordsOut
from jinzita.quality.selectors.weekly import Line

T = FieldType
COLUMNS = (
    Column("name", T.TEXT, "Customer", "客户"),
    Column("grade", T.CHOICE, "Grade", "等级", choices=GRADES),
    Column("value", T.NUMBER, "Value score", "价值得分"),
    Column("owner", T.TEXT, "Looked after by", "负责人"),
    Column("open", T.TEXT, "To fill in", "待完善"),
    Column("done", T.TEXT, "Done", "已完善"),
)


class WeeklyWishOut(Schema):
    """A field that was asked for."""

    code: str
    label: QualityWordsOut
    problem: str = Field(description="missing, fault or stale; empty when it is done")
    points: float


class WeeklyOwnerOut(Schema):
    id: int
    name: str


class WeeklyCustomerOut(Schema):
    id: int
    name: str
    kind: str
    grade: str
    computed_grade: str = Field(description="What the score says; another one while an override is in force")
    override: dict[str, Any] | None = Field(description="Why the grade is not the computed one")
    value: float | None
    owner: WeeklyOwnerOut | None


class WeeklyLineOut(Schema):
    """A customer on the list; `score` is its quality now, null of a list that is over."""

    customer: WeeklyCustomerOut
    score: int | None
    wishes: list[WeeklyWishOut]


class WeeklyDepartmentOut(Schema):
    id: int
    name: str
    leader: str


class WeeklyWeekOut(Schema):
    week: date
    asked: int
    done: int


class WeeklyPersonOut(Schema):
    id: int | None
    name: str
    asked: int
    done: int


class WeeklyListOut(Schema):
    """A week's list: of one department, or (department_id null) the own part."""

    week: date | None
    closed: bool
    department_id: int | None
    departments: list[WeeklyDepartmentOut] = Field(description="Whose lists can be looked at")
    asked: int
    done: int
    people: list[WeeklyPersonOut]
    weeks: list[WeeklyWeekOut] = Field(description="How much was done, week by week")
    lines: list[WeeklyLineOut]


def line_out(one: Line, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    customer = one.item.customer
    return {
        "customer": {
            "id": customer.pk, "name": customer.name, "kind": customer.kind,
            **graded(customer.standing), "value": customer.standing.score,
            "owner": {"id": customer.owner.pk, "name": customer.owner.shown_name} if customer.owner else None,
        },
        "score": one.score,
        "wishes": [{**vars(each), "label": _label(each.code, words)} for each in one.wishes],
    }  # fmt: skip


def cells(lines: list[Line], words: dict[str, dict[str, str]], language: str) -> dict[tuple[int, str], Any]:
    """What stands in a file of the list, by item and column."""
    zh = language.startswith("zh")
    found: dict[tuple[int, str], Any] = {}
    for one in lines:
        item, customer = one.item, one.item.customer
        for code, done in (("open", False), ("done", True)):
            labels = [
                _label(each.code, words)["zh" if zh else "en"] for each in one.wishes if each.done is done
            ]
            found[item.pk, code] = ("、" if zh else ", ").join(labels)
        found[item.pk, "name"] = customer.name
        found[item.pk, "grade"] = customer.standing.grade
        found[item.pk, "value"] = customer.standing.score
        found[item.pk, "owner"] = customer.owner.shown_name if customer.owner else None
    return found


def _label(code: str, words: dict[str, dict[str, str]]) -> dict[str, str]:
    return words.get(code, {"en": code, "zh": code})
