"""Places in names: where they stand, and whether two of them can be one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from jinzita.analytics.linkage.trade import cut
from jinzita.analytics.linkage.vocabulary import Region, longest_region, regions, stands_alone

_ZONE = re.compile(
    "^(?:经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|开发区|高新区|保税区|自贸区|工业园区|工业园|新区)"
)
_TOWN = re.compile("^[\u4e00-\u9fff]{2,3}?(?:镇|乡|街道|街道办)")
_NOT_AFTER = ("路", "街", "大道", "人家", "风味", "小吃", "菜")


@dataclass(frozen=True)
class Place:
    """As much as is known: province, city, and the county or district by its bare name."""

    province: str = ""
    city: str = ""
    county: str = ""
    stem: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.province or self.county)

    @property
    def code(self) -> str:
        return f"{self.city or self.province}{self.county}"

    def within(self, other: "Place") -> "Place":
        """This place, and what the other adds to it."""
        if other.is_empty or (self.province and other.province and self.province != other.province):
            return self
        return Place(
            self.province or other.province, self.city or other.city, self.county or other.county,
            self.stem or other.stem,
        )  # fmt: skip


NOWHERE = Place()


def _add(place: Place, one: Region) -> Place | None:
    """The place made more exact by a division; None when the division does not lie there."""
    province, city = one.code[:2], one.code[:4]
    if place.province and place.province != province:
        return None
    if one.level == 1:
        own = city if province in ("11", "12", "31", "50", "81", "82") else ""
        return Place(
            province, place.city or (own[:2] and province + "00" if own else ""), place.county, one.stem
        )
    if province in ("11", "12", "31", "50"):
        city = province + "00"
    if place.city and place.city != city:
        return None
    if one.level == 2:
        return Place(province, city, place.county, one.stem)
    return Place(province, city, one.stem, one.stem)


def _longest(text: str, start: int, place: Place, bare_too: bool) -> tuple[Region, int] | None:
    """The longest division that the text names at `start` and that may lie in `place`."""
    known = regions()
    for end in range(min(len(text), start + longest_region()), start + 1, -1):
        some = known.get(text[start:end])
        if not some or text[end:].startswith(_NOT_AFTER):
            continue
        full = [one for one in some if one.name == text[start:end]]
        for one in (*full, *some):
            bare = one.name != text[start:end]
            if bare and not bare_too and not stands_alone(one) and place.is_empty:
                continue
            if _add(place, one) is not None:
                # Of several districts of one name none is meant more than another.
                if one.level == 3 and place.is_empty and len(some) > 1:
                    return Region("", one.name, one.stem), end
                return one, end
    return None


@lru_cache(2**16)
def leading(text: str, *, whole: bool = False, bare: bool = False) -> tuple[Place, str]:
    """The place at the beginning of a text, and the rest.

    `whole` allows that nothing is left, `bare` that a district goes without its 区.
    """
    place, at = NOWHERE, 0
    while found := _longest(text, at, place, bare):
        one, end = found
        if len(text) - end < 2 and not (whole and end == len(text)):
            break
        # A bare district in front of the trade alone is rather the brand.
        if one.level == 3 and one.code and one.name != text[at:end] and not whole and not cut(text[end:])[0]:
            break
        place = (_add(place, one) if one.code else Place("", "", one.stem, one.stem)) or place
        at = end
        if zone := _ZONE.match(text[at:]):
            at += zone.end() if len(text) - at - zone.end() >= 2 or whole else 0
        elif (town := _TOWN.match(text[at:])) and len(text) - at - town.end() >= 2:
            at += town.end()
    return place, text[at:]


def inner(text: str) -> tuple[Place, str]:
    """A province or city that stands inside or at the end of a name, and the name without it."""
    known = regions()
    if text.find("中国") > 1:
        return NOWHERE, text.replace("中国", "", 1)
    for start in range(2, len(text) - 1):
        for end in range(min(len(text), start + longest_region()), start + 1, -1):
            some = known.get(text[start:end])
            if some and some[0].level < 3 and not text[end:].startswith(_NOT_AFTER):
                return _add(NOWHERE, some[0]) or NOWHERE, text[:start] + text[end:]
    return NOWHERE, text


def last(text: str) -> int:
    """Where the place begins that a text ends with, if it does so after a name; 0 when there is none."""
    for start in range(2, len(text) - 1):
        if not leading(text[start:], whole=True)[1]:
            return start
    return 0
