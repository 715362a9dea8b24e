"""Texts made comparable: width, case, accents, 简 and 繁, and how Chinese is said."""

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from jinzita.analytics.linkage.vocabulary import syllables, traditional

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f〇]")
_NOT_WORD = re.compile(r"[\W_]+")
_SPACE = re.compile(r"\s+")
_UMLAUTS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i"})
_DOUBLE = re.compile(r"([a-z])\1+")


def fold(text: str) -> str:
    """Half width, lower case, simplified, without accents; white space as one blank."""
    if text.isascii():
        return _SPACE.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    if any("\u00c0" <= char <= "\u024f" for char in plain):
        split = unicodedata.normalize("NFD", plain)
        plain = "".join(char for char in split if not unicodedata.combining(char))
    return _SPACE.sub(" ", plain.translate(traditional())).strip()


def letters(text: str) -> str:
    """Without blanks and punctuation."""
    return _NOT_WORD.sub("", text)


def has_han(text: str) -> bool:
    return not text.isascii() and HAN.search(text) is not None


@lru_cache(2**18)
def said(text: str) -> tuple[str, ...]:
    """How each character of a folded text is said: pinyin without tones; others as they are.

    A character of several readings is read as in the two-character word it stands in, if any.
    """
    found: list[str] = []
    place = 0
    while place < len(text):
        pair = text[place : place + 2]
        if len(pair) == 2 and pair in PHRASES_DICT:
            found.extend(_said(pair))
            place += 2
        else:
            found.extend(_said(text[place]))
            place += 1
    return tuple(found)


@lru_cache(2**17)
def _said(text: str) -> tuple[str, ...]:
    if text.isascii():
        return tuple(text)
    return tuple(lazy_pinyin(text, v_to_u=False))


def skeleton(latin: str) -> str:
    """What is left of a Latin text when spellings are forgiven: mueller, müller and muller are one."""
    return _DOUBLE.sub(r"\1", latin.replace("ae", "a").replace("oe", "o").replace("ue", "u"))


@lru_cache(2**16)
def as_syllables(latin: str) -> tuple[str, ...]:
    """The pinyin syllables that a run of letters consists of; empty when it is no pinyin."""
    if not latin.isascii() or not latin.isalpha() or len(latin) > 80:
        return ()
    known = syllables()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(latin)
    for end in range(1, len(latin) + 1):
        for size in range(min(6, end), 0, -1):
            before = best[end - size]
            part = latin[end - size : end]
            better = best[end] is None or (before is not None and len(before) + 1 < len(best[end] or ()))
            if before is not None and part in known and better:
                best[end] = (*before, part)
    return best[-1] or ()
