"""One column of text by its declared field."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.integration.parsing.dates import parse_days, parse_moments
from jinzita.integration.parsing.faults import Faults, mask
from jinzita.integration.parsing.numbers import parse_numbers
from jinzita.integration.parsing.styles import Styles
from jinzita.kernel.export import FORMULA
from jinzita.kernel.records import Field, FieldType
from jinzita.kernel.records.parsing import matches

# Cells that say "nothing" in columns that are not text; in names they may be meant.
_NOTHING = pa.array(
    ["NULL", "null", "Null", "None", "none", "N/A", "n/a", "#N/A", "NaN", "nan", "\\N", "-", "—", "--"]
)
_YES = {"yes", "y", "true", "t", "1", "是", "有", "已", "真", "√"}
_NO = {"no", "n", "false", "f", "0", "否", "无", "未", "假", "×"}
LONGEST_TEXT = 10_000
_SIGNS = re.escape("".join(sign for sign in FORMULA if not sign.isspace()))
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]\s*$")
# Between several choices in one cell; words of one's own may have a stroke in them.
_BETWEEN = re.compile(r"[;；,，、|/\n]")
_BETWEEN_WORDS = re.compile(r"[;；,，、|\n]")


@dataclass(frozen=True)
class Parsed:
    """A column's values (null where blank or at fault) and its faults."""

    values: pa.Array
    faults: Faults


def parse(column: pa.ChunkedArray, field: Field, styles: Styles, zone: ZoneInfo) -> Parsed:
    """Read a column of text as `field` declares it: text, decimal128(18, 4), date32, UTC timestamp, boolean.

    Fault codes: nul, undecodable, too_long, wrong_form, not_a_number, number_too_large, negative,
    number_out_of_range, not_a_date, date_out_of_range, unknown_choice, too_many_values, not_yes_or_no,
    required.
    """
    faults = Faults(len(column))
    text = _clean(column, faults)
    if field.type in (FieldType.TEXT, FieldType.REFERENCE) or (
        field.type is FieldType.CHOICE and not field.choices
    ):
        values = _text(text, field, faults)
    else:
        text = pc.if_else(pc.is_in(text, value_set=_NOTHING), None, text)
        values = _typed(text, field, styles, zone, faults)
    if field.required:
        faults.add("required", mask(pc.is_null(values)))
    return Parsed(values, faults)


def _clean(column: pa.ChunkedArray, faults: Faults) -> pa.Array:
    """Trimmed text; blank is null; what PostgreSQL cannot hold or the encoding could not read is at fault."""
    text = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    faults.add("nul", mask(pc.match_substring(text, "\0")))
    faults.add("undecodable", mask(pc.match_substring(text, "\ufffd")))
    text = pc.utf8_trim_whitespace(text)
    if pc.any(pc.starts_with(text, "'")).as_py():  # as exports make formulas harmless
        text = pc.replace_substring_regex(text, f"^'([{_SIGNS}])", r"\1")
    blank = pc.equal(pc.binary_length(text), 0)
    if faults.bad.any():
        blank = pc.or_(blank, pa.array(faults.bad))
    return pc.if_else(blank, None, text)


def _text(text: pa.Array, field: Field, faults: Faults) -> pa.Array:
    longest = field.max_length or LONGEST_TEXT
    length = pc.utf8_length(text)
    if (pc.max(length).as_py() or 0) > longest:
        too_long = mask(pc.greater(length, longest))
        faults.add("too_long", too_long)
        text = pc.if_else(pa.array(too_long), None, text)
    if field.pattern:
        other = mask(pc.invert(matches(field.pattern, text)))
        faults.add("wrong_form", other)
        text = pc.if_else(pa.array(other), None, text)
    return text


def _typed(text: pa.Array, field: Field, styles: Styles, zone: ZoneInfo, faults: Faults) -> pa.Array:
    order = styles.dates.get(field.code)
    if field.type is FieldType.DATE:
        return parse_days(text, order, zone, faults)
    if field.type is FieldType.DATETIME:
        return parse_moments(text, order, zone, faults)
    if field.type in (FieldType.MONEY, FieldType.NUMBER):
        numbers = parse_numbers(text, styles.numbers.get(field.code, "point"), faults)
        return _bounded(numbers, field, faults)
    if field.type is FieldType.CHOICES and not field.choices:
        return _words(text, field, faults)
    if field.type is FieldType.CHOICES:
        return _several(text, choice_words(field), faults)
    words = _YES_NO if field.type is FieldType.YES_NO else choice_words(field)
    code = "not_yes_or_no" if field.type is FieldType.YES_NO else "unknown_choice"
    return _looked_up(text, words, code, faults)


_YES_NO: dict[str, object] = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}


def choice_words(field: Field) -> dict[str, object]:
    """Every word a choice goes by, folded, and the choice's value.

    What a choice says in brackets (“中型（50–249 人）”) files leave out; a word that two choices would share
    then stands for neither.
    """
    short = [
        (fold(_BRACKETS.sub("", word)), choice.value)
        for choice in field.choices for word in {choice.zh, choice.en}
    ]  # fmt: skip
    meant = {word: {value for one, value in short if one == word} for word, _ in short}
    words: dict[str, object] = {word: value for word, value in short if word and len(meant[word]) == 1}
    for choice in reversed(field.choices):
        for word in (*choice.synonyms, choice.zh, choice.en, choice.value):
            words[fold(word)] = choice.value
    return words


def fold(word: str) -> str:
    """A word without what does not matter: width, case, blanks, underscores, punctuation at the end."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return "".join(c for c in plain if not c.isspace() and c not in "_-.·:：/#*（）()'\"")


def _looked_up(text: pa.Array, words: dict[str, object], code: str, faults: Faults) -> pa.Array:
    encoded = text.dictionary_encode()
    kind = pa.bool_() if code == "not_yes_or_no" else pa.string()
    values = pa.array([words.get(fold(word)) for word in encoded.dictionary.to_pylist()], kind)
    found = values.take(encoded.indices)
    faults.add(code, mask(pc.and_(pc.is_valid(text), pc.is_null(found))))
    return found


def parts_of(text: str) -> list[str]:
    """What stands in a cell of several choices."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _several(text: pa.Array, words: dict[str, object], faults: Faults) -> pa.Array:
    encoded = text.dictionary_encode()
    found: list[list[object] | None] = []
    for cell in encoded.dictionary.to_pylist():
        values = [words.get(fold(part)) for part in parts_of(cell)]
        found.append(None if not values or None in values else list(dict.fromkeys(values)))
    several = pa.array(found, pa.list_(pa.string())).take(encoded.indices)
    faults.add("unknown_choice", mask(pc.and_(pc.is_valid(text), pc.is_null(several))))
    return several


def _words(text: pa.Array, field: Field, faults: Faults) -> pa.Array:
    """Several words of one's own, each once."""
    encoded = text.dictionary_encode()
    found: list[list[str] | None] = []
    wrong: dict[str, list[int]] = {"too_long": [], "too_many_values": []}
    for place, cell in enumerate(encoded.dictionary.to_pylist()):
        words = list(dict.fromkeys(filter(None, map(str.strip, _BETWEEN_WORDS.split(cell)))))
        if max(map(len, words), default=0) > (field.max_length or LONGEST_TEXT):
            wrong["too_long"].append(place)
        elif field.maximum is not None and len(words) > field.maximum:
            wrong["too_many_values"].append(place)
        found.append(words or None)
    indices = encoded.indices.fill_null(-1).to_numpy()
    for code, places in wrong.items():
        faults.add(code, np.isin(indices, places))
    return pa.array(found, pa.list_(pa.string())).take(encoded.indices)


def _bounded(numbers: pa.Array, field: Field, faults: Faults) -> pa.Array:
    bad = np.zeros(len(numbers), dtype=bool)
    for bound, beyond in ((field.minimum, pc.less), (field.maximum, pc.greater)):
        if bound is None or abs(bound) > Decimal("9999999999999"):
            continue  # the column's own bounds, already kept
        wrong = mask(beyond(numbers, pa.scalar(bound, pa.decimal128(18, 4))))
        faults.add("negative" if bound == 0 and beyond is pc.less else "number_out_of_range", wrong)
        bad |= wrong
    return pc.if_else(pa.array(bad), None, numbers) if bad.any() else numbers
