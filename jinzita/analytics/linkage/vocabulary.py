"""What is known of the words in names: divisions of the country, trades, legal forms. Read once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|"
    "阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = re.compile(f"(?:(?:{_PEOPLES})族?)+自治(?:州|县|旗|区)$|自治(?:州|县|旗|区)$")
_SUFFIX = re.compile("(?:特别行政区|地区|新区|林区|省|市|区|县|旗|盟)$")


@dataclass(frozen=True)
class Region:
    """A division of the country: six digits, of which the first two are the province, four the city."""

    code: str
    name: str
    stem: str

    @property
    def level(self) -> int:
        """1 province, 2 city, 3 county or district."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


def _read(name: str) -> str:
    return (files(__package__) / "facts" / name).read_text(encoding="utf-8")


@lru_cache(1)
def words() -> dict[str, Any]:
    return tomllib.loads(_read("words.toml"))


@lru_cache(1)
def traditional() -> dict[int, str]:
    """For str.translate: traditional characters to simplified."""
    text = "".join(line for line in _read("traditional.txt").splitlines() if not line.startswith("#"))
    return {ord(text[i]): text[i + 1] for i in range(0, len(text) - 1, 2)}


def _stem(name: str) -> str:
    cut = _AUTONOMOUS.sub("", name)
    if cut == name:
        cut = _SUFFIX.sub("", name)
    return cut if len(cut) >= 2 else name


@lru_cache(1)
def regions() -> dict[str, tuple[Region, ...]]:
    """Divisions by each text that names them, full or bare."""
    found: dict[str, list[Region]] = {}
    for line in _read("regions.txt").splitlines():
        if line.startswith("#"):
            continue
        code, name = line.split(" ", 1)
        name = name.translate(traditional())
        one = Region(code, name, _stem(name))
        found.setdefault(name, []).append(one)
        if one.stem != name:
            found.setdefault(one.stem, []).append(one)
    return {text: tuple(sorted(some, key=lambda one: one.level)) for text, some in found.items()}


@lru_cache(1)
def longest_region() -> int:
    return max(map(len, regions()))


def stands_alone(one: Region) -> bool:
    """Whether its bare name at the beginning of a name is taken for the place."""
    if one.level < 3:
        return not one.name.endswith("地区")
    return one.name.endswith("市") and one.stem not in ordinary()


@lru_cache(1)
def ordinary() -> frozenset[str]:
    return frozenset(words()["ordinary"].split())


@lru_cache(1)
def trades() -> frozenset[str]:
    return frozenset(words()["trade"].split())


@lru_cache(1)
def weak_trades() -> frozenset[str]:
    return frozenset(words()["weak"].split())


@lru_cache(1)
def forms() -> dict[str, str]:
    """Legal forms, each with its class."""
    return {one: kind for kind, several in words()["forms"].items() for one in several.split()}


@lru_cache(1)
def branch_words() -> tuple[str, ...]:
    return by_length(words()["branches"]["words"].split())


@lru_cache(1)
def company_forms() -> tuple[str, ...]:
    return by_length(words()["forms"]["company"].split())


@lru_cache(1)
def latin_forms() -> frozenset[str]:
    return frozenset(words()["latin"]["forms"].split())


@lru_cache(1)
def free_mail() -> frozenset[str]:
    return frozenset(words()["mail"]["free"].split())


@lru_cache(1)
def syllables() -> frozenset[str]:
    """All syllables of pinyin, without tones."""
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    usual = {one for code in PINYIN_DICT if 0x4E00 <= code <= 0x9FFF for one in lazy_pinyin(chr(code))}
    return frozenset(one for one in usual if one.isascii() and one.isalpha() and len(one) > 1) | {"a", "e"}


def by_length(some: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(some), key=lambda one: (-len(one), one)))
