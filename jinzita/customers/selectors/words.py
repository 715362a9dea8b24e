"""The words by which customers are found: in the search box and above every list."""

from collections.abc import Callable, Sequence

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from jinzita.customers.fields.frequencies import frequency
from jinzita.customers.fields.search_text import Term, ways_of
from jinzita.customers.models import Customer, SearchKey
from jinzita.customers.selectors.kept_back import in_what_is_shown
from jinzita.kernel import values

LONGEST_QUERY = 100
# Of words that more than this share of the customers have, or this many, the n-grams lead to too many rows.
FREQUENT, MOST_INDEXED = 0.01, 10_000
# So many customers of one key are found: as many as there are sources that count in the same way.
MOST_KEYED = 20


def found_by(q: str, prefix: str = "", *, kept: frozenset[str] = frozenset()) -> Q:
    """The condition that every word of `q` is part of what a customer is found by, or that `q` is its key.

    `prefix` is the path to the customer from another table, such as ``customer__``. What is
    `kept` from the viewer (phone, email) finds nobody. Raises Invalid.
    """
    values.plain_text(q, "q", longest=LONGEST_QUERY)
    condition = Q(pk__in=[])
    for way in ways_of(q):
        condition |= every_term(way, prefix, frequent=is_frequent(way)) & in_what_is_shown(
            way, f"{prefix}search_key__text", kept
        )
    if keyed := keyed_as(q):
        condition |= Q(**{f"{prefix}search_key__in": keyed})
    return condition


def keyed_as(q: str) -> list[int]:
    """Ids of the customers whose key at some source is exactly this, in any case; of all, seen or not."""
    key = q.strip()
    found = Customer.objects.filter(source_key__in={key, key.upper(), key.lower()})
    return list(found.values_list("pk", flat=True)[:MOST_KEYED])


def is_frequent(way: Sequence[Term]) -> bool:
    """Whether so many customers have these words that the best are found by walking down the scores."""

    def some() -> int:
        rows = SearchKey.objects.filter(every_term(way, "", frequent=False, key=""))
        return rows.values("pk")[:MOST_INDEXED].count()

    return is_common(way, frequency, some)


def is_common(way: Sequence[Term], share: Callable[[int], float], some: Callable[[], int]) -> bool:
    """Whether words stand in so many keys that walking the list's order finds them sooner than the index.

    Otherwise the index of n-grams finds them. PostgreSQL cannot tell by itself: it takes the n-grams of one
    word for independent. So their own frequencies are asked, and in doubt a bounded look is taken (`some`).
    """
    grams = {gram for term in way for gram in term.grams}
    shares = [share(gram) for gram in grams]
    if min(shares) <= FREQUENT:
        return False
    if 1 - sum(1 - one for one in shares) > FREQUENT:
        return True  # at least so many have them all
    return some() == MOST_INDEXED


def every_term(way: Sequence[Term], prefix: str, *, frequent: bool, key: str = "search_key__") -> Q:
    """The condition that every term of a way is found in the key."""
    every = Q()
    for term in way:
        fits = Q()
        for needle in term.needles:
            if frequent:  # strpos, since of LIKE the planner thinks that little fits
                fits |= Q(GreaterThan(StrIndex(F(f"{prefix}{key}text"), Value(needle)), 0))
            else:
                fits |= Q(**{f"{prefix}{key}text__contains": needle})
        leads = Q() if frequent else Q(**{f"{prefix}{key}grams__contains": list(term.grams)})
        every &= leads & fits
    return every
