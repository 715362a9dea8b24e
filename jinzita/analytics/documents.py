"""Value models as documents: TOML files and JSON-able dicts, read with every fault named, written back
exactly."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from jinzita.analytics import formulas
from jinzita.analytics.catalogue import CATALOGUE, attribute_name
from jinzita.analytics.errors import Detail, FormulaError, ModelError
from jinzita.analytics.value_model import (
    SCALES,
    Bands,
    Indicator,
    Population,
    ValueModel,
    known_code,
    takes_window,
)

_MODEL_KEYS = {"name", "population", "as_of", "bands", "indicator", "indicators", "leave_out_empty"}
_INDICATOR_KEYS = {
    "code", "weight", "scale", "better", "window_months", "lo", "hi", "steps", "map", "missing", "formula",
    "label",
}  # fmt: skip
_OWN_CODE = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_DEFAULT_BANDS = {"score": (80, 60, 40), "share": (0.01, 0.1, 0.4), "revenue": (0.4, 0.7, 0.9)}
# Far beyond any amount or count, and small enough that sums and differences stay finite.
LARGEST = 1e30
DEFAULT_MODELS = ("general", "carrier", "retail")


class _Reader:
    """Collects faults while values are taken out of a document."""

    def __init__(self) -> None:
        self.faults: list[Detail] = []

    def fault(self, where: str, code: str, message: str, **params: Any) -> None:
        self.faults.append(Detail(where, code, message, params))

    def table(self, value: Any, where: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        self.fault(where, "not_a_table", "a table of keys and values is expected")
        return {}

    def unknown_keys(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in table:
            if key not in known:
                path = f"{where}.{key}" if where else str(key)
                self.fault(path, "unknown_key", f"there is no such key; known are {', '.join(sorted(known))}")

    def number(self, value: Any, where: str, low: float = -LARGEST, high: float = LARGEST) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            self.fault(where, "not_a_number", f"a number is expected, not {value!r}", value=str(value))
            return None
        if not low <= value <= high:
            self.fault(
                where,
                "out_of_range",
                f"{value!r:.40} is not between {low:g} and {high:g}",
                low=low,
                high=high,
            )
            return None
        return value

    def choice(self, value: Any, where: str, choices: tuple[str, ...], default: str) -> Any:
        if value in choices:
            return value
        self.fault(
            where, "unknown_choice", f"{value!r} is none of {', '.join(choices)}", choices=list(choices)
        )
        return default


def read_document(document: Mapping[str, Any]) -> ValueModel:
    """Read a model from a dict as TOML or JSON gives it (``indicators``, or TOML's ``indicator``).

    Raises ModelError whose details name every fault: ``indicator[3].weight: …`` (counting from 0).
    """
    reader = _Reader()
    document = reader.table(document, "")
    reader.unknown_keys(document, _MODEL_KEYS, "")
    name = _text(reader, document.get("name", ""), "name")
    population = _population(reader, document.get("population") or {})
    as_of = reader.choice(document.get("as_of", "today"), "as_of", ("today", "data"), "today")
    leave_out = document.get("leave_out_empty", False)
    if not isinstance(leave_out, bool):
        reader.fault("leave_out_empty", "not_yes_or_no", "true or false is expected")
    bands = _bands(reader, document.get("bands") or {})
    indicators = _indicators(reader, document.get("indicators", document.get("indicator")))
    if reader.faults:
        raise ModelError.of(reader.faults)
    return ValueModel(name, indicators, bands, population, as_of, bool(leave_out))


def _text(reader: _Reader, value: Any, where: str) -> Any:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, Mapping) and value and all(isinstance(v, str) and v.strip() for v in value.values()):
        unknown = [k for k in value if k not in ("en", "zh")]
        if not unknown:
            return dict(value)
    reader.fault(where, "not_a_name", "a text is expected, or one for each of en and zh")
    return ""


def _population(reader: _Reader, value: Any) -> Population:
    table = reader.table(value, "population")
    reader.unknown_keys(table, {"source", "kind", "filter"}, "population")
    source = table.get("source") or []
    source = [source] if isinstance(source, str) else source
    if not isinstance(source, list | tuple) or not all(isinstance(s, str) and s for s in source):
        reader.fault("population.source", "not_a_list", "a list of source names is expected")
        source = []
    kind = table.get("kind") or None
    if kind is not None:
        kind = reader.choice(kind, "population.kind", ("organisation", "person"), "person")
    return Population(tuple(source), kind, _filter(reader, table.get("filter")))


def _filter(reader: _Reader, value: Any) -> str:
    """A filter as text; its language is the caller's, here it is only known to be a JSON object."""
    if value in (None, "", {}):
        return ""
    try:
        tree = json.loads(value) if isinstance(value, str) else value
        if isinstance(tree, Mapping):
            return json.dumps(tree, ensure_ascii=False, sort_keys=True)
    except (ValueError, TypeError, RecursionError):
        pass
    reader.fault("population.filter", "not_a_filter", "a filter is expected, as a table or its JSON text")
    return ""


def _bands(reader: _Reader, value: Any) -> Bands:
    table = reader.table(value, "bands")
    reader.unknown_keys(table, {"by", "vip", "important", "ordinary"}, "bands")
    by = reader.choice(table.get("by", "score"), "bands.by", ("score", "share", "revenue"), "score")
    high = 100 if by == "score" else 1
    limits = [
        reader.number(table.get(name, default), f"bands.{name}", 0, high)
        for name, default in zip(("vip", "important", "ordinary"), _DEFAULT_BANDS[by], strict=True)
    ]
    known = [limit for limit in limits if limit is not None]
    if len(known) < 3:
        return Bands()
    vip, important, ordinary = known
    if by == "score" and not vip > important > ordinary:
        reader.fault(
            "bands", "bands_order", "by score, vip must be above important, and important above ordinary"
        )
    if by != "score" and not 0 < vip < important < ordinary:
        reader.fault("bands", "bands_order", f"by {by}, shares add up: 0 < vip < important < ordinary <= 1")
    return Bands(by, vip, important, ordinary)


def _indicators(reader: _Reader, value: Any) -> tuple[Indicator, ...]:
    if not isinstance(value, list | tuple) or not value:
        reader.fault("indicator", "no_indicators", "a model needs at least one indicator")
        return ()
    indicators: list[Indicator] = []
    seen: dict[str, int] = {}
    for position, entry in enumerate(value):
        where = f"indicator[{position}]"
        indicator = _indicator(reader, reader.table(entry, where), where)
        if indicator is None:
            continue
        if indicator.key in seen:
            first = seen[indicator.key]
            reader.fault(f"{where}.code", "duplicate", f"{indicator.key} is already indicator[{first}]")
        seen.setdefault(indicator.key, position)
        indicators.append(indicator)
    if indicators and not reader.faults and not any(i.weight > 0 for i in indicators):
        reader.fault("indicator", "no_weight", "at least one weight must be above 0")
    return tuple(indicators)


def _indicator(reader: _Reader, table: Mapping[str, Any], where: str) -> Indicator | None:
    faults_before = len(reader.faults)
    reader.unknown_keys(table, _INDICATOR_KEYS, where)
    code, formula = _code_and_formula(reader, table, where)
    weight = reader.number(table["weight"], f"{where}.weight", 0) if "weight" in table else None
    if "weight" not in table:
        reader.fault(f"{where}.weight", "required", "a weight is needed")
    scale = reader.choice(table.get("scale", "percentile"), f"{where}.scale", SCALES, "percentile")
    better = table.get("better") or (CATALOGUE[code].better if code in CATALOGUE else "high")
    better = reader.choice(better, f"{where}.better", ("high", "low"), "high")
    window = _window(reader, table.get("window_months"), code, formula, where)
    lo, hi = _ends(reader, table, scale, where)
    label = table.get("label")
    indicator = Indicator(
        code=code,
        weight=weight or 0,
        scale=scale,
        better=better,
        window_months=window,
        lo=lo,
        hi=hi,
        steps=_steps(reader, table.get("steps"), scale, f"{where}.steps"),
        categories=_categories(reader, table.get("map"), scale, f"{where}.map"),
        missing=_missing(reader, table.get("missing", "neutral"), f"{where}.missing"),
        formula=formula,
        label=None if label is None else _text(reader, label, f"{where}.label"),
    )
    if scale == "map" and code and not attribute_name(code):
        reader.fault(f"{where}.scale", "map_needs_attribute", "a map of categories needs an attribute:NAME")
    return indicator if len(reader.faults) == faults_before else None


def _code_and_formula(reader: _Reader, table: Mapping[str, Any], where: str) -> tuple[str, str | None]:
    code, formula = table.get("code"), table.get("formula") or None
    if not isinstance(code, str) or not code:
        reader.fault(f"{where}.code", "required", "an indicator code is needed")
        return "", None
    if formula is None:
        if not known_code(code):
            reader.fault(
                f"{where}.code",
                "unknown_indicator",
                f"there is no indicator {code!r} and no formula is given",
            )
            return "", None
        return code, None
    if code in CATALOGUE or not _OWN_CODE.match(code):
        message = (
            f"{code!r} cannot name an own formula: small letters, digits and _, and not a known indicator"
        )
        reader.fault(f"{where}.code", "bad_own_code", message)
    try:
        if not isinstance(formula, str):
            raise FormulaError("a formula is a text", code="formula_syntax", position=1)
        return code, formulas.parse(formula).text
    except FormulaError as error:
        reader.fault(f"{where}.formula", error.code, str(error), **error.params)
        return code, None


def _window(reader: _Reader, value: Any, code: str, formula: str | None, where: str) -> int | None:
    if value is None or not code:
        return None
    where = f"{where}.window_months"
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1200:
        reader.fault(
            where, "bad_window", f"a window is a whole number of months from 1 to 1200, not {value!r}"
        )
        return None
    if not takes_window(code, formula):
        reader.fault(where, "no_window", f"{code} takes no window")
        return None
    return value


def _ends(
    reader: _Reader, table: Mapping[str, Any], scale: str, where: str
) -> tuple[float | None, float | None]:
    ends = []
    for name in ("lo", "hi"):
        value = table.get(name)
        if value is not None and scale not in ("linear", "log"):
            reader.fault(f"{where}.{name}", "not_for_scale", f"{name} has no meaning for the scale {scale}")
            value = None
        ends.append(None if value is None else reader.number(value, f"{where}.{name}"))
    lo, hi = ends
    if lo is not None and hi is not None and lo >= hi:
        reader.fault(f"{where}.hi", "lo_above_hi", f"hi ({hi:g}) must be above lo ({lo:g})")
    return lo, hi


def _steps(reader: _Reader, value: Any, scale: str, where: str) -> tuple[tuple[float, float], ...]:
    if value is None or value == []:
        if scale == "steps":
            reader.fault(where, "required", "the scale steps needs steps = [[threshold, points], …]")
        return ()
    if scale != "steps":
        reader.fault(where, "not_for_scale", f"steps have no meaning for the scale {scale}")
        return ()
    steps: list[tuple[float, float]] = []
    for position, step in enumerate(value if isinstance(value, list | tuple) else [value]):
        path = f"{where}[{position}]"
        if not isinstance(step, list | tuple) or len(step) != 2:
            reader.fault(path, "not_a_step", "a step is [threshold, points]")
            continue
        threshold = reader.number(step[0], f"{path}[0]")
        points = reader.number(step[1], f"{path}[1]", 0, 100)
        if threshold is None or points is None:
            continue
        if steps and threshold <= steps[-1][0]:
            reader.fault(f"{path}[0]", "steps_order", "thresholds must rise")
        steps.append((threshold, points))
    return tuple(steps)


def _categories(reader: _Reader, value: Any, scale: str, where: str) -> tuple[tuple[str, float], ...]:
    if not value:
        if scale == "map":
            reader.fault(where, "required", "the scale map needs map = {category = points, …}")
        return ()
    if scale != "map":
        reader.fault(where, "not_for_scale", f"a map has no meaning for the scale {scale}")
        return ()
    points = {str(k): reader.number(v, f"{where}.{k}", 0, 100) for k, v in reader.table(value, where).items()}
    return tuple((k, v) for k, v in points.items() if v is not None)


def _missing(reader: _Reader, value: Any, where: str) -> Any:
    if value in ("neutral", "zero"):
        return value
    if isinstance(value, str):
        reader.fault(where, "unknown_choice", f"{value!r} is neither neutral, zero nor a number of points")
        return "neutral"
    number = reader.number(value, where, 0, 100)
    return "neutral" if number is None else number


def read_toml(text: str) -> ValueModel:
    """Read a model from TOML. Raises ModelError, with the line when it is not TOML at all."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"this is not TOML: {error}", code="not_toml") from None
    return read_document(document)


def default_model(name: str) -> ValueModel:
    """One of the models that come with the program: "general", "carrier" or "retail"."""
    return read_toml(default_toml(name))


def default_toml(name: str) -> str:
    """The text of a model that comes with the program, comments included."""
    if name not in DEFAULT_MODELS:
        raise ModelError(
            f"there is no default model {name!r}: {', '.join(DEFAULT_MODELS)}", code="unknown_model"
        )
    return resources.files("jinzita.analytics").joinpath("models", f"{name}.toml").read_text("utf-8")


def write_toml(model: ValueModel) -> str:
    """The model as TOML; reading it again gives an equal model."""
    document = model.to_document()
    lines = [f"name = {_value(document['name'])}"]
    if document["as_of"] != "today":
        lines.append(f"as_of = {_value(document['as_of'])}")
    if document.get("leave_out_empty"):
        lines.append("leave_out_empty = true")
    if document["population"]:
        lines += ["", "[population]", *(f"{k} = {_value(v)}" for k, v in document["population"].items())]
    lines += ["", "[bands]", *(f"{k} = {_value(v)}" for k, v in document["bands"].items())]
    for indicator in document["indicators"]:
        if indicator["missing"] == "neutral":
            del indicator["missing"]
        lines += ["", "[[indicator]]"]
        lines += [f"{k} = {_value(v)}" for k, v in indicator.items() if v is not None]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted(k)} = {_value(v)}" for k, v in value.items()) + " }"
    return "[" + ", ".join(_value(v) for v in value) + "]"


def _quoted(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        character = match[0]
        return "\\" + character if character in '"\\' else f"\\u{ord(character):04x}"

    return '"' + re.sub(r'["\\\x00-\x1f\x7f]', escape, text) + '"'
