"""Fields of duties, as their list shows, filters and sorts them."""

from collections.abc import Sequence

from django.db.models import Q

from jinzita.customers.fields import GRADES
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind
from jinzita.kernel.records.arranging import arranged
from jinzita.treatment.models import State

T = FieldType
ITEMS = (
    Choice("visit", "Visit", "拜访"),
    Choice("contact", "Contact", "联络"),
    Choice("answer", "Answer", "答复"),
    Choice("sponsor", "Name a sponsor", "指定高层负责人"),
)
STATES = (
    Choice("due", "Due", "待履行"),
    Choice("done", "Kept", "按时履行"),
    Choice("missed", "Missed", "逾期"),
    Choice("excused", "Excused", "已免责"),
)


def _waits(wanted: Sequence[bool] | None) -> Q:
    """Due, or missed and not made good since."""
    waiting = Q(state=State.DUE) | Q(state=State.MISSED, done_at=None)
    if wanted is None or {*wanted} == {True, False}:
        return Q(pk__isnull=False)
    return waiting if True in wanted else ~waiting


def of_grade(grades: Sequence[str] | None) -> Q:
    """Owed to a customer of one of these grades now; `selectors` narrows it to customers the viewer sees."""
    return Q() if grades is None else Q(customer__standing__grade__in=grades)


DUTIES = arranged(
    RecordKind(
        "duties", "treatment.Duty", "Duties", "维护事项",
        (
            # The words searched for find a customer, as far as the viewer sees it.
            Field("name", T.TEXT, "Customer", "客户", path="customer__name", filterable=False),
            Field("grade", T.CHOICE, "Grade", "价值等级", choices=GRADES, belongs=of_grade, kept=True),
            Field("item", T.CHOICE, "Duty", "事项", choices=ITEMS),
            Field("owner", T.REFERENCE, "Owner", "负责人", references="users"),
            Field("department", T.REFERENCE, "Department", "部门", references="departments", listed=False),
            Field("due_on", T.DATE, "Until", "期限", sortable=True),
            Field("state", T.CHOICE, "State", "状态", choices=STATES),
            Field("waits", T.YES_NO, "Still to be done", "仍待履行", belongs=_waits, kept=True, listed=False),
            Field(
                "grade_then", T.CHOICE, "Grade when owed", "约定时的等级", path="grade", choices=GRADES,
                listed=False,
            ),
            Field("opened_on", T.DATE, "Owed since", "开始日期", listed=False),
            Field("done_at", T.DATETIME, "Done", "履行时间", listed=False),
            Field("missed_on", T.DATE, "Missed on", "逾期日期", listed=False),
            Field("escalated_to", T.REFERENCE, "Escalated to", "上报给", references="users", listed=False),
            Field("escalated_on", T.DATE, "Escalated on", "上报日期", listed=False),
            Field("excused_by", T.REFERENCE, "Excused by", "免责人", references="users", listed=False),
            Field(
                "excuse", T.TEXT, "Reason for excusing", "免责原因", max_length=300, own=True, listed=False
            ),
        ),
        default_sort=("-due_on",),
    )
)  # fmt: skip
