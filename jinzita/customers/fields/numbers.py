"""Numbers of authorities: their form, and their check digits.

Pure text in; what is wrong is said exactly: a character that cannot stand there, or the digit expected.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from jinzita.kernel.errors import Invalid

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_LENGTH = 18
_SEPARATORS = re.compile(r"[\s\-.]+")
# VAT numbers of the European Union (and Northern Ireland), after the country's letters.
_VAT: Mapping[str, str] = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}",
    "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}", "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}|\d{12}", "LU": r"\d{8}",
    "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}",
    "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}", "XI": r"\d{9}|\d{12}|(?:GD|HA)\d{3}",
}  # fmt: skip
_TAX = re.compile(r"[A-Z0-9]{5,20}")


def credit_check_digit(first: str) -> str:
    """The check character of a credit code's first seventeen (GB 32100-2015, weights 3^i modulo 31)."""
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def credit_code(text: str, where: str) -> str:
    """统一社会信用代码: eighteen characters, the last of which checks the others. Raises Invalid."""
    plain = _plain(text)
    for place, char in enumerate(plain, start=1):
        if char not in _CREDIT_ALPHABET:
            raise Invalid.at(
                where, "credit_code_character",
                f"Character {place} cannot be “{char}”: only digits and letters but I, O, S, V, Z.",
                position=place, character=char,
            )  # fmt: skip
    if len(plain) != CREDIT_LENGTH:
        raise Invalid.at(
            where, "credit_code_length", f"A credit code has 18 characters; this has {len(plain)}.",
            length=len(plain),
        )  # fmt: skip
    expected = credit_check_digit(plain[:-1])
    if plain[-1] != expected:
        raise Invalid.at(
            where, "credit_code_check",
            f"The last character of this credit code should be “{expected}”, not “{plain[-1]}”.",
            expected=expected, found=plain[-1],
        )  # fmt: skip
    return plain


def vat_number(text: str, where: str) -> str:
    """A VAT number of the European Union, with its country. Raises Invalid."""
    plain = _plain(text)
    shape = _VAT.get("EL" if plain[:2] == "GR" else plain[:2])
    if shape is None:
        raise Invalid.at(where, "vat_country", "A VAT number begins with a country of the EU, such as DE.")
    if not re.fullmatch(shape, plain[2:]):
        raise Invalid.at(
            where, "vat_shape", f"This is not the form of a VAT number of {plain[:2]}.", country=plain[:2]
        )
    return plain


def duns_number(text: str, where: str) -> str:
    """A D-U-N-S number: nine digits. Raises Invalid."""
    plain = _plain(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) == 9):
        raise Invalid.at(where, "duns_shape", "A D-U-N-S number has 9 digits.")
    return plain


def tax_number(text: str, where: str) -> str:
    """A tax number: 5 to 20 letters and digits. Raises Invalid."""
    plain = _plain(text)
    if not _TAX.fullmatch(plain):
        raise Invalid.at(where, "tax_shape", "A tax number has 5 to 20 letters and digits.")
    return plain


def external_id(text: str, where: str) -> str:
    """An id at another system, as it is written there. Raises Invalid."""
    plain = text.strip()
    if not plain:
        raise Invalid.at(where, "required", "An id is needed.")
    return plain


READ: Mapping[str, Callable[[str, str], str]] = {
    "credit_code": credit_code,
    "tax": tax_number,
    "vat": vat_number,
    "duns": duns_number,
    "external": external_id,
}
