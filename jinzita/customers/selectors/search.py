"""The search box: the customers somebody means by a few letters, the likeliest first."""

from dataclasses import dataclass

from django.db.models import F

from jinzita.customers.fields.search_text import digits, normal, sort_of, ways_of
from jinzita.customers.models import Customer, SearchKey
from jinzita.customers.selectors.customers import found_by, is_frequent, searches_phones, visible_to
from jinzita.kernel import values
from jinzita.kernel.access import Viewer

MOST_FOUND = 20
# How many candidates of each sort are looked at before the best are shown.
_LOOKED_AT = 60
_BEST_FIRST = (F("standing__score").desc(nulls_last=True), "standing__customer")
_LINES = ("name", "pinyin", "initials", "phone")


@dataclass(frozen=True)
class Found:
    """A customer found: `matched` says by which of its texts (name, pinyin, initials, phone)."""

    customer: Customer
    matched: str


def search(viewer: Viewer, q: str) -> list[Found]:
    """At most 20 visible customers: the one of exactly this name, names that begin so, then by score."""
    values.plain_text(q, "q", longest=100)
    if not ways_of(q):
        return []
    rows = (
        visible_to(viewer)
        .select_related("standing", "search_key")
        .only("name", "standing__score", "standing__grade", "search_key__text", "search_key__sort")
    )
    # Of a frequent word only the best customers are looked at; names that begin with it have their own index.
    by_phone = searches_phones(viewer)
    found = found_by(q, by_phone=by_phone)
    begin = rows.filter(search_key__sort__startswith=sort_of(q))
    if not q.isascii():  # other characters are said alike
        begin = begin.filter(search_key__text__startswith="\n" + normal(q))
        if not is_frequent(ways_of(q)[0]):
            begin = begin.filter(found)
    candidates = list(begin.order_by("search_key__sort", "pk")[:_LOOKED_AT])
    best = rows.filter(found, standing__isnull=False)
    candidates += best.order_by(*_BEST_FIRST)[:_LOOKED_AT]
    ranked = sorted({one.pk: one for one in candidates}.values(), key=lambda one: _rank(one, q))
    return [Found(one, _matched(one.search_key, q) if by_phone else "name") for one in ranked[:MOST_FOUND]]


def _rank(customer: Customer, q: str) -> tuple[int, float, int]:
    name, wanted = normal(customer.name), normal(q)
    said = customer.search_key.sort.startswith(sort_of(q))
    closeness = 0 if name == wanted else 1 if said or name.startswith(wanted) else 2
    score = customer.standing.score
    return closeness, -1.0 if score is None else -score - 1, customer.pk


def _matched(key: SearchKey, q: str) -> str:
    lines = key.text.strip("\n").split("\n")
    # Of two lines the second is the phone, when there is no pinyin.
    names = _LINES if len(lines) > 2 else ("name", "phone")
    term = ways_of(q)[-1][0].text
    for line, name in zip(lines, names, strict=False):
        if term in line:
            return name
    return "phone" if digits(q) else "name"
