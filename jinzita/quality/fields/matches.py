"""Fields of duplicates, as their list filters and sorts them: of a pair, and of its two customers."""

from dataclasses import replace
from decimal import Decimal

from jinzita.customers.fields import CUSTOMERS
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind
from jinzita.kernel.records.arranging import arranged

T = FieldType
VERDICTS = (Choice("same", "The same", "相同"), Choice("look", "Look at it", "待确认"))
STATES = (
    Choice("open", "To be decided", "待处理"),
    Choice("later", "Later", "稍后处理"),
    Choice("different", "Not the same", "不是同一客户"),
)
OF_PAIR = (
    Field("verdict", T.CHOICE, "Verdict", "判断", choices=VERDICTS, listed=False),
    Field("state", T.CHOICE, "State", "处理状态", choices=STATES, listed=False),
    # Equal ones by id, as the index of leading pairs has them.
    Field(
        "probability", T.NUMBER, "Likelihood", "可能性", share=True, minimum=Decimal(0), maximum=Decimal(1),
        sortable=True, ties="opposite", listed=False,
    ),
    Field("found_at", T.DATETIME, "Found", "发现时间", sortable=True, listed=False),
    Field("decided_by", T.REFERENCE, "Decided by", "处理人", references="users", listed=False),
    Field("decided_at", T.DATETIME, "Decided", "处理时间", sortable=True, listed=False),
)  # fmt: skip
# What is shown of the customers until somebody chooses other columns.
_SHOWN = frozenset({"name", "grade", "phone", "email", "owner", "source", "created_at"})


def _fields(viewer: Viewer | None) -> tuple[Field, ...]:
    return (*map(_of_customers, CUSTOMERS.read_fields(viewer)), *OF_PAIR)


def _of_customers(one: Field) -> Field:
    return replace(one, listed=one.code in _SHOWN, sortable=False, editable=False)


DUPLICATES = arranged(
    RecordKind(
        "duplicates", "quality.Match", "Duplicates", "重复客户", _fields, default_sort=("-probability",),
        fixed=OF_PAIR,
    )
)  # fmt: skip
