"""A customer as it is compared: plain columns in, columns made for comparing out."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypedDict

import pyarrow as pa

from jinzita.analytics.linkage import contact, vocabulary
from jinzita.analytics.linkage.names import Parts, parts_of
from jinzita.analytics.linkage.text import as_syllables, fold, has_han, letters, said, skeleton


class Record(TypedDict, total=False):
    """What is known of a customer. Several phones, addresses or codes stand in one text, comma separated."""

    id: int
    name: str
    kind: str
    phone: str
    email: str
    code: str
    address: str
    birth: str


_COUNTS = re.compile("[0-9零〇一二三四五六七八九十百]")
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_T, _L = pa.string(), pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("id", pa.int64()), ("person", pa.bool_()), ("plain", _T), ("nation", pa.bool_()), ("brand", _T),
        ("said", _T), ("bones", _T), ("trade", _L), ("province", _T), ("city", _T), ("county", _T),
        ("form", _T),
        ("branch", _T), ("branch_place", _T), ("short", pa.bool_()), ("latin", pa.bool_()), ("shorts", _L),
        ("initials", _L), ("acronym", _T), ("sorted", _T), ("uncounted", _T), ("figures", _T),
        ("phones", _L), ("locals", _L), ("mails", _L),
        ("domains", _L), ("codes", _L), ("address", _T), ("numbers", _T), ("birth", _T), ("near", _L),
        ("sharing", pa.int32()), ("carriers", pa.int32()),
        ("keys", pa.list_(pa.int64())),
    ]
)  # fmt: skip


def prepare(records: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The records as a table of what is compared."""
    return pa.Table.from_pylist([prepared(one) for one in records], schema=SCHEMA)


def prepared(record: Mapping[str, Any]) -> dict[str, Any]:
    """One record as it is compared."""
    name = str(record.get("name") or "")
    person = record.get("kind") == "person"
    row = dict(_person(name) if person else _organisation(name))
    phones = contact.phones(str(record.get("phone") or ""))
    mails = contact.mails(str(record.get("email") or ""))
    place, numbers = contact.address(str(record.get("address") or ""))
    row |= {
        "id": record.get("id"), "person": person, "phones": phones or None,
        "locals": [contact.local(one) for one in phones] or None, "mails": mails or None,
        "domains": contact.domains(mails) or None,
        "codes": contact.codes(str(record.get("code") or "")) or None,
        "address": place or None, "numbers": numbers or None, "birth": record.get("birth") or None,
    }  # fmt: skip
    row["keys"] = sorted({_hashed(one) for one in (*row.pop("name_keys"), *_contact_keys(row))})
    return row


@lru_cache(2**16)
def _organisation(name: str) -> Mapping[str, Any]:
    parts = parts_of(name)
    initials = _initials(parts)
    bare = parts.brand if parts.form and not parts.trade and parts.place.is_empty else parts.plain
    acronym = bare if parts.latin and _is_acronym(bare) else None
    row: dict[str, Any] = {
        "plain": parts.plain or None, "nation": parts.nation, "brand": parts.brand or None,
        "said": parts.brand_said or None, "bones": skeleton(parts.brand_said) or None,
        "trade": list(parts.trade) or None, "province": parts.place.province or None,
        "city": parts.place.city or None, "county": parts.place.county or None, "form": parts.form or None,
        "branch": parts.branch or None, "branch_place": parts.branch_place.code or None,
        "short": parts.is_short,
        "latin": parts.latin,
        "near": _near(parts.brand) if not parts.latin else None,
        "shorts": list(_shorts(parts)) or None,
        "initials": initials or None,
        "acronym": acronym, "sorted": "".join(sorted(parts.brand)) or None,
        **_counted(parts.brand),
    }  # fmt: skip
    row["name_keys"] = list(_name_keys(parts, row))
    return row


@lru_cache(2**16)
def _person(name: str) -> Mapping[str, Any]:
    folded = fold(name)
    if has_han(folded):
        syllables = list(said(letters(folded)))
    else:
        tokens = [letters(one) for one in folded.replace("-", " ").replace(",", " ").split()]
        cut = [as_syllables(one) or (one,) for one in tokens if one]
        syllables = [part for one in cut for part in one]
    run, ordered = "".join(syllables), "".join(sorted(syllables))
    row: dict[str, Any] = {
        "plain": letters(folded) or None, "brand": letters(folded) or None, "said": run or None,
        "bones": skeleton(run) or None, "sorted": ordered or None, "short": False, "nation": False,
        "latin": not has_han(folded),
    }  # fmt: skip
    row["name_keys"] = [f"r:{ordered}"] if ordered else []
    return row


def _counted(brand: str) -> dict[str, str]:
    """A brand with a number in it, in two: 中建三局 and 中建八局 differ in the number alone."""
    figures = "".join(_COUNTS.findall(brand))
    return {"uncounted": _COUNTS.sub("", brand), "figures": figures.translate(_DIGITS)} if figures else {}


def _near(brand: str) -> list[str] | None:
    """The brand, and what is left of it without one character: shared by what differs in one."""
    if len(brand) < 2:
        return None
    return [brand, *(brand[:at] + brand[at + 1 :] for at in range(len(brand)) if len(brand) > 2)]


def _is_acronym(text: str) -> bool:
    """Letters that stand for words: no pinyin, no usual English word."""
    return (
        2 <= len(text) <= 24 and text.isalpha()
        and text not in vocabulary.words()["english"] and not as_syllables(text)
    )  # fmt: skip


def _initials(parts: Parts) -> list[str]:
    """First letters of the name in the ways people take them."""
    if parts.latin:
        return [parts.latin_initials] if parts.latin_initials else []
    core = "".join(one[0] for one in said(parts.core))
    place = "".join(one[0] for one in said(parts.place.stem))
    whole = "".join(one[0] for one in said(parts.plain) if one)
    brand = "".join(one[0] for one in said(parts.brand)) if parts.brand else ""
    found = [core, place + core, whole, place + brand]
    if parts.form == "company":
        found.append(place + core + "yxgs")
    return [one for one in dict.fromkeys(found) if len(one) >= 3]


def _shorts(parts: Parts) -> Iterable[str]:
    """What people may call an organisation: 北京汽车 → 北汽, 东方航空 → 东航, 中国石油化工 → 中石化."""
    if parts.latin or not parts.trade or not parts.form or parts.branch:
        return
    brand, last = parts.brand, parts.trade[-1]
    front = "中" if parts.nation else ""
    heads = brand[:1] + "".join(one[0] for one in parts.trade)
    found = {
        front + heads,
        brand[:1] + last[:1],
        brand[:1] + last[-1:],
        front + brand,
        parts.place.stem[:1] + heads,
    }
    found |= {brand[:2] + last[:1], parts.place.stem[:1] + last[:1]}
    yield from sorted(one for one in found if 2 <= len(one) <= 5 and one != brand)


def _name_keys(parts: Parts, row: Mapping[str, Any]) -> Iterable[str]:
    """Records that may be one share at least one key; the fewer share it, the more it says."""
    bones, where = row["bones"] or "", parts.place.city or parts.place.province
    trade = parts.trade[0] if parts.trade else ""
    yield f"n:{parts.plain}"
    yield f"b:{bones}"
    yield f"b:{bones}:{where}"
    if parts.place.county:
        yield f"b:{skeleton(''.join(said(parts.place.county)) + parts.brand_said)}"
    yield f"t:{bones}:{trade}"
    yield f"w:{bones}:{trade}:{where}:{parts.branch}"
    if parts.branch_place.code:
        yield f"b:{bones}:{parts.branch_place.city or parts.branch_place.province}"
    for one in row["initials"] or ():
        yield f"i:{one}"
    if row["acronym"]:
        yield f"i:{row['acronym']}"
    for one in row["shorts"] or ():
        yield f"s:{one}"
    if parts.is_short and parts.plain:
        yield f"s:{parts.plain}"
    # One character wrong, missing or too many: what is left without it is shared.
    core = parts.brand if not parts.latin else parts.brand[:12]
    if len(core) >= 3:
        for at in range(len(core)):
            yield f"x:{core[:at]}{core[at + 1 :]}:{trade}"
    elif len(core) == 2 and trade:
        for at in range(2):
            yield f"x:{core[at]}:{''.join(parts.trade)}:{where}"


def _contact_keys(row: Mapping[str, Any]) -> Iterable[str]:
    for column, mark in (("phones", "p"), ("locals", "l"), ("mails", "m"), ("domains", "d"), ("codes", "c")):
        for one in row[column] or ():
            yield f"{mark}:{one}"
    if row["address"] and row["numbers"]:
        yield f"a:{row['address'][-16:]}:{row['numbers']}"


def _hashed(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)
