"""Fields of customers: the fixed ones, one for each attribute of the company, one for each dimension."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from jinzita.customers.fields.added import added_fields
from jinzita.customers.fields.attributes import attribute_field, attribute_fields
from jinzita.customers.fields.change_sets import CHANGE_SET
from jinzita.customers.fields.classification import class_fields
from jinzita.customers.fields.entry_rules import breaking, breaks_field
from jinzita.customers.fields.frequencies import rarest
from jinzita.customers.fields.keys import NUMBERS, RECORD
from jinzita.customers.fields.owned_since import OWNED_SINCE
from jinzita.customers.fields.parent import PARENT
from jinzita.customers.fields.reach import EMAIL
from jinzita.customers.fields.search_text import grams_within
from jinzita.customers.fields.shared import key_field, tags_field
from jinzita.customers.fields.team import TEAM
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register
from jinzita.kernel.records.arranging import arranged

T = FieldType

KINDS = (
    Choice(
        "organisation",
        "Organisation",
        "企业客户",
        ("company", "enterprise", "organization", "business", "企业", "公司", "单位", "集团"),
    ),
    Choice("person", "Person", "个人客户", ("individual", "consumer", "personal", "个人", "自然人")),
)
GRADES = (
    Choice("vip", "VIP", "VIP客户"),
    Choice("important", "Important", "重要客户"),
    Choice("ordinary", "Ordinary", "普通客户"),
    Choice("small", "Small", "小客户"),
    Choice("prospect", "Prospect", "潜在客户"),
)
STAGES = (
    Choice("suspect", "Suspect", "目标客户"),
    Choice("prospect", "Prospect", "潜在客户"),
    Choice("customer", "Customer", "成交客户"),
    Choice("member", "Member", "会员"),
    Choice("fan", "Fan", "粉丝"),
    Choice("dormant", "Dormant", "沉睡客户"),
    Choice("lost", "Lost", "流失客户"),
)


def _with_part(part: str) -> Q:
    grams = grams_within(part)
    return Q(search_key__grams__contains=[rarest(grams)]) if grams else Q()


FIXED = (
    key_field(
        (
            "customer id",
            "customer no",
            "customer key",
            "customer code",
            "account no",
            "客户编号",
            "客户号",
            "客户代码",
            "客户编码",
            "客户ID",
        )
    ),
    Field(
        "name",
        T.TEXT,
        "Name",
        "名称",
        column="name",
        max_length=200,
        required=True,
        editable=True,
        own=True,
        sortable=True,
        sort_path="search_key__sort",
        narrow=_with_part,
        synonyms=(
            "customer",
            "customer name",
            "company",
            "company name",
            "full name",
            "客户",
            "客户名称",
            "客户名",
            "客户全称",
            "公司全称",
            "企业全称",
            "单位全称",
            "公司名称",
            "单位名称",
            "企业名称",
            "机构名称",
            "甲方名称",
            "往来单位",
            "公司",
            "企业",
            "单位",
            "姓名",
            "account name",
            "client name",
            "organization",
            "organization name",
            "organisation name",
            "account",
            "client",
        ),
    ),
    Field(
        "kind",
        T.CHOICE,
        "Kind",
        "客户性质",
        column="kind",
        choices=KINDS,
        editable=True,
        synonyms=("type", "customer type", "customer kind", "客户类型", "类型", "性质"),
    ),
    Field(
        "grade",
        T.CHOICE,
        "Grade",
        "价值等级",
        path="standing__grade",
        choices=GRADES,
        sortable=True,
        importable=False,
    ),
    Field(
        "computed_grade",
        T.CHOICE,
        "Grade by score, where overridden",
        "人工调整前的等级",
        path="standing__computed_grade",
        choices=GRADES,
        importable=False,
        listed=False,
    ),
    Field(
        "score",
        T.NUMBER,
        "Score",
        "价值得分",
        path="standing__score",
        ties="opposite",
        sortable=True,
        importable=False,
    ),
    Field(
        "score_as_of",
        T.DATE,
        "Score as of",
        "评分日期",
        path="standing__as_of",
        importable=False,
        listed=False,
    ),
    Field(
        "quality",
        T.NUMBER,
        "Data quality",
        "数据质量",
        path="standing__quality",
        ties="opposite",
        sortable=True,
        importable=False,
        listed=False,
        decimals=0,
    ),
    Field(
        "owner",
        T.REFERENCE,
        "Owner",
        "负责人",
        column="owner_id",
        references="users",
        importable=False,
        editable=True,
        by_action=True,
    ),
    Field(
        "department",
        T.REFERENCE,
        "Department",
        "部门",
        column="department_id",
        references="departments",
        importable=False,
    ),
    TEAM,
    Field(
        "phone",
        T.TEXT,
        "Phone",
        "电话",
        column="phone",
        max_length=40,
        editable=True,
        own=True,
        synonyms=(
            "telephone",
            "tel",
            "mobile",
            "phone number",
            "联系电话",
            "手机",
            "手机号",
            "电话号码",
            "手机号码",
            "公司电话",
            "企业电话",
            "单位电话",
            "客户电话",
            "办公电话",
            "固定电话",
            "固话",
            "座机",
            "联系方式",
            "telephone number",
            "company phone",
            "business phone",
            "contact number",
            "mobile phone",
            "mobile number",
            "cell phone",
        ),
    ),
    Field(
        "email",
        T.TEXT,
        "E-mail",
        "电子邮箱",
        column="email",
        max_length=254,
        pattern=EMAIL,
        editable=True,
        own=True,
        listed=False,
        synonyms=(
            "email",
            "mail",
            "email address",
            "邮箱",
            "邮件",
            "电子邮件",
            "邮箱地址",
            "邮件地址",
            "公司邮箱",
            "企业邮箱",
            "联系邮箱",
            "company email",
        ),
    ),
    PARENT,
    tags_field(),
    Field("source", T.TEXT, "Source", "来源", importable=False, max_length=50, listed=False),
    Field("created_at", T.DATETIME, "Created", "创建时间", importable=False, sortable=True, listed=False),
    OWNED_SINCE,
    CHANGE_SET,
    Field(
        "stage",
        T.CHOICE,
        "Stage",
        "生命周期",
        path="lifecycle__stage",
        choices=STAGES,
        importable=False,
        listed=False,
    ),
)


def _fields(viewer: Viewer | None) -> tuple[Field, ...]:
    fixed: tuple[Field, ...] = FIXED
    if viewer is not None and not viewer.may(Permission.ASSIGN):
        fixed = tuple(replace(one, editable=False) if one.code == "owner" else one for one in FIXED)
    return (
        RECORD, *fixed, *added_fields(), *NUMBERS, *rule_fields(), *attribute_fields(viewer), *class_fields()
    )  # fmt: skip


def rule_fields() -> tuple[Field, ...]:
    """The field by which customers are found that break a rule of entry."""
    return (breaks_field(_breaking),)


def _breaking(codes: Sequence[str] | None) -> Q:
    return breaking(codes, {one.code: one for one in _ruled()})


def _ruled() -> tuple[Field, ...]:
    return (*FIXED, *added_fields(), *attribute_fields(), *class_fields())


CUSTOMERS = arranged(
    register(
        RecordKind(
            "customers",
            "customers.Customer",
            "Customers",
            "客户",
            _fields,
            default_sort=("-score", "id"),
            fixed=FIXED,
        )
    )
)

__all__ = [
    "CUSTOMERS",
    "FIXED",
    "GRADES",
    "KINDS",
    "added_fields",
    "attribute_field",
    "attribute_fields",
    "class_fields",
    "rule_fields",
]
