"""Customers as the value model reads them: who they are, their attributes as typed columns, their
classes, and the people at them.
"""

from jinzita.customers.models import AttributeDefinition, AttributeType
from jinzita.kernel.warehouse import Column, FactSource, register
from jinzita.kernel.warehouse.facts import Kind

_KINDS: dict[str, Kind] = {
    AttributeType.TEXT: "text",
    AttributeType.CHOICE: "text",
    AttributeType.NUMBER: "number",
    AttributeType.MONEY: "money",
    AttributeType.DATE: "day",
    AttributeType.YES_NO: "yes_no",
    AttributeType.CHOICES: "text",
    AttributeType.REFERENCE: "id",
}


def _attribute(definition: AttributeDefinition) -> Column:
    # A code is a plain identifier by constraint. A value of another type than declared counts as not known.
    value = f"c.attributes -> '{definition.code}'"
    text = f"c.attributes ->> '{definition.code}'"
    kind = _KINDS[definition.type]
    sql = {
        "text": f"({text})",
        "id": f"CASE jsonb_typeof({value}) WHEN 'number' THEN ({value})::bigint END",
        "number": f"CASE jsonb_typeof({value}) WHEN 'number' THEN ({value})::double precision END",
        "money": f"CASE jsonb_typeof({value}) WHEN 'number' THEN ({value})::numeric(18,4) END",
        "yes_no": f"CASE jsonb_typeof({value}) WHEN 'boolean' THEN ({value})::boolean END",
        "day": f"CASE WHEN pg_input_is_valid({text}, 'date') THEN ({text})::date END",
    }[kind]
    return Column(f"attribute:{definition.code}", sql, kind)


def _columns() -> tuple[Column, ...]:
    fixed = (
        Column("customer_id", "c.id", "id"),
        Column("name", "c.name", "text"),
        Column("kind", "c.kind", "text"),
        Column("source", "c.source", "text"),
        Column("created_at", "c.created_at", "moment"),
    )
    return fixed + tuple(
        _attribute(one) for one in AttributeDefinition.objects.filter(archived_at=None).order_by("code")
    )


_CONTACTS = (
    Column("customer_id", "p.customer_id", "id"),
    *(
        Column(name, f"t.{name}", "text")
        for name in ("name", "title", "department", "phone", "email", "gender")
    ),
    Column("birthday", "t.birthday", "day"),
    Column("role", "p.role", "text"),
    Column("influence", "p.influence", "number"),
    Column("is_primary", "p.is_primary", "yes_no"),
    Column("since", "p.since", "day"),
    Column("until", "p.until", "day"),
)


def register_facts() -> None:
    """Called when Django is ready."""
    # Who lies in the trash, or was merged into another, is not scored.
    table = (
        "customers_customer c JOIN LATERAL"
        " (SELECT WHERE c.trashed_at IS NULL AND c.merged_into_id IS NULL) present ON true"
    )
    register(FactSource("customers", table=table, columns=_columns, customer="c.id"))
    register(
        FactSource(
            "classes", table="customers_classified k", customer="k.customer_id", month="k.since",
            month_is="day",
            columns=(
                Column("customer_id", "k.customer_id", "id"), Column("choice_id", "k.category_id", "id"),
            ),
        )
    )  # fmt: skip
    people = (
        "customers_position p JOIN customers_contact t"
        " ON t.id = p.contact_id AND t.trashed_at IS NULL AND t.merged_into_id IS NULL"
    )
    register(
        FactSource(
            "contacts", table=people, columns=_CONTACTS, customer="p.customer_id", month="t.created_at"
        )
    )
