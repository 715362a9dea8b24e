"""Fields of contacts."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from jinzita.customers.fields.added import added_fields
from jinzita.customers.fields.contact_ways import further_fields
from jinzita.customers.fields.keys import RECORD
from jinzita.customers.fields.reach import EMAIL
from jinzita.customers.fields.shared import customer_field, customer_name_field, key_field, tags_field
from jinzita.customers.models import Position
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register, tie
from jinzita.kernel.records.arranging import arranged

T = FieldType
GENDERS = (
    Choice("female", "Female", "女", ("f", "ms", "mrs", "女士")),
    Choice("male", "Male", "男", ("m", "mr", "先生")),
)
ROLES = (
    Choice("decision_maker", "Decision maker", "决策人", ("decider", "决策者", "拍板人")),
    Choice("influencer", "Influencer", "影响人", ("影响者",)),
    Choice("sponsor", "Sponsor", "支持人", ("champion", "支持者", "内线")),
    Choice("purchaser", "Purchaser", "采购人", ("buyer", "purchasing", "采购")),
    Choice("technical", "Technical", "技术负责人", ("technical buyer", "技术")),
    Choice("finance", "Finance", "财务负责人", ("financial", "财务")),
    Choice("user", "User", "使用人", ("end user", "使用者", "用户")),
    Choice("gatekeeper", "Gatekeeper", "把关人", ("assistant", "把关者", "前台")),
)


def _text(
    code: str,
    en: str,
    zh: str,
    length: int,
    *synonyms: str,
    listed: bool = True,
    own: bool = False,
    pattern: str = "",
) -> Field:
    return Field(
        code, T.TEXT, en, zh, column=code, max_length=length, editable=True, listed=listed, own=own,
        pattern=pattern, synonyms=synonyms,
    )  # fmt: skip


def _plays(roles: Sequence[str] | None) -> Q:
    """Who takes this part in decisions somewhere; `selectors.contacts` narrows it to what a viewer sees."""
    seats = Position.objects.exclude(role="") if roles is None else Position.objects.filter(role__in=roles)
    return Q(pk__in=seats.values("contact_id"))


FIXED = (
    RECORD,
    key_field(("contact id", "contact no", "contact key", "联系人编号", "联系人ID")),
    Field(
        "name", T.TEXT, "Name", "姓名", column="name", max_length=100, required=True, editable=True, own=True,
        sortable=True, sort_path="search_key__sort",
        synonyms=("contact", "contact name", "full name", "联系人", "联系人姓名", "contact person"),
    ),
    # Not a column of its own: positions hold it.
    replace(customer_field(), column="", filterable=False),
    customer_name_field(),
    _text("title", "Title", "职务", 100, "job title", "职位", "头衔", "岗位", "position"),
    _text("department", "Department", "部门", 100, "dept", "所在部门"),
    Field(
        "role", T.CHOICE, "Role in decisions", "决策角色", choices=ROLES, belongs=_plays, kept=True,
        editable=True, synonyms=("role", "buying role", "角色"),
    ),
    _text("phone", "Phone", "电话", 40, "mobile", "telephone", "tel", "手机", "手机号", "联系电话",
          "手机号码", "电话号码", "移动电话", "联系方式", "mobile phone", "mobile number", "cell phone",
          "phone number", own=True),
    _text("email", "E-mail", "电子邮箱", 254, "mail", "email address", "邮箱", "邮件", "电子邮件", "邮箱地址",
          "邮件地址", own=True, pattern=EMAIL),
    Field(
        "gender", T.CHOICE, "Gender", "性别", column="gender", choices=GENDERS, editable=True, listed=False,
        synonyms=("sex",),
    ),
    _text("salutation", "Salutation", "称呼", 40, "prefix", "尊称", listed=False),
    Field("birthday", T.DATE, "Birthday", "生日", column="birthday", editable=True, own=True, listed=False,
          synonyms=("date of birth", "出生日期")),
    Field("notes", T.TEXT, "Notes", "备注", column="notes", max_length=4000, editable=True, own=True,
          listed=False, filterable=False, synonyms=("note", "remark", "说明")),
    tags_field(),
    Field("source", T.TEXT, "Source", "来源", importable=False, max_length=50, listed=False),
    Field("created_at", T.DATETIME, "Created", "创建时间", importable=False, sortable=True, listed=False),
)  # fmt: skip

# Who is at a customer: a filter of customers asks these of their contacts.
_AT_CUSTOMER = (
    *(
        replace(one, path=f"contact__{one.code}", filterable=True)
        for one in FIXED
        if one.code in ("name", "title", "department", "phone", "email", "gender", "birthday")
    ),
    Field("role", T.CHOICE, "Role in decisions", "决策角色", choices=ROLES),
    Field("influence", T.NUMBER, "Influence (1 to 5)", "影响力（1–5）"),
    Field("is_primary", T.YES_NO, "Works mainly there", "主要任职"),
    Field("since", T.DATE, "There since", "任职开始"),
    Field("until", T.DATE, "Left", "离任日期"),
)

tie(
    RecordKind(
        "contacts", "customers.Position", "Contacts", "联系人", _AT_CUSTOMER,
        only=(("contact__trashed_at", None), ("contact__merged_into", None)),
    )
)  # fmt: skip


def _fields(viewer: Viewer | None) -> tuple[Field, ...]:
    return (*FIXED, *further_fields(viewer), *added_fields(of="contacts"))


CONTACTS = arranged(
    register(
        RecordKind(
            "contacts", "customers.Contact", "Contacts", "联系人", _fields, default_sort=("name", "id"),
            fixed=FIXED,
        )
    )
)  # fmt: skip
