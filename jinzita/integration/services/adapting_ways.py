"""Rows of addresses and of further ways to reach a customer: what they leave open, in one form, checked."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.customers.fields.contact_ways import FURTHER_WAYS
from jinzita.customers.fields.reach import NORMAL
from jinzita.integration.parsing import Faults
from jinzita.integration.parsing.faults import mask

Values = dict[str, pa.Array]
_SAYS_WHERE = ("province", "city", "district", "street", "postcode")


def addresses(values: Values, rows: int) -> tuple[Values, list[tuple[str, Faults]]]:
    """An address says where; without more it is an office in China."""
    loadable, faults = dict(values), Faults(rows)
    loadable["kind"] = pc.fill_null(_column(values, "kind", rows), "office")
    loadable["country"] = pc.utf8_upper(pc.fill_null(_column(values, "country", rows), "CN"))
    blank = np.ones(rows, dtype=bool)
    for name in _SAYS_WHERE:
        blank &= ~mask(pc.greater(pc.utf8_length(_column(values, name, rows)), 0))
    faults.add("required", blank)
    return loadable, [("street", faults)]


def channels(values: Values, rows: int) -> tuple[Values, list[tuple[str, Faults]]]:
    """What kind of channel it is says the row, or its look: an e-mail has an @, a website its www."""
    loadable, faults = dict(values), Faults(rows)
    texts = values["value"].to_pylist()
    said = _column(values, "kind", rows).to_pylist()
    kinds = [one or _looks_like(text or "") for one, text in zip(said, texts, strict=True)]
    normals = [NORMAL[kind](text) if text else None for kind, text in zip(kinds, texts, strict=True)]
    faults.add("wrong_form", np.array([bool(t) and n is None for t, n in zip(texts, normals, strict=True)]))
    loadable |= {"kind": pa.array(kinds, pa.string()), "normal": pa.array(normals, pa.string())}
    return loadable, [("value", faults)]


def contacts(values: Values, rows: int) -> tuple[Values, list[tuple[str, Faults]]]:
    """Further ways to reach a contact are what their columns say they are."""
    found: list[tuple[str, Faults]] = []
    for one in FURTHER_WAYS:
        if one.code in values:
            texts = values[one.code].to_pylist()
            faults = Faults(rows)
            wrong = [bool(text) and NORMAL[one.kind](text) is None for text in texts]
            faults.add("wrong_form", np.array(wrong, dtype=bool))
            found.append((one.code, faults))
    return dict(values), found


def _looks_like(text: str) -> str:
    if "@" in text:
        return "email"
    return "web" if text.lower().startswith(("www.", "http:", "https:")) else "phone"


def _column(values: Values, name: str, rows: int) -> pa.Array:
    return values[name] if name in values else pa.nulls(rows, pa.string())
