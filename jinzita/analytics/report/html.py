"""The report as one self-contained HTML page: no script, no request, light and dark, for desk and phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from jinja2 import Environment, select_autoescape
from markupsafe import Markup

from jinzita.analytics.catalogue import label_of
from jinzita.analytics.distributions import Distribution
from jinzita.analytics.report.charts import distribution_chart, pareto_chart, pyramid_shape
from jinzita.analytics.report.words import money, percent, short, whole, word
from jinzita.analytics.summary import Pyramid
from jinzita.analytics.value_model import GRADE_LABELS, ValueModel

BEST = 25


@dataclass(frozen=True)
class Report:
    """All that the page shows. `left_out` counts rows and customers; `indicators_left_out` are keys."""

    as_of: date
    files: tuple[str, ...]
    model: ValueModel
    pyramid: Pyramid
    distributions: tuple[Distribution, ...]
    result: Path
    transactions: int
    returns: int
    revenue: float
    left_out: dict[str, int]
    indicators_left_out: tuple[str, ...]


def render(report: Report, language: str) -> str:
    """The page as text."""
    source = resources.files("jinzita.analytics").joinpath("report", "page.html").read_text("utf-8")
    environment = Environment(autoescape=select_autoescape(default_for_string=True, default=True))
    has_profit = report.pyramid.profit is not None
    titles = [
        f"{GRADE_LABELS[row.grade][language]}: {whole(row.customers)} ({percent(row.customer_share)})"
        for row in report.pyramid.grades
    ]
    return environment.from_string(source).render(
        language=language,
        word=lambda key: word(key, language),
        as_of=report.as_of.isoformat(),
        model_name=report.model.title(language),
        files=", ".join(report.files),
        figures=_figures(report, language, has_profit),
        pyramid_svg=Markup(pyramid_shape(report.pyramid.grades, titles)),
        rows=_rows(report.pyramid, language),
        has_profit=has_profit,
        pareto_text=word(
            "pareto_text",
            language,
            top=percent(report.pyramid.pareto.top20_revenue_share),
            gini=f"{report.pyramid.pareto.gini:.2f}",
        ),
        pareto_svg=Markup(pareto_chart(report.pyramid.pareto, language)),
        bands_text=_bands(report.model, language),
        cards=_cards(report, language),
        best=_best(report.result, language),
        left_out=_left_out(report, language),
    )


def _figures(report: Report, language: str, has_profit: bool) -> list[tuple[str, str]]:
    figures = [
        (word("customers", language), whole(report.pyramid.customers)),
        (word("transactions", language), whole(report.transactions)),
        (word("returns", language), whole(report.returns)),
        (word("revenue", language), money(report.revenue)),
    ]
    if has_profit:
        figures.append((word("profit", language), money(report.pyramid.profit)))
    return figures


def _rows(pyramid: Pyramid, language: str) -> list[dict[str, Any]]:
    return [
        {
            "grade": row.grade,
            "label": GRADE_LABELS[row.grade][language],
            "customers": whole(row.customers),
            "customer_share": percent(row.customer_share),
            "revenue": money(row.revenue),
            "revenue_share": percent(row.revenue_share),
            "revenue_width": f"{max(0.0, min(1.0, row.revenue_share)) * 100:.2f}",
            "profit": money(row.profit),
            "average_score": _score(row.average_score),
            "lowest_score": _score(row.lowest_score),
        }
        for row in pyramid.grades
    ]


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.1f}"


def _bands(model: ValueModel, language: str) -> str:
    names = ("vip", "important", "ordinary")
    limits = dict(zip(names, model.bands.limits(), strict=True))
    if model.bands.by == "score":
        return word("by_score", language, **{k: f"{v:g}" for k, v in limits.items()})
    return word(f"by_{model.bands.by}", language, **{k: f"{v * 100:g}%" for k, v in limits.items()})


def _cards(report: Report, language: str) -> list[dict[str, Any]]:
    cards = []
    for one in report.distributions:
        indicator = report.model.indicator(one.key)
        label = indicator.words()[language]
        if one.window_months:
            label = word("months", language, label=label, n=one.window_months)
        notes = []
        if one.quantiles:
            notes.append(f"{word('median', language)} {short(one.quantiles['median'], language)}")
        if one.categories:
            notes.append(", ".join(f"{k} {whole(n)}" for k, n in sorted(one.categories.items())[:6]))
        if one.missing:
            notes.append(f"{word('unknown', language)} {percent(one.missing / (one.count + one.missing))}")
        cards.append(
            {
                "label": label,
                "weight": f"{indicator.weight:g}",
                "svg": Markup(distribution_chart(one, language)),
                "note": " · ".join(notes),
            }
        )
    return cards


def _best(result: Path, language: str) -> list[dict[str, str]]:
    table = pq.read_table(result, columns=["customer_id", "score", "grade", "revenue", "profit", "sales"])
    scores = table.column("score").to_numpy()
    order = np.argsort(-np.nan_to_num(scores, nan=-1.0), kind="stable")  # the file is in the order of ids
    rows = table.take(order[:BEST]).to_pylist()
    return [
        {
            "customer": str(row["customer_id"]),
            "grade": row["grade"],
            "label": GRADE_LABELS[row["grade"]][language],
            "score": _score(row["score"]),
            "revenue": money(row["revenue"]),
            "profit": money(row["profit"]),
            "sales": whole(row["sales"]),
        }
        for row in rows
        if row["score"] is not None
    ]


def _left_out(report: Report, language: str) -> list[str]:
    lines = [word(key, language, n=whole(count)) for key, count in report.left_out.items() if count]
    if report.indicators_left_out:
        names = [label_of(key.partition("@")[0])[language] for key in report.indicators_left_out]
        separator = "、" if language == "zh" else ", "
        lines.append(word("indicators_left_out", language, names=separator.join(names)))
    return lines
