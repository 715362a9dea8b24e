"""Phones, e-mails and other ways to reach somebody in the one form by which equal ones are known.

Pure text in, text out. What cannot be read as a telephone number of a country stays as its digits.
"""

import re
import unicodedata

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#|;ext=)\s*[:：]?\s*(\d{1,6})$", re.IGNORECASE)
_TRAILING = re.compile(r"^(.*\d{7,8})\s*-\s*(\d{1,6})$")
_ALLOWED = re.compile(r"[\d\s()+\-./·]+")
_NOT_DIGIT = re.compile(r"\D")
_MOBILE = re.compile(r"1[3-9]\d{9}")
# Area codes: 10 and 2x of eight-digit cities, three digits elsewhere.
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
_SERVICE = re.compile(r"(?:400|800)\d{7}")
EMAIL = r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+"
_EMAIL = re.compile(EMAIL)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
SHORTEST_PHONE, LONGEST_PHONE = 3, 15


def phone_normal(text: str) -> str | None:
    """E.164 (“+8613800138000”, with “;ext=12” for an extension), or the digits when no country is known.

    None when the text is no telephone number. A number without a country is taken for a Chinese one when it
    has the shape of one: mobile, landline with its area code, 400 and 800.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain, extension = _without_extension(plain)
    if not _ALLOWED.fullmatch(plain) or "+" in plain[1:]:
        return None
    digits = _NOT_DIGIT.sub("", plain.replace("(0)", "") if plain.startswith(("+", "00")) else plain)
    if not SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE + 2:
        return None
    number = _with_country(digits, international=plain.startswith("+"))
    if len(number.removeprefix("+")) > LONGEST_PHONE:
        return None
    return f"{number};ext={extension}" if extension else number


def _without_extension(plain: str) -> tuple[str, str]:
    found = _EXTENSION.search(plain)
    if found:
        return plain[: found.start()].strip(" ,，;"), found[1]
    trailing = _TRAILING.match(plain)
    # “010-88881234-801” has an extension, “400-810-1234” and “010-88881234” have none.
    if trailing and _LANDLINE.fullmatch(_NOT_DIGIT.sub("", trailing[1])):
        return trailing[1], trailing[2]
    return plain, ""


def _with_country(digits: str, *, international: bool) -> str:
    if not international and digits.startswith("00") and len(digits) > 9:
        digits, international = digits[2:], True
    if international:
        if digits.startswith("860") and _LANDLINE.fullmatch(digits[2:]):
            return "+86" + digits[3:]
        return "+" + digits
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return "+86" + digits
    if _LANDLINE.fullmatch(digits):
        return "+86" + digits[1:]
    if digits.startswith("86") and (_MOBILE.fullmatch(digits[2:]) or _LANDLINE.fullmatch("0" + digits[2:])):
        return "+" + digits
    return digits


def email_normal(text: str) -> str | None:
    """The address folded; None when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return plain if _EMAIL.fullmatch(plain) else None


def web_normal(text: str) -> str | None:
    """The address without its scheme, “www.” and last slash, its host folded; None when it is none."""
    plain = _SCHEME.sub("", unicodedata.normalize("NFKC", text).strip())
    host, slash, rest = plain.partition("/")
    host = host.casefold().removeprefix("www.")
    if not host or "." not in host or any(char.isspace() for char in plain):
        return None
    return (host + slash + rest).rstrip("/")


def wechat_normal(text: str) -> str | None:
    """The account folded; None when nothing is left."""
    return unicodedata.normalize("NFKC", text).strip().casefold() or None


NORMAL = {
    "phone": phone_normal,
    "fax": phone_normal,
    "email": email_normal,
    "web": web_normal,
    "wechat": wechat_normal,
}
