"""How customers stand to each other, as files bring it: a row each, known by what it says."""

from jinzita.customers.fields.shared import customer_field, customer_name_field
from jinzita.kernel.records import Choice, Field, FieldType, RecordKind, register

T = FieldType
KINDS = (
    Choice("referred_by", "Referred by", "推荐人是", ("referrer", "introduced by", "推荐人", "介绍人")),
    Choice("partner_of", "Partner of", "合作伙伴", ("partner", "partnership", "伙伴", "合作方", "合作")),
    Choice("competitor_of", "Competitor of", "竞争对手", ("competitor", "竞争", "对手", "竞品")),
    Choice("agent_of", "Agent of", "代理的厂商是", ("agent for", "agent", "代理", "经销", "代理厂商")),
    Choice("supplier_of", "Supplier of", "供货给", ("supplies", "supplier to", "供应", "供货")),
)
OTHER = Field(
    "other",
    T.REFERENCE,
    "Other customer",
    "另一客户",
    column="other_id",
    references="customers",
    required=True,
    max_length=200,
    synonyms=(
        "other",
        "related customer",
        "related account",
        "related company",
        "other account",
        "对方",
        "对方客户",
        "相关客户",
        "关联客户",
        "关联企业",
        "对方企业",
    ),
)

RELATIONS = register(
    RecordKind(
        "relations", "customers.Relation", "Relations", "客户关系",
        (
            customer_field(),
            customer_name_field(),
            Field("kind", T.CHOICE, "Relation", "关系", column="kind", choices=KINDS, required=True,
                  synonyms=("relation type", "relationship", "type", "关系类型", "类型", "与对方的关系")),
            OTHER,
            Field("since", T.DATE, "Since", "开始日期", column="since",
                  synonyms=("from", "since date", "start", "start date", "起始日期", "自", "开始时间")),
            Field("note", T.TEXT, "Note", "备注", column="note", max_length=400,
                  synonyms=("notes", "remark", "remarks", "comment", "说明", "描述")),
        ),
    )
)  # fmt: skip
