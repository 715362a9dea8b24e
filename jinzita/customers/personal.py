"""What of the tables of customers is personal."""

from jinzita.kernel import personal

SOURCED = ("source", "source_key")


def declare_personal() -> None:
    """Called when Django is ready. Of customers and contacts themselves see `services.erasure`."""
    personal.declare(
        "customers.Standing",
        instead={"override": 'CASE WHEN override IS NOT NULL THEN override || \'{"reason": ""}\' END'},
    )
    for label in ("Classified", "Lifecycle", "Pooled"):
        personal.declare(f"customers.{label}")
    for label in ("Address", "Channel", "Identifier", "Relation", "ContactsApart"):
        personal.declare(f"customers.{label}", removed=True)
    for label in ("SearchKey", "ContactKey"):
        personal.declare(f"customers.{label}", removed=True)
    personal.declare(
        "customers.Customer", word="customer",
        erased=("name", "phone", "email", "attributes", "tags"), kept=("source",), instead=_key(),
    )  # fmt: skip
    personal.declare(
        "customers.Contact", word="contact", kept=("source",), instead=_key(),
        erased=("name", "salutation", "department", "title", "phone", "email", "notes", "birthday", "tags"),
    )  # fmt: skip
    personal.declare("customers.Position", erased=("title",))
    personal.declare("customers.StageChange", erased=("reason",))
    personal.declare("customers.Ownership", erased=("note",), kept=("by_name", "ended_as"))
    personal.declare("customers.TeamMember", erased=("part",))
    personal.mentions("customers.BulkAction", "selection", "changes", "values", "refused")
    personal.unrelated(
        "customers.AttributeDefinition", "customers.Dimension", "customers.Category",
        "customers.NamedAs",
        # Emptied by `services.erasure`, since they name records by plain ids.
        "customers.Merge", "customers.MergePart", "customers.ErasedKey",
    )  # fmt: skip


def _key() -> dict[str, str]:
    # The source may know somebody by a telephone number.
    return {"source_key": "'erased-' || id"}
