"""How Chinese names are said: pinyin and initials, by which people find them with few keys."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f\u3007"
_IS_HAN = re.compile(f"[{HAN}]")
_SPACE = re.compile(r"\s+")
# How these characters are said as a family name, where the usual reading is another one.
SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "翟": "zhai",
    "盖": "ge",
    "繁": "po",
    "种": "chong",
    "员": "yun",
    "乐": "yue",
    "缪": "miao",
    "尉": "yu",
    "覃": "qin",
}


def normal(text: str) -> str:
    """Full-width forms folded, lower case, one space between words."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub(" ", text.casefold()).strip()


def readings(name: str, *, person: bool = False) -> list[str]:
    """How each character of a normal name is said: pinyin without tones, other characters as they are.

    Characters with several readings are read as in the two-character word they stand in, if any.
    """
    said: list[str] = []
    place = 0
    if person and name[:1] in SURNAMES and len(name) <= 4:
        said.append(SURNAMES[name[0]])
        place = 1
    while place < len(name):
        pair = name[place : place + 2]
        if pair in PHRASES_DICT:
            said.extend(_said(pair))
            place += 2
        else:
            said.extend(_said(name[place]))
            place += 1
    return said


@lru_cache(2**15)
def ways_to_write(text: str, *, person: bool = False) -> tuple[str, ...]:
    """A text in the ways somebody may type it: as it is, in pinyin, by its initials."""
    plain = normal(text)
    if not _IS_HAN.search(plain):
        return (plain,)
    said = readings(plain, person=person)
    initials = (one[0] if is_han(char) else one for one, char in zip(said, plain, strict=True))
    return (plain, "".join(said), "".join(initials))


@lru_cache(2**16)
def is_han(char: str) -> bool:
    return bool(char) and _IS_HAN.match(char) is not None


@lru_cache(2**17)
def _said(text: str) -> tuple[str, ...]:
    if len(text) == 1 and not is_han(text):
        return (text,)
    return tuple(lazy_pinyin(text))
