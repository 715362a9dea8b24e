"""Amounts and quantities, exactly: as decimals of four places, never through a binary fraction.

Most columns are written plainly and are read in one go; what is not is read value by value, once for each
different text. A fifth decimal is rounded half up: four are a hundredth of a cent.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.integration.parsing.faults import Faults, mask
from jinzita.integration.parsing.styles import DecimalMark

AMOUNT = pa.decimal128(18, 4)
LARGEST = Decimal("99999999999999.9999")
_PLAIN = {"point": r"^[+-]?[0-9]{1,14}(\.[0-9]{1,4})?$", "comma": r"^[+-]?[0-9]{1,14}$"}
_GROUPED = r"^[¥￥$€£]?[+-]?[0-9]{1,3}(,[0-9]{3}){1,4}(\.[0-9]{1,4})?$"
_MONEY_WORDS = re.compile(
    r"^(CNY|RMB|USD|EUR|GBP|HKD|JPY|人民币)|(CNY|RMB|USD|EUR|GBP|HKD|JPY|元|圆|人民币)$", re.I
)
_TIMES = {"万": 4, "萬": 4, "亿": 8, "億": 8, "千": 3}
_FOUR = Decimal("0.0001")


def parse_numbers(text: pa.ChunkedArray, style: DecimalMark, faults: Faults) -> pa.Array:
    """The column as decimal128(18, 4); null where it is blank or at fault."""
    values = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    plain = mask(pc.match_substring_regex(values, _PLAIN[style]))
    if style == "point" and not plain.all():
        grouped = mask(pc.match_substring_regex(values, _GROUPED)) & ~plain
        if grouped.any():
            values = pc.if_else(
                pa.array(grouped), pc.replace_substring_regex(values, "[¥￥$€£,]", ""), values
            )
            plain |= grouped
    result = pc.cast(pc.if_else(pa.array(plain), values, None), AMOUNT)
    odd = ~plain & mask(pc.is_valid(values))
    return _one_by_one(values, odd, result, style, faults) if odd.any() else result


def read_number(text: str, style: DecimalMark = "point") -> Decimal:
    """One number as people write it: ``¥1,234.50``, ``(12.00)``, ``１２万``, ``35%``, ``1.234,50``.

    Raises InvalidOperation when it is not a number.
    """
    bare = re.sub(r"[\s'_]", "", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("–", "-")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1] if negative else bare
    sign, bare = _take_sign(bare)
    bare = _MONEY_WORDS.sub("", re.sub(r"[¥$€£]", "", bare))
    second, bare = _take_sign(bare)
    if negative + bool(sign) + bool(second) > 1:
        raise InvalidOperation(text)  # whether two signs cancel out is not ours to guess
    power = 0
    while bare and bare[-1] in _TIMES:
        power += _TIMES[bare[-1]]
        bare = bare[:-1]
    if bare.endswith("%"):
        power, bare = power - 2, bare[:-1]
    group, mark = (",", ".") if style == "point" else (".", ",")
    if not re.fullmatch(
        rf"(\d+|\d{{1,3}}({re.escape(group)}\d{{3,4}})+|)({re.escape(mark)}\d*)?(E[+-]?\d{{1,3}})?",
        bare,
        re.I,
    ) or not re.search(r"\d", bare):
        raise InvalidOperation(text)
    number = Decimal(bare.replace(group, "").replace(mark, ".")).scaleb(power)
    return -number if negative or "-" in (sign, second) else number


def _take_sign(text: str) -> tuple[str, str]:
    """A sign before or, as some systems write it, after the number."""
    if text.startswith(("+", "-")):
        return text[0], text[1:]
    return ("-", text[:-1]) if text.endswith("-") else ("", text)


def _one_by_one(
    values: pa.Array, odd: np.ndarray, result: pa.Array, style: DecimalMark, faults: Faults
) -> pa.Array:
    positions = np.flatnonzero(odd)
    encoded = values.take(pa.array(positions)).dictionary_encode()
    read: list[Decimal | None] = []
    codes: list[str] = []
    for text in encoded.dictionary.to_pylist():
        try:
            number = read_number(text, style)
            # Compared before it is rounded: rounding a number of a thousand digits would fail.
            beyond = abs(number) > LARGEST
            read.append(None if beyond else number.quantize(_FOUR, ROUND_HALF_UP))
            codes.append("number_too_large" if beyond else "")
        except InvalidOperation:
            read.append(None)
            codes.append("not_a_number")
    indices = encoded.indices.to_numpy()
    for code in ("not_a_number", "number_too_large"):
        wrong = np.zeros(len(values), dtype=bool)
        wrong[positions] = np.array([one == code for one in codes])[indices]
        faults.add(code, wrong)
    numbers = pa.array(read, AMOUNT).take(encoded.indices)
    return pc.replace_with_mask(result, pa.array(odd), numbers)
