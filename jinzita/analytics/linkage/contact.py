"""Phones, e-mail addresses, credit codes and postal addresses, each in one way of writing."""

import re
from functools import lru_cache

from jinzita.analytics.linkage.text import fold, letters
from jinzita.analytics.linkage.vocabulary import free_mail

_PHONES = re.compile(r"[,;/、，；|]|\s{2,}|(?<=\d)\s+(?=1[3-9]\d{9})")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*\d{1,6}\s*$", re.IGNORECASE)
_NOT_DIGIT = re.compile(r"\D+")
_CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_AREA_CODES_OF_THREE = ("010", "020", "021", "022", "023", "024", "025", "027", "028", "029")
_NUMBERS = re.compile(r"\d+")
_CHINESE_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_ADDRESS_NOISE = re.compile(
    "(?:中国|省|市|区|县|镇|乡|街道|自治|号楼|号院|号|楼|室|层|座|栋|幢|单元|弄|no|room|rm|floor|fl|bldg|building)"
)


def phones(text: str) -> list[str]:
    """Every number in a text, as its national digits: mobile 13800138000, fixed 01012345678."""
    found = [_phone(part) for part in _PHONES.split(fold(text))] if text else []
    return list(dict.fromkeys(one for one in found if one))


@lru_cache(2**16)
def _phone(text: str) -> str:
    bare = _EXTENSION.sub("", text.strip())
    foreign = bare.startswith(("+", "00")) and not bare.startswith(("+86", "0086"))
    digits = _NOT_DIGIT.sub("", bare)
    if foreign:
        digits = digits.removeprefix("00")
        return "+" + digits if len(digits) >= 7 else ""
    digits = digits.removeprefix("0086") if len(digits) > 12 else digits
    if digits.startswith("86") and len(digits) >= 12:
        digits = digits[2:]
    if digits.startswith("01") and len(digits) == 12 and digits[2] in "3456789":
        digits = digits[1:]  # 0 in front of a mobile number
    if len(digits) == 11 and digits[0] == "1":
        return digits
    if len(digits) == 10 and digits[:3] in ("400", "800"):
        return digits
    if (
        len(digits) in (9, 10, 11)
        and digits[0] in "123456789"
        and bare.lstrip().startswith(("+86", "86", "0086"))
    ):
        digits = "0" + digits  # the area code without its zero
    return digits if len(digits) >= 7 and len(set(digits)) > 1 else ""


def local(phone: str) -> str:
    """The number without its area code: what is written on a card of the same town."""
    if phone.startswith("0") and len(phone) > 9:
        return phone[3:] if phone[:3] in _AREA_CODES_OF_THREE else phone[4:]
    return phone


def mails(text: str) -> list[str]:
    """Every e-mail address in a text, in lower case and without a +tag."""
    found = []
    for part in re.split(r"[,;\s，；、]+", fold(text)):
        name, at, domain = part.strip("<>").partition("@")
        if at and name and "." in domain:
            found.append(f"{name.split('+')[0]}@{domain}")
    return list(dict.fromkeys(found))


def domains(addresses: list[str]) -> list[str]:
    """The companies' own domains among e-mail addresses; those of free mail say nothing."""
    found = (_own_domain(one.partition("@")[2]) for one in addresses)
    return list(dict.fromkeys(one for one in found if one))


def _own_domain(domain: str) -> str:
    if domain in free_mail():
        return ""
    labels = domain.removeprefix("www.").split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in ("com", "net", "org", "gov", "edu", "co", "ac") else 2
    short = ".".join(labels[-kept:])
    return "" if short in free_mail() else short


def codes(text: str) -> list[str]:
    """The credit codes 统一社会信用代码 in a text whose check digit is right; other ids as they are."""
    found = []
    for part in re.split(r"[,;\s，；、]+", fold(text).upper()):
        one = letters(part)
        if len(one) == 18 and one[0] in "159ANY" and not is_credit_code(one):
            continue
        if len(one) >= 6:
            found.append(one)
    return list(dict.fromkeys(found))


def is_credit_code(text: str) -> bool:
    """Whether these 18 characters are a credit code: its last is the check digit of the others (GB 32100)."""
    if len(text) != 18 or any(char not in _CODE_CHARS for char in text):
        return False
    total = sum(_CODE_CHARS.index(char) * weight for char, weight in zip(text, _CODE_WEIGHTS, strict=False))
    return _CODE_CHARS[(31 - total % 31) % 31] == text[17]


def check_digit(first: str) -> str:
    """The last character of the credit code that begins with these 17."""
    total = sum(_CODE_CHARS.index(char) * weight for char, weight in zip(first, _CODE_WEIGHTS, strict=True))
    return _CODE_CHARS[(31 - total % 31) % 31]


def address(text: str) -> tuple[str, str]:
    """A postal address without what goes without saying, and its numbers in order: 88-3-501."""
    if not text:
        return "", ""
    folded = fold(text).translate(_CHINESE_DIGITS)
    return letters(_ADDRESS_NOISE.sub("", folded)), "-".join(_NUMBERS.findall(folded))
