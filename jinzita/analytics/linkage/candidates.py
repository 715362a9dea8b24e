"""By which texts a record's likely doubles are looked for in an index of names, pinyin and phones."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinzita.analytics.linkage import contact, latin, vocabulary
from jinzita.analytics.linkage.names import Parts, parts_of
from jinzita.analytics.linkage.records import prepared
from jinzita.analytics.linkage.text import said


def ways(record: Mapping[str, Any]) -> list[list[str]]:
    """Texts that must all be found, the most telling first. Pinyin leads across 简繁 and homophones."""
    mails = contact.mails(str(record.get("email") or ""))
    found = [[code] for code in contact.codes(str(record.get("code") or ""))]
    found += [[contact.local(phone)] for phone in contact.phones(str(record.get("phone") or ""))]
    found += [[mail] for mail in mails] + [["@" + domain] for domain in contact.domains(mails)]
    name = str(record.get("name") or "")
    if record.get("kind") == "person":
        row = prepared(record)
        return [*found, [row["plain"]], [row["said"]]] if row["plain"] else found
    parts = parts_of(name)
    if not parts.plain:
        return found
    found += _latin(parts) if parts.latin else _chinese(parts)
    return [way for n, way in enumerate(found) if all(way) and way not in found[:n]]


def _chinese(parts: Parts) -> Sequence[list[str]]:
    trade, place = "".join(parts.trade), parts.place.stem
    spoken, spoken_trade = parts.brand_said, "".join(said(trade))
    initials = "".join(one[0] for one in said(parts.core))
    found = [[parts.plain], [parts.brand, trade, place], [parts.brand, trade], [parts.brand, place]]
    found += [[one] for one in _everyday(parts)]
    found += [one.split() for one in latin.names_abroad(parts.brand, parts.core)[:3] if len(one) >= 3]
    if len(spoken) >= 3:
        found += [[spoken, spoken_trade, "".join(said(place))], [spoken, spoken_trade]]
    found.append([parts.brand])
    if len(initials) >= 4:
        found += [["".join(one[0] for one in said(place)) + initials], [initials]]
    if len(spoken) >= 5:
        found.append([spoken])
    if trade and place and len(parts.brand) > 1:  # a character of the brand may be wrong
        found += [[parts.brand[:-1], trade, place], [parts.brand[1:], trade, place]]
        found += [[parts.brand[:1], parts.brand[-1:], trade]]
    return found


def _latin(parts: Parts) -> Sequence[list[str]]:
    place = "".join(said(parts.place.stem))
    found = [[parts.brand, "".join(said(one))] for one in parts.trade]
    found += [[parts.brand, place], [parts.brand], [parts.plain]]
    if len(parts.brand) >= 6:  # a letter may be wrong
        found += [[parts.brand[:5]], [parts.brand[-5:]]]
    return [way for way in found if all(len(one) >= 3 for one in way)]


def _everyday(parts: Parts) -> list[str]:
    """What people call a well-known house: 中国工商银行 → 工行."""
    full = f"{parts.core}"
    short = vocabulary.words()["short"]
    return [key for key, long in short.items() if full and long.removeprefix("中国") == full][:3]
