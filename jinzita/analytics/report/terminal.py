"""The pyramid in a terminal: tiers in their colours, the share of revenue beside them, and a table."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jinzita.analytics.report.words import money, percent, whole, word
from jinzita.analytics.summary import Pyramid
from jinzita.analytics.value_model import GRADE_LABELS

COLOURS = {"vip": "#C8912B", "important": "#2F6FDE", "ordinary": "#2BA48A", "small": "#8A94A6"}
_TIER_LINES = 3
_NARROW = 80
_WIDE = 90


def draw(console: Console, pyramid: Pyramid, language: str) -> None:
    """Print the pyramid and its table."""
    console.print()
    for line in _tiers(pyramid, language, console.width):
        console.print(line, no_wrap=True, overflow="ellipsis")
    console.print()
    console.print(_table(pyramid, language, narrow=console.width < _WIDE))


def _tiers(pyramid: Pyramid, language: str, width: int) -> list[Text]:
    lines_in_all = _TIER_LINES * len(pyramid.grades)
    wide = width >= _NARROW
    step = 1 if wide else 0.5
    base = int(2 * lines_in_all * step) + 1
    words = [f"{GRADE_LABELS[row.grade][language]}  {whole(row.customers)}  {percent(row.customer_share)}"
             for row in pyramid.grades]  # fmt: skip
    label_width = max(cell_len(text) for text in words)
    bar = max(8, min(40, width - base - label_width - 14))
    result = []
    for tier, row in enumerate(pyramid.grades):
        for part in range(_TIER_LINES):
            depth = tier * _TIER_LINES + part
            blocks = max(1, int(2 * depth * step) + 1)
            line = Text(" " * ((base - blocks) // 2 + 1))
            line.append("█" * blocks, style=COLOURS[row.grade])
            if part == 1:
                line.append(" " * (base - cell_len(line.plain) + 3))
                line.append(words[tier], style="bold")
                line.append(" " * (label_width - cell_len(words[tier]) + 2))
                filled = round(bar * max(0.0, min(1.0, row.revenue_share)))
                line.append("▇" * filled, style=COLOURS[row.grade])
                line.append("·" * (bar - filled), style="dim")
                line.append(f" {percent(row.revenue_share)}")
            elif part == 0 and tier == 0:
                line.append(" " * (base - cell_len(line.plain) + 3 + label_width + 2))
                line.append(word("revenue_share", language), style="dim")
            result.append(line)
    return result


def _table(pyramid: Pyramid, language: str, *, narrow: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(word("grade", language), no_wrap=True)
    columns = ["customers", "share", "revenue", "revenue_share"]
    wide = [] if narrow else ["average_score", "lowest_score"]
    if not narrow and pyramid.profit is not None:
        wide.insert(0, "profit")
    columns += wide
    for column in columns:
        table.add_column(word(column, language), justify="right", no_wrap=column != "lowest_score")
    for row in pyramid.grades:
        cells = [
            whole(row.customers),
            percent(row.customer_share),
            money(row.revenue),
            percent(row.revenue_share),
        ]
        figures = {
            "profit": money(row.profit),
            "average_score": _score(row.average_score),
            "lowest_score": _score(row.lowest_score),
        }
        cells += [figures[name] for name in wide]
        table.add_row(Text(GRADE_LABELS[row.grade][language], style=f"bold {COLOURS[row.grade]}"), *cells)
    return table


def _score(score: float | None) -> str:
    return "–" if score is None else f"{score:.1f}"
