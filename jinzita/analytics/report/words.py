"""The words and number styles of the report and the terminal, in both languages."""

from __future__ import annotations

LANGUAGES = ("en", "zh")

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Customer value pyramid", "客户价值金字塔"),
    "as_of": ("As of", "截至"),
    "model": ("Model", "价值模型"),
    "customers": ("Customers", "客户数"),
    "customer": ("Customer", "客户"),
    "share": ("Share", "占比"),
    "transactions": ("Transactions", "交易笔数"),
    "returns": ("Returns", "退货笔数"),
    "revenue": ("Revenue", "销售收入"),
    "revenue_share": ("Share of revenue", "收入占比"),
    "profit": ("Profit", "利润"),
    "average_score": ("Average score", "平均得分"),
    "lowest_score": ("Lowest score", "最低得分"),
    "score": ("Score", "得分"),
    "grade": ("Grade", "价值等级"),
    "sales": ("Sales", "销售笔数"),
    "counts": (
        "{customers} customers · {transactions} transactions, {returns} of them returns · revenue {revenue}",
        "{customers} 个客户 · {transactions} 笔交易，其中退货 {returns} 笔 · 销售收入 {revenue}",
    ),
    "concentration": ("How concentrated is revenue?", "收入集中在多少客户手中？"),
    "pareto_text": (
        "The best 20% of customers bring {top} of revenue. Gini coefficient {gini}.",
        "前 20% 的客户带来 {top} 的收入，基尼系数 {gini}。",
    ),
    "pareto_x": ("Share of customers, best first", "客户占比（由高到低）"),
    "grades": ("The grades", "各等级"),
    "indicators": ("Indicators", "价值指标"),
    "indicators_text": (
        "Bars: customers by value, from the 1st to the 99th percentile. Line: points from 0 to 100.",
        "柱：客户按指标值的分布（第 1 至第 99 百分位）；线：对应的 0–100 分。",
    ),
    "weight": ("weight", "权重"),
    "median": ("median", "中位数"),
    "unknown": ("unknown", "未知"),
    "best": ("Best customers", "价值最高的客户"),
    "left_out": ("What was left out", "未计入的部分"),
    "rows_without_customer": ("{n} rows without a customer", "{n} 行没有客户"),
    "bad_rows": ("{n} rows with an unreadable date or amount", "{n} 行的日期或金额无法识别"),
    "customers_without_sale": ("{n} customers without a sale", "{n} 个客户没有销售"),
    "indicators_left_out": ("Indicators without data here: {names}", "没有数据的指标：{names}"),
    "how": ("How is this computed?", "这是怎样计算的？"),
    "how_text": (
        "Each indicator's value becomes 0–100 points by its scale; the score is their weighted mean. "
        "Where a value is unknown, the indicator is left out for that customer. scores.csv has everybody's "
        "values, points and contributions, which add up to the score; model.toml is the model used.",
        "每个指标的值按其刻度换算为 0–100 分，得分是各指标分数的加权平均；值未知时，该客户不计入此指标。"
        "scores.csv 列出每个客户的指标值、分数和贡献，贡献之和即为得分；model.toml 是所用的价值模型。",
    ),
    "by_score": (
        "Grades by score: above {vip}, {important}, {ordinary}.",
        "按得分分级：高于 {vip}、{important}、{ordinary} 分。",
    ),
    "by_share": (
        "Grades by share of customers: the best {vip}, {important}, {ordinary}.",
        "按客户占比分级：前 {vip}、{important}、{ordinary}。",
    ),
    "by_revenue": (
        "Grades by share of revenue: the first {vip}, {important}, {ordinary}.",
        "按收入占比分级：前 {vip}、{important}、{ordinary}。",
    ),
    "months": ("{label} ({n} months)", "{label}（{n} 个月）"),
    "reading": ("Reading", "读取"),
    "scoring": ("Scoring", "评分"),
    "written": ("Written to", "已写入"),
    "columns": ("Columns", "所用列"),
}


def word(key: str, language: str, **values: object) -> str:
    """One phrase, its places filled."""
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def whole(value: float) -> str:
    """1234567 as 1,234,567."""
    return f"{value:,.0f}"


def money(value: float | None) -> str:
    """Money in tables: two decimals; unknown is a dash."""
    return "–" if value is None else f"{value:,.2f}"


def percent(value: float) -> str:
    """0.1234 as 12.3%, with one decimal as everywhere."""
    return f"{value * 100:.1f}%"


def short(value: float, language: str) -> str:
    """A number on a chart: K, M, B in English; 万, 亿 in Chinese."""
    steps = ((1e8, " 亿"), (1e4, " 万")) if language == "zh" else ((1e9, "B"), (1e6, "M"), (1e3, "K"))
    for size, unit in steps:
        if abs(value) >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
