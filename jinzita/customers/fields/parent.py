"""The field that says under which customer another one stands in its group."""

from jinzita.kernel.records import Field, FieldType

PARENT = Field(
    "parent",
    FieldType.REFERENCE,
    "Parent account",
    "上级客户",
    column="parent_id",
    references="customers",
    listed=False,
    max_length=200,
    synonyms=(
        "parent",
        "parent company",
        "parent customer",
        "parent account name",
        "parent account id",
        "belongs to",
        "上级单位",
        "上级公司",
        "上级企业",
        "母公司",
        "总公司",
        "集团",
        "所属集团",
        "集团公司",
        "隶属客户",
    ),
)
