"""Fields that all facts about customers share."""

from decimal import Decimal

from jinzita.kernel.records import Field, FieldType
from jinzita.kernel.values import LARGEST_AMOUNT

MOST_TAGS, LONGEST_TAG = 50, 40


def key_field(synonyms: tuple[str, ...]) -> Field:
    """The key of a record at its source, which every imported kind has."""
    return Field(
        "source_key",
        FieldType.TEXT,
        "Key",
        "编号",
        column="source_key",
        max_length=120,
        required=True,
        own=True,
        listed=False,
        synonyms=("key", "id", "source key", "external id", "编码", "主键", *synonyms),
    )


def tags_field() -> Field:
    """Words that people put on a record as they like."""
    return Field(
        "tags",
        FieldType.CHOICES,
        "Tags",
        "标签",
        editable=True,
        by_action=True,
        listed=False,
        max_length=LONGEST_TAG,
        maximum=Decimal(MOST_TAGS),
        synonyms=("tag", "labels", "label", "标记", "客户标签", "联系人标签"),
    )


def customer_field() -> Field:
    """The customer a fact belongs to; a file names it by its key at the source."""
    return Field(
        "customer",
        FieldType.REFERENCE,
        "Customer",
        "客户",
        column="customer_id",
        references="customers",
        required=True,
        max_length=120,
        synonyms=(
            "customer id",
            "customer no",
            "customer number",
            "customer key",
            "customer code",
            "client",
            "client id",
            "account",
            "account no",
            "客户编号",
            "客户号",
            "客户代码",
            "客户编码",
            "客户ID",
        ),
    )


def customer_name_field() -> Field:
    """What a customer is called whom nobody knew before; known customers keep their names."""
    return Field(
        "customer_name",
        FieldType.TEXT,
        "Customer name",
        "客户名称",
        filterable=False,
        exportable=False,
        listed=False,
        max_length=200,
        synonyms=(
            "client name",
            "account name",
            "company name",
            "company",
            "customer full name",
            "客户名",
            "客户全称",
            "客户简称",
            "单位名称",
            "公司名称",
            "企业名称",
            "往来单位",
            "公司",
            "单位",
            "所属公司",
            "所属客户",
            "所属企业",
            "所在公司",
            "所在单位",
            "工作单位",
            "organization",
            "customer",
            "client",
            "客户",
        ),
    )


def amount_field(
    code: str, en: str, zh: str, *, synonyms: tuple[str, ...], required: bool = True, signed: bool = False
) -> Field:
    """An amount of money in the company's currency, as numeric(18,4)."""
    return Field(
        code,
        FieldType.MONEY,
        en,
        zh,
        column=code,
        required=required,
        sortable=True,
        synonyms=synonyms,
        decimals=4,
        minimum=-LARGEST_AMOUNT if signed else Decimal(0),
        maximum=LARGEST_AMOUNT,
        editable=True,
    )
