"""How a name becomes what it is found by: n-grams, pinyin, initials.

Pure text in, text out. The same cutting serves the records and the words somebody searches for.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinzita.kernel.pinyin import HAN, is_han, normal, readings

_RUNS = re.compile(f"[{HAN}]+|[^{HAN}\\s]+")
_IS_HAN = re.compile(f"[{HAN}]")
_NOT_DIGIT = re.compile(r"\D+")
_NOT_LETTER = re.compile(r"[\W_]+")
_PHONE = re.compile(r"[\d\s()+\-./]{3,}")
SORT_LENGTH = 60
# What a line of a key is that is neither the name nor said of it: its last character.
MARKS = {"phone": "\x01", "email": "\x02", "id": "\x03", "former": "\x04"}


@dataclass(frozen=True)
class Key:
    """What is kept of a customer for search."""

    text: str
    sort: str
    grams: set[int]


def digits(phone: str) -> str:
    """The digits of a phone number, in ASCII."""
    return _NOT_DIGIT.sub("", normal(phone))


def key_of(
    name: str, phone: str, *, person: bool, further: Sequence[tuple[str, str]] = (),
    former: Sequence[str] = (),
) -> Key:  # fmt: skip
    """What is kept of somebody, from name and phone, `further` phones, e-mails and ids (which, text), and the
    names it had formerly.
    """
    lines, sort = _said(name, person=person)
    number = digits(phone)
    if number:
        lines.append(number)
    grams = set().union(*map(_grams_of_line, lines))
    for which, text in dict.fromkeys(further):
        line = digits(text) if which == "phone" else normal(text)
        if line and line != number:
            lines.append(line + MARKS[which])
            grams |= _grams_of_line(line)
    for one in former:
        for line in _said(one, person=person)[0]:
            lines.append(line + MARKS["former"])
            grams |= _grams_of_line(line)
    return Key("\n" + "\n".join(lines) + "\n", sort[:SORT_LENGTH], set(map(_hashed, grams)))


def _said(name: str, *, person: bool) -> tuple[list[str], str]:
    """The lines of a name: as it is written, in pinyin, by its initials; and how it is sorted."""
    plain = normal(name)
    if not _IS_HAN.search(plain):
        return [plain], plain
    said = readings(plain, person=person)
    initials = (one[0] if is_han(char) else one for one, char in zip(said, plain, strict=True))
    return [plain, _letters("".join(said)), _letters("".join(initials))], "".join(said)


def matched(key: str, q: str) -> str:
    """By which line of a key's text a query found it: name, pinyin, initials, phone, email, id or
    former (a name it had before a merge).
    """
    of_mark = {mark: which for which, mark in MARKS.items()}
    lines = key.strip("\n").split("\n")
    marked = [(line[:-1], of_mark[line[-1]]) for line in lines if line[-1:] in of_mark]
    plain = [line for line in lines if line[-1:] not in of_mark]
    # Of two lines the second is the phone, when there is no pinyin.
    names = ("name", "pinyin", "initials", "phone") if len(plain) > 2 else ("name", "phone")
    term = ways_of(q)[-1][0].text
    for line, which in [*zip(plain, names, strict=False), *marked]:
        if term in line:
            return which
    return "phone" if digits(q) else "name"


@dataclass(frozen=True)
class Term:
    """One word searched for: the grams every match has, and the pieces of text one of which it has."""

    text: str
    grams: tuple[int, ...]
    needles: tuple[str, ...]


def ways_of(query: str) -> list[list[Term]]:
    """What a query may mean: in each way, every term must be found.

    A telephone number is one word whatever stands between its digits, and "hua yu" may be two words or one.
    """
    plain = normal(query)
    if _PHONE.fullmatch(plain) and any(char.isdigit() for char in plain):
        number = digits(plain.removeprefix("+86").removeprefix("0086"))
        return [[_term(number)]] if number else []
    words = [word for word in plain.split(" ") if word]
    if not words:
        return []
    ways = [[_term(word) for word in words]]
    if len(words) > 1 and plain.isascii():
        ways.append([_term("".join(words))])
    return ways


def grams_within(part: str) -> set[int]:
    """The grams of every name that has this part in it; none when the part is too short to tell."""
    plain = normal(part)
    return set(map(_hashed, _inner_grams(plain, singles=False) or filter(is_han, plain)))


def sort_of(query: str) -> str:
    """What the sort text of a name that begins with the query begins with."""
    return "".join(readings(normal(query)))[:SORT_LENGTH]


def _term(word: str) -> Term:
    grams = set(_inner_grams(word, singles=False)) or {char for char in word if is_han(char)}
    if grams:
        return Term(word, tuple(map(_hashed, grams)), (word,))
    # Too short for n-grams: found where a line or a word begins with it.
    return Term(word, (_hashed("^" + word),), (f"\n{word}", f" {word}"))


def _letters(text: str) -> str:
    return _NOT_LETTER.sub("", text)


def _grams_of_line(line: str) -> set[str]:
    grams = set(_inner_grams(line, singles=True))
    for word in line.split(" "):
        if not is_han(word[:1]):
            grams.update(("^" + word[:1], "^" + word[:2]))
    return grams


def _inner_grams(text: str, *, singles: bool) -> list[str]:
    grams: list[str] = []
    # Pinyin, initials and telephone numbers are one run of ASCII.
    for run in [text] if text.isalnum() and text.isascii() else _RUNS.findall(text):
        if is_han(run[0]):
            if singles:
                grams += run
            grams += [run[i : i + 2] for i in range(len(run) - 1)]
        else:
            grams += [run[i : i + 3] for i in range(len(run) - 2)]
    return grams


@lru_cache(2**18)
def _hashed(gram: str) -> int:
    # Two grams of the same hash only cost a look at a text that does not fit.
    return zlib.crc32(gram.encode("utf-8", "surrogatepass")) - 2**31
