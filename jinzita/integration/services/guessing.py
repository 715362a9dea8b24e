"""What a file seems to hold, by the names of its columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from jinzita.customers.fields.keys import RECORD
from jinzita.integration.services.plan import KINDS, importable, record_kind, suggest
from jinzita.kernel.access import Viewer

# These tell one line from another, and nothing of what a line is.
_KEYS = frozenset({"source_key", RECORD.code, "customer", "customer_name"})
# Fewer of the columns known than this are a file of something else.
LEAST_KNOWN = Fraction(1, 2)
# So many of a kind's names tell of it although something that it needs is called otherwise, or not there.
LEAST_OF_A_PART = 3


def guess_kind(columns: Sequence[str], viewer: Viewer) -> str | None:
    """The kind of record whose fields the columns name best; None when none does.

    A kind that has all its records need goes before one that lacks something. A name that few kinds know says
    more than one that many know; of kinds that fit alike, the one that comes first when data are brought in.
    """
    found = {code: suggest(list(columns), record_kind(code), viewer) for code in KINDS}
    known = Counter(column for mapping in found.values() for column in mapping)
    told = {
        code: (_is_whole(code, mapping), sum((Fraction(1, known[one]) for one in mapping), Fraction(0)))
        for code, mapping in found.items()
        if set(mapping.values()) - _KEYS and len(mapping) >= LEAST_KNOWN * len(columns)
    }
    told = {code: one for code, one in told.items() if one[0] or len(found[code]) >= LEAST_OF_A_PART}
    return max(told, key=lambda code: told[code], default=None)


def _is_whole(kind: str, mapping: Mapping[str, str]) -> bool:
    given = set(mapping.values())
    if kind == "customers":
        return "name" in given
    needed = {code for code, one in importable(record_kind(kind)).items() if one.required}
    return needed - {"source_key", "customer"} <= given and bool(given & {"source_key", "customer"})
