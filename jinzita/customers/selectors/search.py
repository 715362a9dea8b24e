"""The search box: the customers and contacts somebody means by a few letters, the likeliest first."""

from dataclasses import dataclass

from django.db.models import F

from jinzita.customers.fields.search_text import matched, sort_of, ways_of
from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors import contacts
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.selectors.words import found_by, is_frequent, keyed_as
from jinzita.kernel import values
from jinzita.kernel.access import Viewer
from jinzita.kernel.pinyin import normal

MOST_FOUND = 20
# So many places of the answer are kept for contacts.
LEAST_CONTACTS = 5
# How many candidates of each sort are looked at before the best are shown.
_LOOKED_AT = 60
_BEST_FIRST = (F("standing__score").desc(nulls_last=True), "standing__customer")


@dataclass(frozen=True)
class Found:
    """A customer or contact found: `matched` says by which of its texts (name, pinyin, initials, phone,
    email, id, former).
    """

    one: Customer | Contact
    matched: str


def search(viewer: Viewer, q: str) -> list[Found]:
    """At most 20 visible customers: the one of exactly this key or name, names that begin so, then by score;
    after them contacts, at least some when there are any.
    """
    values.plain_text(q, "q", longest=100)
    if not ways_of(q):
        return []
    rows = (
        visible_to(viewer)
        .select_related("standing", "search_key")
        .only(
            "name",
            "standing__score",
            "standing__grade",
            "standing__computed_grade",
            "standing__override",
            "search_key__text",
            "search_key__sort",
        )
    )
    # Of a frequent word only the best customers are looked at; names that begin with it have their own index.
    found = found_by(q, kept=kept_back(viewer, "customers"))
    begin = rows.filter(search_key__sort__startswith=sort_of(q))
    if not q.isascii():  # other characters are said alike
        begin = begin.filter(search_key__text__startswith="\n" + normal(q))
        if not is_frequent(ways_of(q)[0]):
            begin = begin.filter(found)
    candidates = list(begin.order_by("search_key__sort", "pk")[:_LOOKED_AT])
    best = rows.filter(found, standing__isnull=False)
    candidates += best.order_by(*_BEST_FIRST)[:_LOOKED_AT]
    keyed = set(keyed_as(q))
    candidates += rows.filter(pk__in=keyed)
    ranked = sorted(
        {one.pk: one for one in candidates}.values(), key=lambda one: (one.pk not in keyed, *_rank(one, q))
    )
    people = contacts.search(viewer, q, most=MOST_FOUND)
    room = MOST_FOUND - min(len(people), LEAST_CONTACTS)
    found_customers = [
        Found(one, "id" if one.pk in keyed else matched(one.search_key.text, q)) for one in ranked[:room]
    ]
    found_contacts = [Found(one, which) for one, which in people]
    return (found_customers + found_contacts)[:MOST_FOUND]


def _rank(customer: Customer, q: str) -> tuple[int, float, int]:
    name, wanted = normal(customer.name), normal(q)
    said = customer.search_key.sort.startswith(sort_of(q))
    closeness = 0 if name == wanted else 1 if said or name.startswith(wanted) else 2
    score = customer.standing.score
    return closeness, -1.0 if score is None else -score - 1, customer.pk
