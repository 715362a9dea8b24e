"""Days and instants, in the ways that files write them.

Which of day and month comes first is known for the whole column (`styles`). An instant without a zone is one
of the company's time zone; a spreadsheet's serial number counts days from 30 December 1899.
"""

import re
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.integration.parsing.faults import Faults, mask
from jinzita.integration.parsing.styles import DateOrder

_TIME = (
    r"(?:[T\s]\s*(?P<h>\d{1,2})[:时點点](?P<mi>\d{1,2})(?:[:分](?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?秒?|分)?"
    r"\s*(?P<ap>[AaPp]\.?[Mm]\.?|上午|下午)?\s*(?P<z>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_YEAR_FIRST = r"^(?P<y>\d{4})\s*[-/.年]\s*(?P<a>\d{1,2})\s*[-/.月]\s*(?P<b>\d{1,2})日?" + _TIME
_YEAR_LAST = r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})" + _TIME
_COMPACT = (
    r"^(?P<y>\d{4})(?P<a>\d{2})(?P<b>\d{2})(?:[T\s]?(?P<h>\d{2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2}))?)?"
    r"(?P<f>x)?(?P<ap>x)?(?P<z>Z|[+-]\d{2}:?\d{2})?$"
)
_SERIAL = r"^\d{5}(\.\d+)?$"
_ISO = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?$"
_MONTHS = {name: number for number, name in enumerate(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
)}  # fmt: skip
_SERIAL_START = np.datetime64("1899-12-30", "us")
_DAY = np.timedelta64(1, "D")
MOMENT = pa.timestamp("us", "UTC")
_EARLIEST, _END = np.datetime64("1900-01-01", "us"), np.datetime64("2200-01-01", "us")


def parse_days(text: pa.Array, order: DateOrder | None, zone: ZoneInfo, faults: Faults) -> pa.Array:
    """The column as date32; an instant with a zone is turned to the company's day."""
    local = _local_times(text, order, zone, faults)
    return pa.array(local.astype("datetime64[D]"), pa.date32(), mask=np.isnat(local))


def parse_moments(text: pa.Array, order: DateOrder | None, zone: ZoneInfo, faults: Faults) -> pa.Array:
    """The column as timestamp in UTC; a day alone is its midnight in the company's time zone."""
    local = _local_times(text, order, zone, faults)
    naive = pa.array(local, pa.timestamp("us"), mask=np.isnat(local))
    moments = pc.assume_timezone(naive, zone.key, ambiguous="earliest", nonexistent="latest")
    moments = pc.cast(moments, MOMENT)
    # Midnight of the first day may fall before it in UTC, where the table's bounds are.
    beyond = moments.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False).view("datetime64[us]")
    out = ~np.isnat(local) & ((beyond < _EARLIEST) | (beyond >= _END))
    faults.add("date_out_of_range", out)
    return pc.if_else(pa.array(out), None, moments)


def _local_times(text: pa.Array, order: DateOrder | None, zone: ZoneInfo, faults: Faults) -> np.ndarray:
    """Naive local times as datetime64[us], NaT where blank or at fault."""
    values = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    present = mask(pc.is_valid(values))
    result = np.full(len(values), np.datetime64("NaT", "us"))
    left = _read_iso(values, present, result)
    for pattern, shape in ((_YEAR_FIRST, "ymd"), (_YEAR_LAST, order or "dmy"), (_COMPACT, "ymd")):
        if left.any():
            left = _read_shape(values, left, pattern, shape, zone, result)
    if left.any():
        left = _read_serials(values, left, result)
    if left.any():
        left = _read_words(values, left, result)
    faults.add("not_a_date", left)
    out = ~np.isnat(result) & ((result < _EARLIEST) | (result >= _END))
    faults.add("date_out_of_range", out)
    result[out] = np.datetime64("NaT", "us")
    return result


def _read_iso(values: pa.Array, present: np.ndarray, result: np.ndarray) -> np.ndarray:
    """Arrow reads ISO 8601 in one go, when no value of the form is an impossible day."""
    iso = mask(pc.match_substring_regex(values, _ISO)) & present
    if not iso.any():
        return present
    try:
        times = pc.cast(pc.if_else(pa.array(iso), values, None), pa.timestamp("us"))
    except pa.ArrowInvalid:
        return present
    result[iso] = times.to_numpy(zero_copy_only=False)[iso]
    return present & ~iso


def _read_shape(
    values: pa.Array, left: np.ndarray, pattern: str, shape: str, zone: ZoneInfo, result: np.ndarray
) -> np.ndarray:
    positions = np.flatnonzero(left)
    found = pc.extract_regex(values.take(pa.array(positions)), pattern)
    fits = mask(pc.is_valid(found))
    if not fits.any():
        return left
    positions, found = positions[fits], found.filter(pa.array(fits))
    part = {name: _integers(found, name) for name in ("y", "a", "b", "h", "mi", "s")}
    short = mask(pc.equal(pc.utf8_length(pc.struct_field(found, "y")), 2))
    year = part["y"] + np.where(short, np.where(part["y"] < 70, 2000, 1900), 0)
    month, day = (part["b"], part["a"]) if shape == "dmy" else (part["a"], part["b"])
    hour, hours_fit = _hours(found, part["h"])
    days = (year - 1970).astype("datetime64[Y]").astype("datetime64[M]") + (np.clip(month, 1, 12) - 1)
    times = days.astype("datetime64[D]") + (np.clip(day, 1, 31) - 1)
    good = (
        (times.astype("datetime64[M]") == days) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
        & hours_fit & (part["mi"] < 60) & (part["s"] < 60)
    )  # fmt: skip
    seconds = (hour * 3600 + part["mi"] * 60 + part["s"]).astype("timedelta64[s]")
    times = times.astype("datetime64[us]") + seconds + _fractions(found)
    times = _to_zone(times, found, zone)
    result[positions[good]] = times[good]
    rest = left.copy()
    rest[positions[good]] = False
    return rest


def _integers(found: pa.Array, name: str) -> np.ndarray:
    text = pc.struct_field(found, name)
    return pc.cast(pc.if_else(pc.equal(text, ""), "0", text), pa.int64()).to_numpy(zero_copy_only=False)


def _hours(found: pa.Array, hour: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Hours of 24, and whether they are possible."""
    half = pc.utf8_lower(pc.struct_field(found, "ap"))
    after = mask(pc.or_(pc.starts_with(half, "p"), pc.equal(half, "下午")))
    before = mask(pc.or_(pc.starts_with(half, "a"), pc.equal(half, "上午")))
    fits = np.where(before, hour <= 12, hour < 24)
    hour = np.where(after & (hour < 12), hour + 12, np.where(before & (hour == 12), 0, hour))
    return hour, fits


def _fractions(found: pa.Array) -> np.ndarray:
    text = pc.struct_field(found, "f")
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(text, 6, "0"), 0, 6)
    return pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False).astype("timedelta64[us]")


def _to_zone(times: np.ndarray, found: pa.Array, zone: ZoneInfo) -> np.ndarray:
    """Times that name a zone, turned to the company's."""
    named = pc.struct_field(found, "z")
    zoned = mask(pc.not_equal(named, ""))
    if not zoned.any():
        return times
    encoded = named.dictionary_encode()
    offsets = np.array([_offset(text) for text in encoded.dictionary.to_pylist()])[encoded.indices.to_numpy()]
    utc = pa.array(times - offsets.astype("timedelta64[m]"), pa.timestamp("us", "UTC"))
    local = pc.local_timestamp(pc.cast(utc, pa.timestamp("us", zone.key))).to_numpy(zero_copy_only=False)
    return np.where(zoned, local, times)


def _offset(text: str) -> int:
    """Minutes east of UTC."""
    found = re.fullmatch(r"([+-])(\d{2}):?(\d{2})?", text)
    if not found:
        return 0
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return -minutes if found[1] == "-" else minutes


def _read_serials(values: pa.Array, left: np.ndarray, result: np.ndarray) -> np.ndarray:
    """A spreadsheet's serial numbers: 45296.5 is noon of 5 January 2024."""
    serial = mask(pc.match_substring_regex(values, _SERIAL)) & left
    if serial.any():
        numbers = pc.cast(pc.if_else(pa.array(serial), values, None), pa.float64()).to_numpy(
            zero_copy_only=False
        )
        # To the second: a serial's fraction is a binary one, a hair off the time that was meant.
        seconds = np.round(numbers[serial] * 86_400).astype("timedelta64[s]")
        result[serial] = _SERIAL_START + seconds
    return left & ~serial


def _read_words(values: pa.Array, left: np.ndarray, result: np.ndarray) -> np.ndarray:
    """5 Jan 2024, Jan 5, 2024, 05-JAN-24: each different text once."""
    rest = left.copy()
    known: dict[str, date | None] = {}
    for position in np.flatnonzero(left):
        text = values[int(position)].as_py()
        if text not in known:
            known[text] = _words(text)
        if (day := known[text]) is not None:
            result[position] = np.datetime64(day, "us")
            rest[position] = False
    return rest


def _words(text: str) -> date | None:
    found = re.fullmatch(r"(\d{1,2})[\s\-.]+([A-Za-z]{3,9})\.?[\s\-,.]+(\d{4}|\d{2})", text)
    day, month, year = found.groups() if found else (None, None, None)
    if not found:
        found = re.fullmatch(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", text)
        month, day, year = found.groups() if found else (None, None, None)
    if not (day and month and year) or month[:3].lower() not in _MONTHS:
        return None
    full = int(year) + (2000 if int(year) < 70 else 1900) if len(year) == 2 else int(year)
    try:
        return date(full, _MONTHS[month[:3].lower()], int(day))
    except ValueError:
        return None
