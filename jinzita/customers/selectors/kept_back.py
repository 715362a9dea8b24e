"""Search for somebody from whom telephones or e-mails are kept: these find nobody."""

from collections.abc import Sequence

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from jinzita.customers.fields.search_text import MARKS, Term
from jinzita.kernel.access import Viewer


def kept_back(viewer: Viewer, kind: str) -> frozenset[str]:
    """Which of phone and email the viewer's role conceals, of customers or contacts."""
    return frozenset(code for code in ("phone", "email") if viewer.access(kind, code).concealed)


def in_what_is_shown(way: Sequence[Term], text: str, kept: frozenset[str]) -> Q:
    """The condition that every term stands in a line that is not kept back; `text` is the path of the key."""
    if not kept:
        return Q()
    lines = [f"[^\\n]*{MARKS[which]}" for which in sorted(kept)]
    if "phone" in kept:
        lines.append("[0-9]+")  # the line of the primary telephone
    pattern = Value(f"\\n({'|'.join(lines)})(?=\\n)")
    rest = Func(F(text), pattern, Value(""), Value("g"), function="regexp_replace", output_field=TextField())
    every = Q()
    for term in way:
        fits = Q()
        for needle in term.needles:
            fits |= Q(GreaterThan(StrIndex(rest, Value(needle)), 0))
        every &= fits
    return every
