"""What is looked at again when records come and change: doubles, and how well records are kept."""

from jinzita.activities.events import InteractionsRecorded
from jinzita.customers.events import (
    ClassesChanged,
    ContactsChanged,
    CustomersChanged,
    CustomersEdited,
    CustomersErased,
    CustomersTrashed,
    StageChanged,
)
from jinzita.kernel.events import react
from jinzita.quality.events import DuplicatesWanted, QualityPolicyPublished, RatingWanted, WeeklyListsWanted
from jinzita.wiring.deferring import few_or_all, to

look_for_doubles = few_or_all("quality.check_customers", "quality.find_duplicates", queue="default")
rate = few_or_all("quality.rate", "quality.rate_all", queue="default")


def register() -> None:
    react(QualityPolicyPublished, lambda news: rate({"many": True}))
    react(WeeklyListsWanted, to("quality.weekly", "long"))
    react(RatingWanted, to("quality.rate_all", "long"))
    react(DuplicatesWanted, to("quality.find_duplicates", "long"))
    react(CustomersChanged, look_for_doubles)
    react(CustomersTrashed, look_for_doubles)
    for edited in (
        CustomersChanged, CustomersEdited, ContactsChanged, InteractionsRecorded, CustomersErased,
        StageChanged, ClassesChanged,
    ):  # fmt: skip
        react(edited, rate)
