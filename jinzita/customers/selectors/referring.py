"""Whom a text of a file means where it refers to a customer or a colleague."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models.functions import Lower, Trim

from jinzita.customers.fields.keys import NUMBERS, normal_key
from jinzita.customers.selectors.keys import meant
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer
from jinzita.people import selectors as people

# Beside its key at the source and its name, a customer is known by these.
NUMBERED = tuple(one.code for one in NUMBERS if one.code != "external")
_FURTHER = (*NUMBERED, "phone", "email")
Meant = dict[str, list[tuple[int, str]]]


def referred(viewer: Viewer, kind: str, texts: Collection[str], *, source: str) -> Meant:
    """For each text the records it may mean, with their names: customers by their key at the source, else by
    name, else by a number of an authority, telephone or e-mail; colleagues by user name, e-mail or name. A
    text that means nobody is left out.
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
    for key in _FURTHER:
        if not viewer.access("customers", key).concealed:
            found |= _known_by(viewer, key, [text for text in texts if text not in found])
    return found


def _known_by(viewer: Viewer, key: str, texts: Collection[str]) -> Meant:
    """Those of the texts that mean customers by this key."""
    normals = {text: normal for text in texts if (normal := normal_key(key, text))}
    if not normals:
        return {}
    known = meant(viewer, key, sorted(set(normals.values())))
    several = known.candidates(viewer, known.several)
    names = dict(visible_to(viewer).filter(pk__in=known.one.values()).values_list("pk", "name"))
    one = {normal: [(pk, names[pk])] for normal, pk in known.one.items() if pk in names}
    found = several | one
    return {text: found[normal] for text, normal in normals.items() if found.get(normal)}
