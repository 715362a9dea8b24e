"""What can be merged, how the tables of customers behave in it, and what their rows are called there."""

from jinzita.customers.selectors.references import call, fill, treat
from jinzita.customers.services.merging.contacts import Contacts
from jinzita.customers.services.merging.customers import Customers
from jinzita.customers.services.merging.mergeable import register

_CALLED = {
    "Address": ("Addresses", "地址"),
    "Channel": ("Phones, e-mails and the like", "电话、邮箱等"),
    "Classified": ("Classes", "客户分类"),
    "ContactsApart": ("Contacts told apart", "认定为不同的联系人"),
    "Identifier": ("Identifiers", "证件编号"),
    "Position": ("Places of contacts", "联系人任职"),
    "Relation": ("Relations", "客户关系"),
    "StageChange": ("Stages of life", "生命周期变化"),
    "TeamMember": ("People in the team", "客户团队成员"),
}


def declare_merging() -> None:
    """Called when Django is ready."""
    register(Customers())
    register(Contacts())
    for label in ("Standing", "SearchKey", "ContactKey", "Lifecycle", "Pooled"):
        treat(f"customers.{label}", "derived")
    treat("customers.Ownership", "stays")
    fill("customers.Position", ("title",), ("role",), ("influence",), ("since",))
    fill("customers.TeamMember", ("part",))
    fill("customers.Channel", ("label",), ("validity", "validity_on", "validity_reason"))
    for label, (en, zh) in _CALLED.items():
        call(f"customers.{label}", en, zh)
