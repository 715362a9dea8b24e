"""Which encoding a text file is written in, and which character separates its columns.

The pyramid of a file and the import find it out by the same rules.
"""

import codecs
import csv
from collections import Counter
from typing import IO

# Names as shown to users and accepted from them.
ENCODINGS = ("utf-8", "utf-16", "gb18030", "windows-1252")
DELIMITERS = (",", "\t", ";", "|", "，", "^")
# Python knows more, but some of those are no encodings of text.
_CODECS = {
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "cp936"), "gb18030"),
    **dict.fromkeys(("windows-1252", "cp1252", "latin-1", "iso-8859-1", "ascii"), "cp1252"),
    **{name: name for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5", "shift-jis", "euc-kr")},
}
_BLOCK = 1 << 20
_EVIDENCE = 4 << 20


def detect_encoding(stream: IO[bytes]) -> str:
    """One of `ENCODINGS`, from the byte order mark or from the bytes that are not ASCII, wherever they stand.

    A file may begin with a megabyte of ASCII and hold its first Chinese name at the end, so all of it is
    looked at until there is evidence.
    """
    head = stream.read(_BLOCK)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _looks_utf16(head[:4096]):
        return "utf-16"
    evidence, block = b"", head
    while block and len(evidence) < _EVIDENCE:
        if evidence or not block.isascii():
            evidence += block
        block = stream.read(_BLOCK)
    return next((name for name in ("utf-8", "gb18030") if _decodes(evidence, name)), "windows-1252")


def codec_of(encoding: str, head: bytes) -> str:
    """The codec that reads a file of this encoding: byte order and byte order mark considered.

    Raises LookupError for an encoding that is not known.
    """
    name = encoding.strip().lower().replace("_", "-")
    if name in {"utf8", "utf-8", "utf-8-sig"}:
        return "utf-8-sig"
    if name in {"utf16", "utf-16"} and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Without a mark: the zero bytes of ASCII characters say which byte comes first.
        return "utf-16-be" if head[0:4096:2].count(0) > head[1:4096:2].count(0) else "utf-16-le"
    if name not in _CODECS:
        raise LookupError(encoding)
    return _CODECS[name]


def detect_delimiter(text: str) -> str:
    """The separator under which most of the first lines have the same number of columns, more than one."""
    lines = text.splitlines()[:200]
    best, best_score = ",", (0.0, 0)
    for candidate in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=candidate) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        width, rows = Counter(widths).most_common(1)[0]
        score = (rows / len(widths) if width > 1 and widths[0] == width else 0.0, width)
        if score > best_score:
            best, best_score = candidate, score
    if best_score == (0.0, 0):  # ragged everywhere: the header decides
        best = max(DELIMITERS[:4], key=lines[0].count) if lines and lines[0] else ","
    return best


def _looks_utf16(head: bytes) -> bool:
    if len(head) < 4:
        return False
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    return max(even, odd) > 0.2 and min(even, odd) < 0.02


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(data)  # not final: the evidence may be cut inside a character
    except UnicodeDecodeError as error:
        # One damaged place does not change what the file is.
        return encoding == "utf-8" and _mostly_decodes(data, error)
    return True


def _mostly_decodes(data: bytes, error: UnicodeDecodeError) -> bool:
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    real = sum(1 for character in text[:_BLOCK] if character > "\x7f") - text[:_BLOCK].count("\ufffd")
    return damaged * 20 < real
