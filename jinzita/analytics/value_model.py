"""The value model: indicators with weights and scales, bands, and whom it grades.

These are the values the engine works with; `documents` reads them from TOML or JSON and names every fault.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

from jinzita.analytics import formulas
from jinzita.analytics.catalogue import CATALOGUE, Better, attribute_name, label_of

Scale = Literal["percentile", "linear", "log", "steps", "map"]
SCALES: tuple[Scale, ...] = ("percentile", "linear", "log", "steps", "map")
GRADES = ("vip", "important", "ordinary", "small")
PROSPECT = "prospect"
GRADE_LABELS: dict[str, dict[str, str]] = {
    "vip": {"en": "VIP", "zh": "VIP客户"},
    "important": {"en": "Important", "zh": "重要客户"},
    "ordinary": {"en": "Ordinary", "zh": "普通客户"},
    "small": {"en": "Small", "zh": "小客户"},
    "prospect": {"en": "Prospect", "zh": "潜在客户"},
}
Text = str | dict[str, str]


def key_of(code: str, window_months: int | None) -> str:
    """How an indicator's columns are called: its code, with ``@MONTHS`` when it has a window."""
    return code if window_months is None else f"{code}@{window_months}"


@dataclass(frozen=True)
class Population:
    """Whom a model grades: customers from these sources, of this kind; nothing given means everybody.

    `filter` is a text in the language of the caller, who answers it in the boolean column that
    `filter_column` names; customers for whom that is not true are left out.
    """

    source: tuple[str, ...] = ()
    kind: str | None = None
    filter: str = ""

    @property
    def restricts(self) -> bool:
        """Whether anybody is left out at all."""
        return bool(self.source or self.kind or self.filter)

    @property
    def filter_column(self) -> str:
        """The column of the customers' table that says who fits the filter."""
        return f"filter:{hashlib.sha256(self.filter.encode()).hexdigest()[:16]}"

    def includes(self, *, source: str | None, kind: str | None) -> bool:
        """Whether a customer with this source and kind belongs to the population, the filter apart."""
        return (not self.source or source in self.source) and (self.kind is None or kind == self.kind)


@dataclass(frozen=True)
class Bands:
    """Where the grades begin.

    By "score" a customer is in a grade when the score lies above its number (0-100, falling). By "share" and
    "revenue" the numbers are cumulative shares (0-1, rising) of customers or of revenue, best score first.
    """

    by: Literal["score", "share", "revenue"] = "score"
    vip: float = 80
    important: float = 60
    ordinary: float = 40

    def limits(self) -> tuple[float, float, float]:
        """The three numbers, best grade first."""
        return (self.vip, self.important, self.ordinary)


@dataclass(frozen=True)
class Indicator:
    """One line of a model. `key` names its columns in results (code, or code@months)."""

    code: str
    weight: float
    scale: Scale = "percentile"
    better: Better = "high"
    window_months: int | None = None
    lo: float | None = None
    hi: float | None = None
    steps: tuple[tuple[float, float], ...] = ()
    categories: tuple[tuple[str, float], ...] = ()
    missing: float | Literal["neutral", "zero"] = "neutral"
    formula: str | None = None
    label: Text | None = None

    @property
    def key(self) -> str:
        """How the indicator's columns are called."""
        return key_of(self.code, self.window_months)

    @property
    def categorical(self) -> bool:
        """Whether its values are categories (text) and not numbers."""
        return self.scale == "map"

    def words(self) -> dict[str, str]:
        """The label in both languages, the model's own or the catalogue's."""
        if isinstance(self.label, str):
            return {"en": self.label, "zh": self.label}
        return {**label_of(self.code), **(self.label or {})}

    def missing_points(self) -> float | None:
        """The points of an unknown value; None leaves the indicator out for that customer."""
        if self.missing == "neutral":
            return None
        return 0.0 if self.missing == "zero" else float(self.missing)

    def measure(self) -> tuple[str, int | None, str | None, bool]:
        """What the engine has to compute for it, whatever its weight and scale."""
        return (self.code, self.window_months, self.formula, self.categorical)

    def to_document(self) -> dict[str, Any]:
        """The indicator as a JSON-able dict, without what is at its default."""
        document: dict[str, Any] = {"code": self.code, "weight": self.weight, "scale": self.scale}
        document["better"] = self.better
        document["window_months"] = self.window_months
        for name in ("lo", "hi", "formula", "label"):
            if getattr(self, name) is not None:
                document[name] = getattr(self, name)
        if self.steps:
            document["steps"] = [list(step) for step in self.steps]
        if self.categories:
            document["map"] = dict(self.categories)
        document["missing"] = self.missing
        return document


@dataclass(frozen=True)
class ValueModel:
    """A whole model. `leave_out_empty`: indicators that say nothing here (no values, or one value only)
    drop out."""

    name: Text
    indicators: tuple[Indicator, ...]
    bands: Bands = field(default_factory=Bands)
    population: Population = field(default_factory=Population)
    as_of: Literal["today", "data"] = "today"
    leave_out_empty: bool = False

    def title(self, language: str = "en") -> str:
        """The name in one language."""
        if isinstance(self.name, str):
            return self.name
        return self.name.get(language) or next(iter(self.name.values()))

    def indicator(self, key: str) -> Indicator:
        """The indicator with this key. Raises KeyError when there is none."""
        for indicator in self.indicators:
            if indicator.key == key:
                return indicator
        raise KeyError(key)

    def to_document(self) -> dict[str, Any]:
        """The model as a JSON-able dict (the form the API speaks)."""
        population: dict[str, Any] = {}
        if self.population.source:
            population["source"] = list(self.population.source)
        if self.population.kind:
            population["kind"] = self.population.kind
        if self.population.filter:
            population["filter"] = self.population.filter
        document: dict[str, Any] = {"name": self.name, "population": population, "as_of": self.as_of}
        if self.leave_out_empty:
            document["leave_out_empty"] = True
        bands = self.bands
        document["bands"] = {
            "by": bands.by, "vip": bands.vip, "important": bands.important, "ordinary": bands.ordinary,
        }  # fmt: skip
        document["indicators"] = [indicator.to_document() for indicator in self.indicators]
        return document


def known_code(code: str) -> bool:
    """Whether the engine knows the code without a formula."""
    return code in CATALOGUE or bool(attribute_name(code))


def takes_window(code: str, formula: str | None) -> bool:
    """Whether `window_months` means anything for the indicator."""
    if formula is not None:
        return any(
            r.code in CATALOGUE and CATALOGUE[r.code].windowed for r in formulas.parse(formula).references
        )
    return code in CATALOGUE and CATALOGUE[code].windowed
