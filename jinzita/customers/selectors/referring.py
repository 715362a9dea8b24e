"""Whom a text of a file means where an attribute refers to a customer or a colleague."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models.functions import Lower, Trim

from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer
from jinzita.people import selectors as people

Meant = dict[str, list[tuple[int, str]]]


def referred(viewer: Viewer, kind: str, texts: Collection[str], *, source: str) -> Meant:
    """For each text the records it may mean, with their names: customers by their key at the source, else by
    name; colleagues by user name, e-mail or name. A text that means nobody is left out.
    """
    if kind == "users":
        return people.named(viewer, texts)
    rows = visible_to(viewer)
    found: Meant = defaultdict(list)
    for pk, name, key in rows.filter(source=source, source_key__in=texts).values_list(
        "pk", "name", "source_key"
    ):
        found[key].append((pk, name))
    folded: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        if text not in found:
            folded[text.strip().lower()].append(text)
    named = rows.annotate(folded=Lower(Trim("name"))).filter(folded__in=list(folded)).order_by("pk")
    for pk, name, plain in named.values_list("pk", "name", "folded"):
        for text in folded.get(plain, ()):
            found[text].append((pk, name))
    return found
