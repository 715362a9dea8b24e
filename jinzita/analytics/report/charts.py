"""Charts as inline SVG, coloured by the page's own variables so that light and dark both work."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from jinzita.analytics.distributions import Distribution
from jinzita.analytics.report.words import percent, short, word
from jinzita.analytics.summary import GradeRow, Pareto


def pyramid_shape(rows: Sequence[GradeRow], titles: Sequence[str]) -> str:
    """The tiers of a true pyramid, as high as the rows of text and bars beside them."""
    count, gap = len(rows), 0.6
    parts = []
    for tier, (row, title) in enumerate(zip(rows, titles, strict=True)):
        top, bottom = tier * 100 / count, (tier + 1) * 100 / count - (gap if tier < count - 1 else 0)
        corners = (
            (50 - top / 2, top),
            (50 + top / 2, top),
            (50 + bottom / 2, bottom),
            (50 - bottom / 2, bottom),
        )
        points = " ".join(f"{x:.2f},{y:.2f}" for x, y in corners)
        tip = f"<title>{escape(title)}</title>"
        parts.append(f'<polygon points="{points}" class="fill-{row.grade}">{tip}</polygon>')
    label = escape("; ".join(titles))
    return (
        '<svg class="pyramid-shape" viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{"".join(parts)}</svg>'
    )


def pareto_chart(pareto: Pareto, language: str) -> str:
    """Cumulative share of revenue by share of customers, with the best 20 % marked."""
    left, top, width, height = 44, 12, 420, 240
    right, bottom = left + width, top + height

    def at(x: float, y: float) -> str:
        return f"{left + x * width:.1f},{top + (1 - y) * height:.1f}"

    curve = " ".join(at(x, y) for x, y in pareto.points)
    best = pareto.top20_revenue_share
    mark_x, mark_y = left + 0.2 * width, top + (1 - best) * height
    label = escape(word("pareto_text", language, top=percent(best), gini=f"{pareto.gini:.2f}"))
    parts = [
        f'<svg viewBox="0 0 {right + 14} {bottom + 44}" role="img" aria-label="{label}">',
        *_axes(left, top, width, height),
        f'<polyline points="{at(0, 0)} {at(1, 1)}" class="even"/>',
        f'<polygon points="{at(0, 0)} {curve} {at(1, 0)}" class="area"/>',
        f'<polyline points="{curve}" class="curve"/>',
        f'<path d="M{mark_x} {bottom}V{mark_y:.1f}H{left}" class="mark"/>',
        f'<circle cx="{mark_x}" cy="{mark_y:.1f}" r="4.5" class="dot"/>',
        f'<text x="{mark_x + 10}" y="{mark_y + 18:.1f}" class="strong">20% → {percent(best)}</text>',
        f'<text x="{left + width / 2}" y="{bottom + 38}" text-anchor="middle">',
        f"{escape(word('pareto_x', language))}</text></svg>",
    ]
    return "".join(parts)


def _axes(left: int, top: int, width: int, height: int) -> list[str]:
    parts = []
    for tick in range(0, 101, 20):
        x, y = left + tick / 100 * width, top + (1 - tick / 100) * height
        parts.append(f'<line x1="{left}" x2="{left + width}" y1="{y}" y2="{y}" class="grid"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{tick}%</text>')
        parts.append(f'<text x="{x}" y="{top + height + 18}" text-anchor="middle">{tick}%</text>')
    return parts


def distribution_chart(distribution: Distribution, language: str) -> str:
    """Bars of the histogram with the scale's curve over them."""
    width, height, base = 300, 96, 112
    edges = distribution.histogram_edges
    parts = [
        f'<svg viewBox="0 0 {width} {base + 4}" aria-hidden="true">',
        f'<line x1="0" x2="{width}" y1="{height}" y2="{height}" class="grid"/>',
        *_bars(distribution.histogram_counts, width, height),
    ]
    if len(edges) > 1 and edges[-1] > edges[0]:
        low, high = edges[0], edges[-1]
        points = [
            f"{(x - low) / (high - low) * width:.1f},{height - y / 100 * (height - 6):.1f}"
            for x, y in distribution.scale_curve
            if low <= x <= high
        ]
        if len(points) > 1:
            parts.append(f'<polyline points="{" ".join(points)}" class="scale"/>')
    if edges:
        parts.append(f'<text x="0" y="{base}">{short(edges[0], language)}</text>')
        parts.append(f'<text x="{width}" y="{base}" text-anchor="end">{short(edges[-1], language)}</text>')
    return "".join([*parts, "</svg>"])


def _bars(counts: Sequence[int], width: int, height: int) -> list[str]:
    most = max(counts, default=0) or 1
    step = width / max(len(counts), 1)
    parts = []
    for position, count in enumerate(counts):
        tall = count / most * (height - 6)
        left, top, wide = position * step + 0.5, height - tall, max(step - 1, 0.5)
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{tall:.1f}" class="bar"/>'
        )
    return parts
