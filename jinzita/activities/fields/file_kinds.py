"""The kinds of files that are taken, each known by what stands inside and never by a name."""

import codecs
import re
import struct
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_STEP = 1 << 16
# A directory of a million entries is somebody trying something.
MOST_ENTRIES = 20_000
LONGEST_NAME = 200


@dataclass(frozen=True)
class FileKind:
    """A kind of file: the endings its names have, and how it is called on the wire."""

    code: str
    endings: tuple[str, ...]
    mime: str

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    one.code: one
    for one in (
        FileKind("pdf", ("pdf",), "application/pdf"),
        FileKind("png", ("png",), "image/png"),
        FileKind("jpeg", ("jpg", "jpeg", "jpe", "jfif"), "image/jpeg"),
        FileKind("webp", ("webp",), "image/webp"),
        FileKind("gif", ("gif",), "image/gif"),
        FileKind("docx", ("docx",), f"{_OFFICE}.wordprocessingml.document"),
        FileKind("xlsx", ("xlsx",), f"{_OFFICE}.spreadsheetml.sheet"),
        FileKind("pptx", ("pptx",), f"{_OFFICE}.presentationml.presentation"),
        FileKind("txt", ("txt", "log", "md"), "text/plain"),
        FileKind("csv", ("csv",), "text/csv"),
        FileKind("zip", ("zip",), "application/zip"),
    )
}
_MAGIC = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"PK(\x03\x04|\x05\x06)"), "zip"),
)
_OFFICE_PARTS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
# Bytes that no text of the encodings below has.
_NOT_IN_TEXT = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
# What turns the reading direction round, and what is not seen at all.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def kind_of(path: Path, name: str) -> FileKind | None:
    """The kind of a file, from what it holds; of a text the name tells whether it is a table. None: another
    kind, or one that holds macros.
    """
    with path.open("rb") as file:
        head = file.read(16)
    for pattern, code in _MAGIC:
        if pattern.match(head):
            return KINDS[code] if code != "zip" else _packed(path)
    if _is_text(path):
        return KINDS["csv" if ending_of(name) == "csv" else "txt"]
    return None


def ending_of(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def safe_name(given: str, kind: FileKind) -> str:
    """The last part of a given name, without what is not seen, with an ending of its kind, and not too long.
    """  # fmt: skip
    name = unicodedata.normalize("NFC", _mended(given)).replace("\\", "/").split("/")[-1]
    name = "".join("_" if one == "�" else one for one in name if unicodedata.category(one) not in _UNSEEN)
    name = re.sub(r"\s+", " ", name).strip(" .")
    if ending_of(name) in kind.endings:
        stem, _, ending = name.rpartition(".")
    else:
        stem, ending = name, kind.endings[0]
    stem = stem.strip(" .") or "file"
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def _mended(name: str) -> str:
    """UTF-8 that some program took for Latin-1 is UTF-8 again."""
    try:
        return name.encode("latin-1").decode()
    except UnicodeError:
        return name


def _packed(path: Path) -> FileKind | None:
    """A document of an office program by its parts, or another archive."""
    if _entries(path) > MOST_ENTRIES:
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError):
        return None
    if "[Content_Types].xml" not in names:
        return KINDS["zip"]
    if any(PurePosixPath(one).name.lower().startswith("vbaproject") for one in names):
        return None
    for folder, code in _OFFICE_PARTS.items():
        if any(one.startswith(folder) for one in names):
            return KINDS[code]
    return KINDS["zip"]


def _entries(path: Path) -> int:
    """How long a list its end announces, before anything reads that list."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - (1 << 16) - 22))
        tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) < found + 16:
        return 0
    size: int = struct.unpack("<I", tail[found + 12 : found + 16])[0]
    return size // 46


def _is_text(path: Path) -> bool:
    """Whether a file is text in UTF-8, UTF-16 with its mark, or GB 18030."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return _decodes(path, "utf-16", wide=True)
    return _decodes(path, "utf-8") or _decodes(path, "gb18030")


def _decodes(path: Path, encoding: str, *, wide: bool = False) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(_STEP):
            if not wide and len(chunk.translate(None, _NOT_IN_TEXT)) < len(chunk):
                return False
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
            if wide and "\0" in text:
                return False
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
